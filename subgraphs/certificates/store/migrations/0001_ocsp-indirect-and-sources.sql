CREATE TABLE `ocsp_response` (
	`digest` text PRIMARY KEY NOT NULL,
	`responder` text NOT NULL,
	`produced_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`bytes` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ocsp_word` (
	`authority` text NOT NULL,
	`serial_number` text NOT NULL,
	`position` integer NOT NULL,
	`digest` text NOT NULL,
	`status` text NOT NULL,
	`this_update` integer NOT NULL,
	`next_update` integer,
	`revoked_at` integer,
	`reason` text,
	`delegate` blob,
	`recorded_at` integer NOT NULL,
	`is_turn` integer NOT NULL,
	PRIMARY KEY(`authority`, `serial_number`, `position`),
	FOREIGN KEY (`digest`) REFERENCES `ocsp_response`(`digest`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `ocsp_word_turn` ON `ocsp_word` (`authority`,`serial_number`,`is_turn`);--> statement-breakpoint
CREATE TABLE `revocation_source` (
	`kind` text NOT NULL,
	`url` text NOT NULL,
	`certificate` text NOT NULL,
	`last_attempt` integer,
	`last_success` integer,
	`fresh_until` integer,
	`failing_since` integer,
	`failures` integer NOT NULL,
	`error_code` text,
	`error_detail` text,
	`next_attempt` integer NOT NULL,
	`etag` text,
	`last_modified` text,
	PRIMARY KEY(`kind`, `url`, `certificate`)
);
--> statement-breakpoint
CREATE INDEX `revocation_source_due` ON `revocation_source` (`next_attempt`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_listing` (
	`series` text NOT NULL,
	`certificate_issuer` text DEFAULT '' NOT NULL,
	`serial_number` text NOT NULL,
	`first_position` integer NOT NULL,
	`last_position` integer,
	`revoked_at` integer NOT NULL,
	`reason` text NOT NULL,
	`invalidity_date` integer,
	PRIMARY KEY(`series`, `certificate_issuer`, `serial_number`, `first_position`)
);
--> statement-breakpoint
INSERT INTO `__new_listing`("series", "certificate_issuer", "serial_number", "first_position", "last_position", "revoked_at", "reason", "invalidity_date") SELECT "series", '', "serial_number", "first_position", "last_position", "revoked_at", "reason", "invalidity_date" FROM `listing`;--> statement-breakpoint
DROP TABLE `listing`;--> statement-breakpoint
ALTER TABLE `__new_listing` RENAME TO `listing`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `listing_open` ON `listing` (`series`,`last_position`,`certificate_issuer`,`serial_number`);--> statement-breakpoint
ALTER TABLE `certificate` ADD `key_hash` text;--> statement-breakpoint
CREATE INDEX `certificate_key_hash` ON `certificate` (`key_hash`);