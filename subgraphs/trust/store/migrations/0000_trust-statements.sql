CREATE TABLE `trust_statement` (
	`recorded_at` integer NOT NULL,
	`service_id` text NOT NULL,
	`role` text NOT NULL,
	`fingerprint` text NOT NULL,
	`name` text NOT NULL,
	`scope` text NOT NULL,
	`from` integer NOT NULL,
	`until` integer,
	`evidence` text,
	PRIMARY KEY(`service_id`, `recorded_at`)
);
--> statement-breakpoint
CREATE INDEX `trust_statement_recorded_at` ON `trust_statement` (`recorded_at`);