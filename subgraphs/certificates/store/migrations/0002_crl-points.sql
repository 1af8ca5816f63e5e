CREATE TABLE `crl_point` (
	`series` text NOT NULL,
	`point` text NOT NULL,
	PRIMARY KEY(`series`, `point`),
	FOREIGN KEY (`series`) REFERENCES `crl_series`(`series`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `crl_point` (`series`, `point`) SELECT `series`, '' FROM `crl_series`;
