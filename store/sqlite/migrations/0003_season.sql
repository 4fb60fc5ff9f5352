-- How a group wants its digest: a style (empty is full), the first day of a
-- week whose digest is left out, races posted at once or not.
ALTER TABLE chatgroup ADD COLUMN style TEXT NOT NULL DEFAULT '';
ALTER TABLE chatgroup ADD COLUMN skip TEXT;
ALTER TABLE chatgroup ADD COLUMN races INTEGER NOT NULL DEFAULT 0;

-- When an activity was first stored. Of older rows only the last time is known.
ALTER TABLE activity ADD COLUMN known TEXT NOT NULL DEFAULT '';
UPDATE activity SET known = synced;

-- Whom a digest named, and for what.
CREATE TABLE mention (
	digest  INTEGER NOT NULL REFERENCES digest ON DELETE CASCADE,
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	kind    TEXT NOT NULL CHECK (kind <> ''),
	PRIMARY KEY (digest, athlete, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_athlete ON mention (athlete);

-- Days without training that are no one's business.
CREATE TABLE pause (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	start   TEXT NOT NULL,
	end     TEXT NOT NULL CHECK (start < end) -- the day after its last
) STRICT;
CREATE INDEX pause_athlete ON pause (athlete, start);

-- Activities that were done together; where that was is not kept.
CREATE TABLE together (
	a INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
	b INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
	PRIMARY KEY (a, b),
	CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX together_b ON together (b);

-- Who of a group cheered an activity. The person is a keyed hash, another one
-- for every activity: it can be counted and taken back, not read.
CREATE TABLE cheer (
	chatgroup INTEGER NOT NULL REFERENCES chatgroup ON DELETE CASCADE,
	activity  INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
	person    BLOB NOT NULL,
	PRIMARY KEY (activity, chatgroup, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX cheer_group ON cheer (chatgroup);

-- What a group wants to reach together, at most one thing at a time.
CREATE TABLE goal (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	chatgroup INTEGER NOT NULL UNIQUE REFERENCES chatgroup ON DELETE CASCADE,
	metric    TEXT NOT NULL CHECK (metric <> ''),
	sport     TEXT NOT NULL, -- empty: all
	target    REAL NOT NULL CHECK (target > 0),
	start     TEXT NOT NULL,
	end       TEXT NOT NULL CHECK (start < end), -- the day after its last
	route     TEXT NOT NULL,
	made      TEXT NOT NULL
) STRICT;

-- A week in which two compare themselves, each with the own mean.
CREATE TABLE duel (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	chatgroup    INTEGER NOT NULL REFERENCES chatgroup ON DELETE CASCADE,
	from_athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	to_athlete   INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	metric       TEXT NOT NULL CHECK (metric <> ''),
	start        TEXT NOT NULL,
	end          TEXT NOT NULL CHECK (start < end), -- the day after its last
	state        TEXT NOT NULL, -- asked, on, declined
	asked        TEXT NOT NULL,
	CHECK (from_athlete <> to_athlete)
) STRICT;
CREATE INDEX duel_group ON duel (chatgroup, start);
CREATE INDEX duel_from ON duel (from_athlete);
CREATE INDEX duel_to ON duel (to_athlete);
