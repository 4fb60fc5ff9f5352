-- version 11
CREATE TABLE account (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	source  TEXT NOT NULL CHECK (source <> ''),
	profile TEXT NOT NULL CHECK (profile <> ''),
	name    TEXT NOT NULL,
	tokens  BLOB NOT NULL, -- sealed for accounts/<id>/<source>/tokens
	state   TEXT NOT NULL,
	reason  TEXT NOT NULL,
	until   TEXT,
	linked  TEXT NOT NULL,
	updated TEXT NOT NULL,
	UNIQUE (athlete, source),
	UNIQUE (source, profile)
) STRICT;
CREATE TABLE activity (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	athlete    INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	source     TEXT NOT NULL CHECK (source <> ''),
	external   TEXT NOT NULL CHECK (external <> ''),
	parent     TEXT NOT NULL,
	name       TEXT NOT NULL,
	sport      TEXT NOT NULL,
	type       TEXT NOT NULL,
	start      TEXT NOT NULL,
	utc_offset INTEGER NOT NULL, -- seconds east of UTC where it happened
	local      TEXT NOT NULL,    -- the clock on the wall there
	day        TEXT NOT NULL,    -- the day on that clock
	elapsed    REAL NOT NULL,
	timer      REAL NOT NULL,
	moving     REAL NOT NULL,
	distance   REAL NOT NULL,
	climb      REAL NOT NULL,
	calories   REAL NOT NULL,
	avg_hr     REAL NOT NULL,
	max_hr     REAL NOT NULL,
	moderate   INTEGER NOT NULL,
	vigorous   INTEGER NOT NULL,
	metrics    TEXT NOT NULL, -- JSON
	private    INTEGER NOT NULL,
	manual     INTEGER NOT NULL,
	race       INTEGER NOT NULL,
	record     INTEGER NOT NULL,
	synced     TEXT NOT NULL, known TEXT NOT NULL DEFAULT '', hidden TEXT, vouched INTEGER NOT NULL DEFAULT 0, checksum TEXT NOT NULL DEFAULT '',
	UNIQUE (athlete, source, external)
) STRICT;
CREATE TABLE apart (
	athlete        INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	source         TEXT NOT NULL CHECK (source <> ''),
	external       TEXT NOT NULL CHECK (external <> ''),
	other_source   TEXT NOT NULL CHECK (other_source <> ''),
	other_external TEXT NOT NULL CHECK (other_external <> ''),
	since          TEXT NOT NULL,
	PRIMARY KEY (athlete, source, external, other_source, other_external)
) STRICT, WITHOUT ROWID;
CREATE TABLE athlete (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	user       TEXT NOT NULL UNIQUE CHECK (user <> ''),
	phone      TEXT NOT NULL,
	name       TEXT NOT NULL,
	language   TEXT NOT NULL,
	units      TEXT NOT NULL,
	zone       TEXT NOT NULL,
	private    TEXT NOT NULL,
	keep_files INTEGER NOT NULL,
	created    TEXT NOT NULL,
	updated    TEXT NOT NULL,
	last_sync  TEXT
, hidden TEXT NOT NULL DEFAULT '', health TEXT, remind INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE audit (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	at            TEXT NOT NULL,
	actor_role    TEXT NOT NULL,
	actor_user    TEXT NOT NULL,
	actor_athlete INTEGER NOT NULL,
	actor_message TEXT NOT NULL,
	action        TEXT NOT NULL CHECK (action <> ''),
	subject       TEXT NOT NULL,
	denied        INTEGER NOT NULL,
	detail        TEXT NOT NULL
) STRICT;
CREATE TABLE chatgroup (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	chat        TEXT NOT NULL UNIQUE CHECK (chat <> ''),
	name        TEXT NOT NULL,
	description TEXT NOT NULL,
	language    TEXT NOT NULL,
	units       TEXT NOT NULL,
	zone        TEXT NOT NULL,
	week_start  INTEGER NOT NULL CHECK (week_start BETWEEN 0 AND 6), -- 0 is Sunday
	metric      TEXT NOT NULL,
	schedule    TEXT NOT NULL,
	scheduled   TEXT,
	allowed     INTEGER NOT NULL,
	enabled     INTEGER NOT NULL,
	last_run    TEXT,
	next_run    TEXT,
	created     TEXT NOT NULL,
	updated     TEXT NOT NULL
, style TEXT NOT NULL DEFAULT '', skip TEXT, races INTEGER NOT NULL DEFAULT 0, excluded TEXT NOT NULL DEFAULT '', quiet_from INTEGER NOT NULL DEFAULT 0, quiet_to INTEGER NOT NULL DEFAULT 0, edition INTEGER NOT NULL DEFAULT 0, invite TEXT) STRICT;
CREATE TABLE cheer (
	chatgroup INTEGER NOT NULL REFERENCES chatgroup ON DELETE CASCADE,
	activity  INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
	person    BLOB NOT NULL, made INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (activity, chatgroup, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE counter (
	key     TEXT PRIMARY KEY CHECK (key <> ''),
	value   TEXT NOT NULL,
	updated TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE digest (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	chatgroup  INTEGER NOT NULL REFERENCES chatgroup ON DELETE CASCADE,
	week_start TEXT NOT NULL,
	week_end   TEXT NOT NULL, -- the day after its last
	due        TEXT,
	content    TEXT NOT NULL,
	state      TEXT NOT NULL,
	generated  TEXT NOT NULL,
	sent       TEXT,
	UNIQUE (chatgroup, week_start)
) STRICT;
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
CREATE TABLE file (
	activity INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
	format   TEXT NOT NULL CHECK (format <> ''),
	path     TEXT NOT NULL,
	sha256   TEXT NOT NULL,
	size     INTEGER NOT NULL,
	state    TEXT NOT NULL,
	reason   TEXT NOT NULL,
	updated  TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 1, retry TEXT,
	PRIMARY KEY (activity, format)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE health (
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	day     TEXT NOT NULL,
	metric  TEXT NOT NULL CHECK (metric <> ''),
	value   REAL NOT NULL,
	updated TEXT NOT NULL,
	PRIMARY KEY (athlete, day, metric)
) STRICT, WITHOUT ROWID;
CREATE TABLE health_read (
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	metric  TEXT NOT NULL CHECK (metric <> ''),
	asked   TEXT NOT NULL,
	good    TEXT,
	barren  INTEGER NOT NULL,
	PRIMARY KEY (athlete, metric)
) STRICT, WITHOUT ROWID;
CREATE TABLE inbox (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	chat     TEXT NOT NULL CHECK (chat <> ''),
	sender   TEXT NOT NULL,
	message  TEXT NOT NULL CHECK (message <> ''),
	phone    TEXT NOT NULL,
	name     TEXT NOT NULL,
	in_group INTEGER NOT NULL,
	text     TEXT, -- NULL: withheld, it was never stored
	edits    TEXT NOT NULL,
	quotes   TEXT NOT NULL,
	doc_name TEXT, -- NULL: no document
	doc_mime TEXT,
	doc_size INTEGER,
	sent     TEXT,
	received TEXT NOT NULL,
	state    TEXT NOT NULL, -- new, done, dead
	attempts INTEGER NOT NULL,
	reason   TEXT NOT NULL,
	updated  TEXT NOT NULL, doc_handle BLOB,
	UNIQUE (chat, sender, message)
) STRICT;
CREATE TABLE job_run (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	operation  TEXT NOT NULL CHECK (operation <> ''),
	start      TEXT NOT NULL,
	end        TEXT,
	result     TEXT NOT NULL,
	message    TEXT NOT NULL,
	processed  INTEGER NOT NULL,
	downloaded INTEGER NOT NULL,
	cause      TEXT NOT NULL
) STRICT;
CREATE TABLE media (
	outbox    INTEGER PRIMARY KEY REFERENCES outbox ON DELETE CASCADE,
	mime      TEXT NOT NULL,
	name      TEXT NOT NULL,
	data      BLOB NOT NULL,
	thumbnail BLOB NOT NULL,
	width     INTEGER NOT NULL,
	height    INTEGER NOT NULL,
	alt       TEXT NOT NULL
) STRICT;
CREATE TABLE membership (
	athlete         INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	chatgroup       INTEGER NOT NULL REFERENCES chatgroup ON DELETE CASCADE,
	role            TEXT NOT NULL,
	joined          TEXT NOT NULL,
	consent_text    TEXT NOT NULL CHECK (consent_text <> ''),
	consent_given   TEXT NOT NULL,
	consent_message TEXT NOT NULL,
	PRIMARY KEY (chatgroup, athlete)
) STRICT, WITHOUT ROWID;
CREATE TABLE mention (
	digest  INTEGER NOT NULL REFERENCES digest ON DELETE CASCADE,
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	kind    TEXT NOT NULL CHECK (kind <> ''),
	PRIMARY KEY (digest, athlete, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value BLOB NOT NULL
) STRICT;
CREATE TABLE named (
	digest  INTEGER NOT NULL REFERENCES digest ON DELETE CASCADE,
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	PRIMARY KEY (digest, athlete)
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
	id             INTEGER PRIMARY KEY AUTOINCREMENT,
	key            TEXT NOT NULL UNIQUE CHECK (key <> ''),
	chat           TEXT NOT NULL CHECK (chat <> ''),
	kind           TEXT NOT NULL CHECK (kind <> ''),
	urgency        TEXT NOT NULL CHECK (urgency <> ''),
	text           TEXT NOT NULL,
	target_message TEXT NOT NULL,
	target_sender  TEXT NOT NULL,
	due            TEXT NOT NULL, -- next attempt, not before
	first_due      TEXT NOT NULL, -- as it was owed: decides the order within a chat
	expires        TEXT,
	state          TEXT NOT NULL,
	message        TEXT NOT NULL,
	attempts       INTEGER NOT NULL,
	error          TEXT NOT NULL,
	digest         INTEGER REFERENCES digest ON DELETE SET NULL,
	accepted       TEXT,
	delivered      TEXT,
	updated        TEXT NOT NULL,
	cause          TEXT NOT NULL
) STRICT;
CREATE TABLE pause (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	start   TEXT NOT NULL,
	end     TEXT NOT NULL CHECK (start < end) -- the day after its last
) STRICT;
CREATE TABLE poll (
	id        INTEGER PRIMARY KEY,
	chatgroup INTEGER NOT NULL REFERENCES chatgroup ON DELETE CASCADE,
	asked     TEXT NOT NULL,
	key       TEXT NOT NULL UNIQUE,
	until     TEXT NOT NULL,
	state     TEXT NOT NULL,
	made      TEXT NOT NULL
) STRICT;
CREATE TABLE promise (
	athlete INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	source  TEXT NOT NULL,
	region  TEXT NOT NULL,
	made    TEXT NOT NULL,
	PRIMARY KEY (athlete, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE raw (
	id       INTEGER PRIMARY KEY,
	athlete  INTEGER NOT NULL REFERENCES athlete ON DELETE CASCADE,
	source   TEXT NOT NULL,
	kind     TEXT NOT NULL,
	external TEXT NOT NULL,
	hash     TEXT NOT NULL,
	packed   INTEGER NOT NULL, -- 1: body is DEFLATE
	body     BLOB NOT NULL,
	fetched  TEXT NOT NULL,
	reason   TEXT NOT NULL,
	UNIQUE (athlete, source, kind, external)
) STRICT;
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
CREATE TABLE talk (
	user    TEXT PRIMARY KEY CHECK (user <> ''),
	topic   TEXT NOT NULL,
	step    TEXT NOT NULL,
	data    TEXT NOT NULL,
	until   TEXT,
	updated TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE together (
	a INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
	b INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
	PRIMARY KEY (a, b),
	CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE TABLE vote (
	poll    INTEGER NOT NULL REFERENCES poll ON DELETE CASCADE,
	user    TEXT NOT NULL,
	metric  TEXT NOT NULL,
	PRIMARY KEY (poll, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_checksum ON activity (athlete, checksum) WHERE checksum <> '';
CREATE INDEX activity_day ON activity (athlete, day);
CREATE INDEX activity_parent ON activity (athlete, parent) WHERE parent <> '';
CREATE INDEX activity_type ON activity (type, day);
CREATE INDEX athlete_phone ON athlete (phone) WHERE phone <> '';
CREATE INDEX audit_user ON audit (actor_user);
CREATE UNIQUE INDEX chatgroup_invite ON chatgroup (invite) WHERE invite IS NOT NULL;
CREATE INDEX cheer_group ON cheer (chatgroup);
CREATE INDEX duel_from ON duel (from_athlete);
CREATE INDEX duel_group ON duel (chatgroup, start);
CREATE INDEX duel_to ON duel (to_athlete);
CREATE INDEX inbox_message ON inbox (chat, message);
CREATE INDEX inbox_new ON inbox (id) WHERE state = 'new';
CREATE INDEX inbox_sender ON inbox (sender);
CREATE INDEX membership_athlete ON membership (athlete);
CREATE INDEX mention_athlete ON mention (athlete);
CREATE INDEX named_athlete ON named (athlete);
CREATE INDEX outbox_chat ON outbox (chat);
CREATE INDEX outbox_digest ON outbox (digest) WHERE digest IS NOT NULL;
CREATE INDEX outbox_line ON outbox (chat, urgency, first_due, id) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_message ON outbox (message) WHERE message <> '';
CREATE INDEX outbox_open ON outbox (due, id) WHERE state IN ('queued', 'sending');
CREATE INDEX pause_athlete ON pause (athlete, start);
CREATE INDEX sighting_activity ON sighting (activity);
CREATE INDEX sighting_checksum ON sighting (athlete, checksum) WHERE checksum <> '';
CREATE INDEX sighting_parent ON sighting (athlete, parent) WHERE parent <> '';
CREATE INDEX sighting_start ON sighting (athlete, start);
CREATE INDEX together_b ON together (b);
