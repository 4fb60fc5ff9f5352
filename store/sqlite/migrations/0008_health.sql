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
