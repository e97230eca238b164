-- How an install goes to other versions by itself: none, fixes, compatible.
ALTER TABLE installs ADD COLUMN upgrade_policy TEXT NOT NULL DEFAULT 'none';
CREATE INDEX "installs_upgrade_policy_idx" ON "installs"("upgrade_policy");
-- Grants stay what was consented to: they are not among these.
GRANT UPDATE (version_id, min_isolation, upgrade_policy) ON installs TO paddock_tenant;
