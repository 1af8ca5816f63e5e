CREATE TABLE `evidence_sighting` (
	`id` integer PRIMARY KEY NOT NULL,
	`digest` text NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `evidence_sighting_digest` ON `evidence_sighting` (`digest`);