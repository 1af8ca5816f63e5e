CREATE TABLE `administration_event` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`recorded_at` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`by` text NOT NULL,
	`why` text NOT NULL,
	`evidence_digest` text,
	`change` text
);
--> statement-breakpoint
CREATE INDEX `administration_event_subject` ON `administration_event` (`subject`,`sequence`);--> statement-breakpoint
CREATE TABLE `trust_list_source` (
	`url` text PRIMARY KEY NOT NULL,
	`territory` text NOT NULL,
	`etag` text,
	`digest` text NOT NULL,
	`confirmed_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `trust_list` ADD `signer` text;--> statement-breakpoint
ALTER TABLE `trust_statement` ADD `classes` text;--> statement-breakpoint
ALTER TABLE `trust_statement` ADD `ca_kind` text;--> statement-breakpoint
ALTER TABLE `trust_statement` ADD `location` text;--> statement-breakpoint
ALTER TABLE `trust_statement` ADD `evidence_digest` text;--> statement-breakpoint
ALTER TABLE `trust_statement` ADD `end_reason` text;--> statement-breakpoint
ALTER TABLE `trust_statement` ADD `end_evidence_digest` text;