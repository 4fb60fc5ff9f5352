-- How often a file was asked for, and when it is worth asking again: NULL where
-- it never is. What failed or was missing so far is asked for once more, but for
-- what was typed.
ALTER TABLE file ADD COLUMN attempts INTEGER NOT NULL DEFAULT 1;
ALTER TABLE file ADD COLUMN retry TEXT;
UPDATE file SET retry = updated WHERE state <> 'kept' AND reason <> 'typed, not recorded';
