CREATE TABLE `trust_list` (
	`territory` text NOT NULL,
	`sequence` integer NOT NULL,
	`own` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`next_update` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`digest` text NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`own`, `territory`, `sequence`)
);
--> statement-breakpoint
ALTER TABLE `trust_statement` ADD `list` text;