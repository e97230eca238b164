-- What a version was seen to do when it was detonated, and in what a run left that.
ALTER TABLE verifications ADD COLUMN profile JSONB;
ALTER TABLE runs ADD COLUMN left_profile JSONB NOT NULL DEFAULT '[]';
-- A verification that does not come to an end is tried again, and then left to a person.
ALTER TABLE versions
  ADD COLUMN verification_attempts INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN verification_started_at TIMESTAMPTZ(3);
