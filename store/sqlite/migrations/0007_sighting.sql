-- What each record tells of an activity that several tell of: two devices, or a
-- source and a file that was handed in. An activity of one record has none; its
-- row is what the record tells.
CREATE TABLE sighting (
	athlete  INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	source   TEXT NOT NULL CHECK (source <> ''),
	external TEXT NOT NULL CHECK (external <> ''),
	activity INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
	told     TEXT NOT NULL, -- JSON
	PRIMARY KEY (athlete, source, external)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_activity ON sighting (activity);

-- Two records of which their athlete says that they are two workouts.
CREATE TABLE apart (
	athlete        INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	source         TEXT NOT NULL CHECK (source <> ''),
	external       TEXT NOT NULL CHECK (external <> ''),
	other_source   TEXT NOT NULL CHECK (other_source <> ''),
	other_external TEXT NOT NULL CHECK (other_external <> ''),
	PRIMARY KEY (athlete, source, external, other_source, other_external)
) STRICT, WITHOUT ROWID;
