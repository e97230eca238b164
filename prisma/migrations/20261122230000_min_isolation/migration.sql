-- The weakest isolation level that an install's runs take; only executors that have it may claim them.
ALTER TABLE installs ADD COLUMN min_isolation text NOT NULL DEFAULT 'L1';
ALTER TABLE runs ADD COLUMN min_isolation text NOT NULL DEFAULT 'L1';
UPDATE installs i SET min_isolation = v.manifest ->> 'minIsolation'
  FROM versions v WHERE v.id = i.version_id AND v.manifest ->> 'minIsolation' > 'L1';
UPDATE runs r SET min_isolation = i.min_isolation
  FROM installs i WHERE i.id = r.install_id AND i.min_isolation > 'L1' AND r.state IN ('queued', 'running');
