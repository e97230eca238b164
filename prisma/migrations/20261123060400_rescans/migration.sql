-- The newest scan of a published version by newer rules than its verification had. What it found before stays until a
-- newer scan came to its end.
CREATE TABLE "rescans" (
    "version_id" UUID NOT NULL,
    "scanner" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "scanned_at" TIMESTAMPTZ(3),
    "verdict" TEXT,
    "findings" JSONB NOT NULL DEFAULT '[]',
    "flagged" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "rescans_pkey" PRIMARY KEY ("version_id")
);
ALTER TABLE "rescans" ADD CONSTRAINT "rescans_version_id_fkey"
  FOREIGN KEY ("version_id") REFERENCES "versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- For whoever sees the version, as its findings are.
ALTER TABLE rescans ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON rescans FOR SELECT TO paddock_tenant
  USING (EXISTS (SELECT 1 FROM versions v WHERE v.id = version_id));
GRANT SELECT ON rescans TO paddock_tenant;
