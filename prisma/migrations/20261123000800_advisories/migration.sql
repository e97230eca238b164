-- What is known to be wrong with packages; the platform's own. `matched_at` is null while published versions wait to be
-- looked through for it.
CREATE TABLE "advisories" (
    "id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "matched_at" TIMESTAMPTZ(3),

    CONSTRAINT "advisories_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "advisories_matched_at_id_idx" ON "advisories"("matched_at", "id");

CREATE TABLE "advisory_packages" (
    "advisory_id" TEXT NOT NULL,
    "ecosystem" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "advisory_packages_pkey" PRIMARY KEY ("advisory_id", "ecosystem", "name")
);
CREATE INDEX "advisory_packages_ecosystem_name_idx" ON "advisory_packages"("ecosystem", "name");
ALTER TABLE "advisory_packages" ADD CONSTRAINT "advisory_packages_advisory_id_fkey"
  FOREIGN KEY ("advisory_id") REFERENCES "advisories"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Versions' bills of materials, as rows to be joined.
CREATE TABLE "version_packages" (
    "version_id" UUID NOT NULL,
    "ecosystem" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "file" TEXT NOT NULL,

    CONSTRAINT "version_packages_pkey" PRIMARY KEY ("version_id", "ecosystem", "name", "version")
);
CREATE INDEX "version_packages_ecosystem_name_idx" ON "version_packages"("ecosystem", "name");
ALTER TABLE "version_packages" ADD CONSTRAINT "version_packages_version_id_fkey"
  FOREIGN KEY ("version_id") REFERENCES "versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Advisories that are about a version's packages, for whoever sees the version.
CREATE TABLE "version_advisories" (
    "version_id" UUID NOT NULL,
    "advisory_id" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "packages" JSONB NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "version_advisories_pkey" PRIMARY KEY ("version_id", "advisory_id")
);
CREATE INDEX "version_advisories_advisory_id_idx" ON "version_advisories"("advisory_id");
ALTER TABLE "version_advisories" ADD CONSTRAINT "version_advisories_version_id_fkey"
  FOREIGN KEY ("version_id") REFERENCES "versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "version_advisories" ADD CONSTRAINT "version_advisories_advisory_id_fkey"
  FOREIGN KEY ("advisory_id") REFERENCES "advisories"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE advisories ENABLE ROW LEVEL SECURITY;
ALTER TABLE advisory_packages ENABLE ROW LEVEL SECURITY;
ALTER TABLE version_packages ENABLE ROW LEVEL SECURITY;
ALTER TABLE version_advisories ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON version_advisories FOR SELECT TO paddock_tenant
  USING (EXISTS (SELECT 1 FROM versions v WHERE v.id = version_id));
GRANT SELECT ON version_advisories TO paddock_tenant;
