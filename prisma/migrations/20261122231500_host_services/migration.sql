-- What the host services keep: key-value entries and secrets of an install, blobs of a tenant; and what runs ask of them.
ALTER TABLE "runs" ADD COLUMN "input_blobs" JSONB NOT NULL DEFAULT '{}', ADD COLUMN "progress" JSONB;

ALTER TABLE "usage_records"
  ADD COLUMN "host_calls" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "host_request_bytes" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "host_answer_bytes" BIGINT NOT NULL DEFAULT 0;

CREATE SEQUENCE kv_versions;
CREATE TABLE "kv_entries" (
    "install_id" UUID NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "organization_id" UUID NOT NULL,
    "value" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "version" BIGINT NOT NULL DEFAULT nextval('kv_versions'::regclass),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "kv_entries_pkey" PRIMARY KEY ("install_id", "key")
);
CREATE INDEX "kv_entries_expires_at_idx" ON "kv_entries"("expires_at");
ALTER TABLE "kv_entries" ADD CONSTRAINT "kv_entries_install_id_fkey"
  FOREIGN KEY ("install_id") REFERENCES "installs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "secrets" (
    "install_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "secrets_pkey" PRIMARY KEY ("install_id", "name")
);
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_install_id_fkey"
  FOREIGN KEY ("install_id") REFERENCES "installs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "blobs" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "content_type" TEXT NOT NULL,
    "run_id" UUID,
    "name" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blobs_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "blobs_run_id_name_key" ON "blobs"("run_id", "name");
CREATE INDEX "blobs_organization_id_created_at_idx" ON "blobs"("organization_id", "created_at");
CREATE INDEX "blobs_sha256_idx" ON "blobs"("sha256");
ALTER TABLE "blobs" ADD CONSTRAINT "blobs_organization_id_fkey"
  FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "blobs" ADD CONSTRAINT "blobs_run_id_fkey"
  FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE kv_entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON kv_entries TO paddock_tenant USING (organization_id = paddock_organization());
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON secrets TO paddock_tenant USING (organization_id = paddock_organization());
ALTER TABLE blobs ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON blobs TO paddock_tenant USING (organization_id = paddock_organization());

GRANT SELECT, INSERT, UPDATE, DELETE ON kv_entries TO paddock_tenant;
GRANT USAGE ON SEQUENCE kv_versions TO paddock_tenant;
-- A tenant's connection sets secrets and sees that they are there; it can't read what is sealed in them.
GRANT SELECT (install_id, name, organization_id, set_at), INSERT, UPDATE, DELETE ON secrets TO paddock_tenant;
GRANT SELECT, INSERT, DELETE ON blobs TO paddock_tenant;
