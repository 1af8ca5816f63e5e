CREATE TABLE `trust_agreement` (
	`recorded_at` integer NOT NULL,
	`agreement_id` text NOT NULL,
	`relied_on_in` text NOT NULL,
	`issued_in` text NOT NULL,
	`classes` text NOT NULL,
	`purposes` text NOT NULL,
	`networks` text NOT NULL,
	`assurance` integer,
	`government_ca` integer NOT NULL,
	`from` integer NOT NULL,
	`until` integer,
	`article` text NOT NULL,
	`reason` text,
	`by` text NOT NULL,
	PRIMARY KEY(`agreement_id`, `recorded_at`)
);
--> statement-breakpoint
CREATE INDEX `trust_agreement_recorded_at` ON `trust_agreement` (`recorded_at`);--> statement-breakpoint
CREATE TABLE `trust_decision` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`judged_at` integer NOT NULL,
	`asked` blob NOT NULL,
	`indication` text NOT NULL,
	`sub_indication` text
);
--> statement-breakpoint
CREATE TABLE `trust_report_answer` (
	`report_id` text NOT NULL,
	`answered_at` integer NOT NULL,
	`answered_by` text NOT NULL,
	`outcome` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`report_id`, `answered_at`)
);
--> statement-breakpoint
CREATE TABLE `trust_report` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`reported_at` integer NOT NULL,
	`reported_by` text NOT NULL,
	`subject` text NOT NULL,
	`subject_id` text NOT NULL,
	`decision` text,
	`division` text NOT NULL,
	`agency` text,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `trust_report_reported_at` ON `trust_report` (`reported_at`,`id`);--> statement-breakpoint
CREATE INDEX `trust_report_by` ON `trust_report` (`reported_by`,`reported_at`);