-- Whom a digest may name: who was shown in its group when it was made. It
-- outlives the consent, so that an erasure finds what was posted.
CREATE TABLE named (
	digest  INTEGER NOT NULL REFERENCES digest ON DELETE CASCADE,
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	PRIMARY KEY (digest, athlete)
) STRICT, WITHOUT ROWID;
CREATE INDEX named_athlete ON named (athlete);
INSERT INTO named SELECT d.id, m.athlete FROM digest d JOIN membership m ON m.chatgroup = d.chatgroup;
