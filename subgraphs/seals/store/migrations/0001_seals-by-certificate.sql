CREATE INDEX `seals_by_maker` ON `seals` (`maker_fingerprint`,`created_at`);--> statement-breakpoint
CREATE INDEX `seals_by_signer` ON `seals` (`signer_fingerprint`,`created_at`);