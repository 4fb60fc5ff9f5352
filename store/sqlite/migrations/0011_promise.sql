-- That somebody whom a source let nobody in for is written to once it does
-- again, within a week.
CREATE TABLE promise (
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	source  TEXT NOT NULL,
	region  TEXT NOT NULL,
	made    TEXT NOT NULL,
	PRIMARY KEY (athlete, source)
) STRICT, WITHOUT ROWID;
-- By number it is looked up whose it was before.
CREATE INDEX athlete_phone ON athlete (phone) WHERE phone <> '';
