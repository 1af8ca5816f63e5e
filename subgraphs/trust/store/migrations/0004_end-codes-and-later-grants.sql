ALTER TABLE `trust_statement` ADD `end_code` text;--> statement-breakpoint
ALTER TABLE `trust_statement` ADD `not_after` integer;--> statement-breakpoint
ALTER TABLE `trust_statement` ADD `again` integer;