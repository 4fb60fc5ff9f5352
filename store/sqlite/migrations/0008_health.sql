-- Daily figures of athletes who said yes to that, and since when they did.
ALTER TABLE athlete ADD COLUMN health TEXT;
CREATE TABLE health (
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	day     TEXT NOT NULL,
	metric  TEXT NOT NULL CHECK (metric <> ''),
	value   REAL NOT NULL,
	updated TEXT NOT NULL,
	PRIMARY KEY (athlete, day, metric)
) STRICT, WITHOUT ROWID;
-- When each figure was last asked for and last told, so that neither a restart
-- nor a kill asks too often.
CREATE TABLE health_read (
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	metric  TEXT NOT NULL CHECK (metric <> ''),
	asked   TEXT NOT NULL,
	good    TEXT,
	barren  INTEGER NOT NULL,
	PRIMARY KEY (athlete, metric)
) STRICT, WITHOUT ROWID;
