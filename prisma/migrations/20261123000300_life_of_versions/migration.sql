-- Who decided last upon a version, and why; and what is said of one that nobody should begin with any more.
ALTER TABLE versions ADD COLUMN decision JSONB, ADD COLUMN deprecation JSONB;
GRANT UPDATE (decision, deprecation) ON versions TO paddock_tenant;

-- A revocation ends the runs of a version that wait, and its exposure report looks for all of them.
CREATE INDEX "runs_version_id_install_id_idx" ON "runs"("version_id", "install_id");
