CREATE TABLE `issuers` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`key_identifier` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `issuers_by_name` ON `issuers` (`name`,`key_identifier`);--> statement-breakpoint
CREATE TABLE `seal_certificates` (
	`id` integer PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`role` text NOT NULL,
	`digest` text NOT NULL,
	`issuer` integer,
	FOREIGN KEY (`issuer`) REFERENCES `issuers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `seal_certificates_by_code` ON `seal_certificates` (`code`,`role`,`digest`);--> statement-breakpoint
CREATE INDEX `seal_certificates_by_digest` ON `seal_certificates` (`digest`);--> statement-breakpoint
CREATE INDEX `seal_certificates_by_issuer` ON `seal_certificates` (`issuer`);--> statement-breakpoint
CREATE TABLE `unread_seals` (
	`code` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
INSERT INTO `unread_seals` SELECT `code` FROM `seals`;--> statement-breakpoint
DROP INDEX `seals_by_maker`;--> statement-breakpoint
DROP INDEX `seals_by_signer`;