-- Since when a version that is out waits to be verified anew.
ALTER TABLE "versions" ADD COLUMN "verification_requested_at" TIMESTAMPTZ(3);
CREATE INDEX "versions_verification_requested_at_idx" ON "versions"("verification_requested_at");
