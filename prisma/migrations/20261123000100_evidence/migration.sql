-- A verdict rests on several scanners, and leaves documents whose bytes are artifacts.
ALTER TABLE verifications
  ADD COLUMN scanners JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN evidence JSONB NOT NULL DEFAULT '[]';
UPDATE verifications SET scanners = jsonb_build_array(
  jsonb_build_object('name', split_part(scanner, '/', 1), 'version', split_part(scanner, '/', 2)));
ALTER TABLE verifications ALTER COLUMN scanners DROP DEFAULT, DROP COLUMN scanner;
-- What sweeps artifacts asks which digests are evidence.
CREATE INDEX verifications_evidence_idx ON verifications USING gin (evidence jsonb_path_ops);
