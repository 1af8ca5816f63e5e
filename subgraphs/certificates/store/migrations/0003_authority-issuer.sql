ALTER TABLE `certificate` ADD `authority_issuer` text;--> statement-breakpoint
CREATE INDEX `certificate_authority_issuer` ON `certificate` (`authority_issuer`);