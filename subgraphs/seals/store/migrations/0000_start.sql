CREATE TABLE `envelopes` (
	`platform` text NOT NULL,
	`stream` text NOT NULL,
	`sequence` integer NOT NULL,
	`message_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`previous` text,
	`digest` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`bytes` blob NOT NULL,
	`rows` text NOT NULL,
	`receipt` blob,
	PRIMARY KEY(`platform`, `stream`, `sequence`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `envelopes_by_message` ON `envelopes` (`platform`,`message_id`);--> statement-breakpoint
CREATE INDEX `envelopes_by_time` ON `envelopes` (`platform`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `events` (
	`platform` text NOT NULL,
	`id` text NOT NULL,
	`code` text NOT NULL,
	`kind` text NOT NULL,
	`effective_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`origin_at` integer,
	`sequence` integer NOT NULL,
	`reason` text,
	`valid_from` integer,
	`valid_until` integer,
	`voids` text,
	`digest` text NOT NULL,
	`published` integer NOT NULL,
	`delivered_at` integer,
	PRIMARY KEY(`platform`, `id`),
	CONSTRAINT "events_kind" CHECK("events"."kind" in ('REGISTERED', 'SUSPENDED', 'RESUMED', 'LOST', 'CANCELLED', 'REVOKED', 'INVALIDATED', 'CORRECTED')),
	CONSTRAINT "events_validity" CHECK(("events"."kind" = 'REGISTERED') = ("events"."valid_from" is not null)),
	CONSTRAINT "events_voids" CHECK(("events"."kind" = 'CORRECTED') = ("events"."voids" is not null))
);
--> statement-breakpoint
CREATE INDEX `events_by_code` ON `events` (`code`);--> statement-breakpoint
CREATE INDEX `events_by_time` ON `events` (`recorded_at`,`sequence`);--> statement-breakpoint
CREATE TABLE `first_seen` (
	`id` integer PRIMARY KEY NOT NULL,
	`digest` text NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `first_seen_digest_unique` ON `first_seen` (`digest`);--> statement-breakpoint
CREATE TABLE `last_commit` (
	`id` integer PRIMARY KEY NOT NULL,
	`recorded_at` integer NOT NULL,
	CONSTRAINT "last_commit_is_one" CHECK("last_commit"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `originals` (
	`digest` text PRIMARY KEY NOT NULL,
	`bytes` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `seal_revisions` (
	`code` text NOT NULL,
	`revision` integer NOT NULL,
	`content_digest` text NOT NULL,
	`seal_digest` text NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`code`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `seals` (
	`code` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`division` text NOT NULL,
	`name` text NOT NULL,
	`class` text NOT NULL,
	`kind` text NOT NULL,
	`type_code` integer NOT NULL,
	`format` text NOT NULL,
	`owner_name` text,
	`owner_credit_code` text,
	`owner_division` text,
	`revision` integer NOT NULL,
	`content_digest` text NOT NULL,
	`seal_digest` text NOT NULL,
	`created_at` integer NOT NULL,
	`not_before` integer NOT NULL,
	`not_after` integer,
	`registered_at` integer NOT NULL,
	`maker_fingerprint` text NOT NULL,
	`signer_fingerprint` text
);
--> statement-breakpoint
CREATE INDEX `seals_by_division` ON `seals` (`division`,`code`);--> statement-breakpoint
CREATE INDEX `seals_by_platform` ON `seals` (`platform`,`division`,`code`);