-- The code by which a group's invitation link leads to it; a group has one from
-- its first word on.
ALTER TABLE chatgroup ADD COLUMN invite TEXT;
CREATE UNIQUE INDEX chatgroup_invite ON chatgroup (invite) WHERE invite IS NOT NULL;
-- After how many days without a workout an athlete wants a word; 0 is never.
ALTER TABLE athlete ADD COLUMN remind INTEGER NOT NULL DEFAULT 0;
-- What a group is asked by a poll: what it should rank by. Who asked hears how
-- it went, and decides.
CREATE TABLE poll (
	id        INTEGER PRIMARY KEY,
	chatgroup INTEGER NOT NULL REFERENCES chatgroup ON DELETE CASCADE,
	asked     TEXT NOT NULL,
	key       TEXT NOT NULL UNIQUE,
	until     TEXT NOT NULL,
	state     TEXT NOT NULL,
	made      TEXT NOT NULL
) STRICT;
CREATE TABLE vote (
	poll    INTEGER NOT NULL REFERENCES poll ON DELETE CASCADE,
	user    TEXT NOT NULL,
	metric  TEXT NOT NULL,
	PRIMARY KEY (poll, user)
) STRICT, WITHOUT ROWID;
