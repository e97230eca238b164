CREATE TABLE "trusted_publishers" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "revocation_reason" TEXT,

    CONSTRAINT "trusted_publishers_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "trusted_publishers_organization_id_idx" ON "trusted_publishers"("organization_id");
ALTER TABLE "trusted_publishers" ADD CONSTRAINT "trusted_publishers_organization_id_fkey"
  FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE trusted_publishers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON trusted_publishers TO paddock_tenant USING (organization_id = paddock_organization());
GRANT SELECT, INSERT, UPDATE (revoked_at, revocation_reason) ON trusted_publishers TO paddock_tenant;
CREATE TRIGGER revocation_stays BEFORE UPDATE ON trusted_publishers
  FOR EACH ROW EXECUTE FUNCTION paddock_revocation_stays();
