-- What a version's publisher and the admins say to each other of it. The rows are the publisher's.
CREATE TABLE "version_messages" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "version_messages_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "version_messages_version_id_id_idx" ON "version_messages"("version_id", "id");
CREATE INDEX "version_messages_organization_id_created_at_idx" ON "version_messages"("organization_id", "created_at");
ALTER TABLE "version_messages" ADD CONSTRAINT "version_messages_version_id_fkey"
  FOREIGN KEY ("version_id") REFERENCES "versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What tenants tell the admins of a version. The rows are whose report it is; its publisher sees none of it.
CREATE TABLE "abuse_reports" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),
    "resolution" TEXT,

    CONSTRAINT "abuse_reports_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "abuse_reports_organization_id_created_at_idx" ON "abuse_reports"("organization_id", "created_at");
CREATE INDEX "abuse_reports_resolved_at_id_idx" ON "abuse_reports"("resolved_at", "id");
ALTER TABLE "abuse_reports" ADD CONSTRAINT "abuse_reports_version_id_fkey"
  FOREIGN KEY ("version_id") REFERENCES "versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "abuse_reports" ADD CONSTRAINT "abuse_reports_organization_id_fkey"
  FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A publisher speaks as the publisher, and of its own versions.
ALTER TABLE version_messages ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON version_messages TO paddock_tenant
  USING (organization_id = paddock_organization())
  WITH CHECK (
    organization_id = paddock_organization() AND side = 'publisher'
    AND EXISTS (SELECT 1 FROM versions v WHERE v.id = version_id AND v.organization_id = paddock_organization())
  );
GRANT SELECT, INSERT ON version_messages TO paddock_tenant;

ALTER TABLE abuse_reports ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON abuse_reports TO paddock_tenant USING (organization_id = paddock_organization());
GRANT SELECT, INSERT ON abuse_reports TO paddock_tenant;
