-- What each record tells of an activity that several tell of: two devices, or a
-- source and a file that was handed in. An activity of one record has none; its
-- row is what the record tells.
CREATE TABLE sighting (
	athlete  INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	source   TEXT NOT NULL CHECK (source <> ''),
	external TEXT NOT NULL CHECK (external <> ''),
	parent   TEXT NOT NULL,
	checksum TEXT NOT NULL,
	start    TEXT NOT NULL,
	activity INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
	told     TEXT NOT NULL, -- JSON
	PRIMARY KEY (athlete, source, external)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_activity ON sighting (activity);
CREATE INDEX sighting_start ON sighting (athlete, start);
CREATE INDEX sighting_parent ON sighting (athlete, parent) WHERE parent <> '';
CREATE INDEX sighting_checksum ON sighting (athlete, checksum) WHERE checksum <> '';

-- Two records of which their athlete says that they are two workouts.
CREATE TABLE apart (
	athlete        INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	source         TEXT NOT NULL CHECK (source <> ''),
	external       TEXT NOT NULL CHECK (external <> ''),
	other_source   TEXT NOT NULL CHECK (other_source <> ''),
	other_external TEXT NOT NULL CHECK (other_external <> ''),
	since          TEXT NOT NULL,
	PRIMARY KEY (athlete, source, external, other_source, other_external)
) STRICT, WITHOUT ROWID;

-- SHA-256 of the file that a record was read from, empty where it is none. What
-- was read from files so far is named by it.
ALTER TABLE activity ADD COLUMN checksum TEXT NOT NULL DEFAULT '';
CREATE INDEX activity_checksum ON activity (athlete, checksum) WHERE checksum <> '';
CREATE INDEX activity_parent ON activity (athlete, parent) WHERE parent <> '';
UPDATE activity SET checksum = r.hash FROM raw r WHERE activity.source = 'file' AND r.athlete = activity.athlete AND r.source = 'file'
	AND substr(r.external, 1, 16) = substr(activity.external, 1, 16);

-- A cheer moves with its activity; the person's hash keeps the id under which it
-- was made. 0 is the activity's own.
ALTER TABLE cheer ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
