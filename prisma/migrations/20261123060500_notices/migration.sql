-- What a tenant is told of the versions that it has installed. The controller writes each once; `about` tells one occasion
-- from another of the same kind.
CREATE TABLE "notices" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "notices_install_id_version_id_kind_about_key" ON "notices"("install_id", "version_id", "kind", "about");
CREATE INDEX "notices_organization_id_id_idx" ON "notices"("organization_id", "id");
ALTER TABLE "notices" ADD CONSTRAINT "notices_install_id_fkey"
  FOREIGN KEY ("install_id") REFERENCES "installs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notices" ADD CONSTRAINT "notices_version_id_fkey"
  FOREIGN KEY ("version_id") REFERENCES "versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE notices ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notices TO paddock_tenant USING (organization_id = paddock_organization());
GRANT SELECT, UPDATE (read_at) ON notices TO paddock_tenant;
