-- A version may need the signatures of several keys, and remembers whose counted.
ALTER TABLE organizations ADD COLUMN signature_threshold INTEGER NOT NULL DEFAULT 1 CHECK (signature_threshold >= 1);
GRANT UPDATE (signature_threshold) ON organizations TO paddock_tenant;

ALTER TABLE signing_keys ADD COLUMN revocation_reason TEXT;
GRANT UPDATE (revocation_reason) ON signing_keys TO paddock_tenant;

-- A revocation stays, and can only reach further back.
CREATE FUNCTION paddock_revocation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS NULL OR NEW.revoked_at > OLD.revoked_at) THEN
    RAISE EXCEPTION 'a revocation stays' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revocation_stays BEFORE UPDATE ON signing_keys FOR EACH ROW EXECUTE FUNCTION paddock_revocation_stays();

ALTER TABLE versions
  ADD COLUMN signers JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN required_signatures INTEGER NOT NULL DEFAULT 1;
ALTER TABLE versions DISABLE TRIGGER immutable;
UPDATE versions SET signers = jsonb_build_array(jsonb_build_object('type', 'key', 'keyId', key_id));
ALTER TABLE versions ENABLE TRIGGER immutable;
ALTER TABLE versions ALTER COLUMN signers DROP DEFAULT, DROP COLUMN key_id;
-- Whose revocation takes a version along.
CREATE INDEX versions_signers_idx ON versions USING gin (signers jsonb_path_ops);

CREATE OR REPLACE FUNCTION paddock_version_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.plugin_id, NEW.version, NEW.artifact_sha256, NEW.envelope, NEW.signers, NEW.required_signatures, NEW.created_at)
     IS DISTINCT FROM
     (OLD.plugin_id, OLD.version, OLD.artifact_sha256, OLD.envelope, OLD.signers, OLD.required_signatures, OLD.created_at) THEN
    RAISE EXCEPTION 'a version never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
