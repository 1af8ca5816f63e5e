CREATE TABLE `certificate` (
	`fingerprint` text PRIMARY KEY NOT NULL,
	`sm3` text NOT NULL,
	`der` blob NOT NULL,
	`subject_key` text NOT NULL,
	`not_after` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_sm3` ON `certificate` (`sm3`);--> statement-breakpoint
CREATE INDEX `certificate_subject` ON `certificate` (`subject_key`,`not_after`);--> statement-breakpoint
CREATE INDEX `certificate_not_after` ON `certificate` (`not_after`);--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_position` ON `certificate` (`position`);--> statement-breakpoint
CREATE TABLE `crl_series` (
	`series` text PRIMARY KEY NOT NULL,
	`authority` text NOT NULL,
	`scope` blob
);
--> statement-breakpoint
CREATE INDEX `crl_series_authority` ON `crl_series` (`authority`);--> statement-breakpoint
CREATE TABLE `crl` (
	`digest` text PRIMARY KEY NOT NULL,
	`series` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`issuer` text NOT NULL,
	`number` text NOT NULL,
	`this_update` integer NOT NULL,
	`next_update` integer,
	`entry_count` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`bytes` blob NOT NULL,
	FOREIGN KEY (`series`) REFERENCES `crl_series`(`series`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `crl_series_position` ON `crl` (`series`,`position`);--> statement-breakpoint
CREATE INDEX `crl_series_this_update` ON `crl` (`series`,`this_update`);--> statement-breakpoint
CREATE UNIQUE INDEX `crl_series_recorded_at` ON `crl` (`series`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `listing` (
	`series` text NOT NULL,
	`serial_number` text NOT NULL,
	`first_position` integer NOT NULL,
	`last_position` integer,
	`revoked_at` integer NOT NULL,
	`reason` text NOT NULL,
	`invalidity_date` integer,
	PRIMARY KEY(`series`, `serial_number`, `first_position`)
);
--> statement-breakpoint
CREATE INDEX `listing_open` ON `listing` (`series`,`last_position`);