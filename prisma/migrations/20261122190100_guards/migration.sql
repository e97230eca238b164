-- Tenancy: whatever runs for a tenant does so as paddock_tenant, which owns nothing and sees only rows of the organization
-- named in the setting paddock.organization. Without that setting it sees no row at all.
DO $$
BEGIN
  CREATE ROLE paddock_tenant NOLOGIN;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

DO $$
BEGIN
  EXECUTE format('GRANT paddock_tenant TO %I', current_user);
EXCEPTION
  -- Two databases of one cluster may be migrated at once; the other one's grant serves as well.
  WHEN OTHERS THEN
    IF SQLERRM NOT LIKE '%tuple concurrently updated%' THEN RAISE; END IF;
END
$$;

CREATE FUNCTION paddock_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('paddock.organization', true), '')::uuid $$;

GRANT USAGE ON SCHEMA public TO paddock_tenant;
GRANT SELECT ON organizations, plugins, versions, verifications, installs, runs, run_logs, usage_records, audit_events, audit_leaves
  TO paddock_tenant;
GRANT SELECT, INSERT ON api_keys, signing_keys, plugins, versions, installs, runs TO paddock_tenant;
GRANT INSERT ON audit_events TO paddock_tenant;
GRANT USAGE ON SEQUENCE audit_events_id_seq TO paddock_tenant;
GRANT UPDATE (revoked_at) ON api_keys, signing_keys TO paddock_tenant;
GRANT UPDATE (state, published_at) ON versions TO paddock_tenant;
GRANT UPDATE (removed_at) ON installs TO paddock_tenant;
GRANT UPDATE (state, settled_at, cancel_requested_at, error_code, error_message) ON runs TO paddock_tenant;

ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON organizations TO paddock_tenant USING (id = paddock_organization());

ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON api_keys TO paddock_tenant USING (organization_id = paddock_organization());
ALTER TABLE signing_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON signing_keys TO paddock_tenant USING (organization_id = paddock_organization());
ALTER TABLE installs ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON installs TO paddock_tenant USING (organization_id = paddock_organization());
ALTER TABLE runs ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON runs TO paddock_tenant USING (organization_id = paddock_organization());
ALTER TABLE run_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON run_logs TO paddock_tenant USING (organization_id = paddock_organization());
ALTER TABLE usage_records ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON usage_records TO paddock_tenant USING (organization_id = paddock_organization());
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON audit_events TO paddock_tenant USING (organization_id = paddock_organization());
ALTER TABLE audit_leaves ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON audit_leaves TO paddock_tenant
  USING (EXISTS (SELECT 1 FROM audit_events e WHERE e.id = event_id));

-- The catalogue: everybody sees what is, or once was, published; a publisher sees its own in every state.
ALTER TABLE plugins ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON plugins TO paddock_tenant USING (organization_id = paddock_organization());
CREATE POLICY catalogue ON plugins FOR SELECT TO paddock_tenant
  USING (EXISTS (SELECT 1 FROM versions v WHERE v.plugin_id = plugins.id AND v.state IN ('published', 'yanked', 'revoked')));
ALTER TABLE versions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON versions TO paddock_tenant USING (organization_id = paddock_organization());
CREATE POLICY catalogue ON versions FOR SELECT TO paddock_tenant USING (state IN ('published', 'yanked', 'revoked'));
ALTER TABLE verifications ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON verifications TO paddock_tenant USING (organization_id = paddock_organization());
CREATE POLICY catalogue ON verifications FOR SELECT TO paddock_tenant
  USING (EXISTS (SELECT 1 FROM versions v WHERE v.id = version_id AND v.state IN ('published', 'yanked', 'revoked')));

-- The other tables stay closed to tenants; enabling row-level security without a policy closes them even to a later GRANT.
ALTER TABLE executors ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_checkpoints ENABLE ROW LEVEL SECURITY;

-- The audit log is append-only, for its owner too.
CREATE FUNCTION paddock_append_only() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION paddock_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaves
  FOR EACH STATEMENT EXECUTE FUNCTION paddock_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION paddock_append_only();

-- What is published under a version never changes, for its owner too.
CREATE FUNCTION paddock_version_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.plugin_id, NEW.version, NEW.artifact_sha256, NEW.envelope, NEW.key_id)
     IS DISTINCT FROM (OLD.plugin_id, OLD.version, OLD.artifact_sha256, OLD.envelope, OLD.key_id) THEN
    RAISE EXCEPTION 'a version never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER immutable BEFORE UPDATE ON versions FOR EACH ROW EXECUTE FUNCTION paddock_version_immutable();
