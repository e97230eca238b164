-- Where and how a version was built, as somebody states who signed it: what it says, and the envelope byte for byte.
ALTER TABLE "versions" ADD COLUMN "provenance" JSONB, ADD COLUMN "provenance_envelope" BYTEA;

CREATE OR REPLACE FUNCTION paddock_version_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.plugin_id, NEW.version, NEW.artifact_sha256, NEW.envelope, NEW.signers, NEW.required_signatures, NEW.created_at,
      NEW.provenance, NEW.provenance_envelope)
     IS DISTINCT FROM
     (OLD.plugin_id, OLD.version, OLD.artifact_sha256, OLD.envelope, OLD.signers, OLD.required_signatures, OLD.created_at,
      OLD.provenance, OLD.provenance_envelope) THEN
    RAISE EXCEPTION 'a version never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
