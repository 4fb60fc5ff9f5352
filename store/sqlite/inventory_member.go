package sqlite

// profileTables are about a member as a person.
func profileTables() []Table {
	return []Table{
		{
			Name: "athlete", Part: "profile", Whose: OfMember, Until: untilErased,
			Holds: "a person who has written to the bot, with the own settings",
			Why:   "to know who writes, to answer in the own language and units, and to show nobody more than was agreed to",
			key:   []string{"id"}, mine: `id = :athlete`,
			Columns: []Column{
				col("id", "number of the member here"),
				col("user", "hidden id (LID) of the WhatsApp account"),
				col("phone", "phone number, where WhatsApp tells it"),
				col("name", "the name that groups are shown"),
				col("language", "chosen language"),
				col("units", "chosen units"),
				col("zone", "chosen time zone"),
				col("private", "what becomes of workouts that are private at their source"),
				col("keep_files", "whether the member said /files on").yesNo(),
				col("created", "when the person first wrote"),
				col("updated", "when this row last changed"),
				col("last_sync", "when activities were last read"),
				col("hidden", "kinds of workouts that no group is shown"),
				col("remind", "after how many days without a workout the member wants a word; 0: never"),
				col("health", "since when the member agrees that daily health figures are kept; empty: not agreed"),
			},
		},
		{
			Name: "account", Part: "accounts", Whose: OfMember, Until: "until /unlink or /delete",
			Holds: "the member's account at a source of activities, such as Garmin Connect",
			Why:   "to read the member's activities there",
			key:   []string{"id"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("id", "number of the account here"),
				col("athlete", "whose it is").not(ownNumber),
				col("source", "which source"),
				col("profile", "id of the profile at the source"),
				col("name", "full name at the source"),
				col("tokens", "the keys by which the source lets the bot read, sealed under a key outside the database").
					not("a copy of the keys would let whoever finds the file read the account; a password is never kept"),
				col("state", "whether it can be read at present"),
				col("reason", "why it cannot be"),
				col("until", "until when it rests"),
				col("linked", "when it was linked"),
				col("updated", "when this row last changed"),
			},
		},
		{
			Name: "promise", Part: "promises", Whose: OfMember, Until: "until it is kept, or until the member links, /unlink or /delete",
			Holds: "that the member is written to once a source lets people in again",
			Why:   "so that a restart does not forget it",
			key:   []string{"source"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("athlete", "to whom").not(ownNumber), col("source", "which source"),
				col("region", "of the account there: cn, or empty for the rest of the world"), col("made", "when it was made"),
			},
		},
		{
			Name: "membership", Part: "memberships", Whose: OfMember, Until: "until /leave, /unlink or /delete, or until the member leaves the group",
			Holds: "the consent to be shown in a group",
			Why:   "without it nothing of the member is shown there",
			key:   []string{"chatgroup"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("athlete", "who agreed").not(ownNumber),
				col("chatgroup", "to be shown in which group").shown(groupNamed("membership.chatgroup")),
				col("role", "as what"),
				col("joined", "since when"),
				col("consent_text", "version of the text that was agreed to"),
				col("consent_given", "when"),
				col("consent_message", "id of the message that said yes"),
			},
		},
		{
			Name: "pause", Part: "pauses", Whose: OfMember, Until: untilErased,
			Holds: "days in which the member pauses",
			Why:   "a streak is frozen then, and nothing is said",
			key:   []string{"id"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("id", "number of the pause"), col("athlete", "who pauses").not(ownNumber),
				col("start", "first day"), col("end", "the day after the last"),
			},
		},
		{
			Name: "health", Part: "health", Whose: OfMember, Until: "until /health off, /unlink or /delete",
			Holds: "one health figure of one day, of members who said yes to that",
			Why:   "for the member alone; no group is ever shown one",
			key:   []string{"day", "metric"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("athlete", "whose").not(ownNumber), col("day", "of which day"),
				col("metric", "which figure: steps, resting heart rate (bpm), sleep (seconds), HRV (ms), body battery, VO2max, intensity minutes"),
				col("value", "the figure"), col("updated", "when it was read"),
			},
		},
		{
			Name: "health_read", Part: "health_questions", Whose: OfMember, Until: untilErased,
			Holds: "when a health figure was last asked for at the source",
			Why:   "so that the source is not asked too often",
			key:   []string{"metric"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("athlete", "whose").not(ownNumber), col("metric", "which figure"), col("asked", "when it was last asked for"),
				col("good", "when there was an answer"), col("barren", "whether it was answered that there is none, as by a device that cannot tell"),
			},
		},
		{
			Name: "talk", Part: "dialogue", Whose: OfMember, Until: "until it ends, or the next one begins",
			Holds: "a dialogue with the bot that is not finished",
			Why:   "so that a restart does not forget what was asked",
			key:   []string{"user"}, mine: `user = :user`,
			Columns: []Column{
				col("user", "with whom"), col("topic", "about what"), col("step", "what is awaited"),
				col("data", "numbers of groups and people as a question listed them; never a secret").not(mayNameOther),
				col("until", "when it is forgotten"), col("updated", "when it last went on"),
			},
		},
	}
}

// trainingTables are about what a member did.
func trainingTables() []Table {
	return []Table{
		{
			Name: "activity", Part: "activities", Whose: OfMember, Until: untilErased,
			Holds: "one workout", Why: "to count it in the digests and figures that the member agreed to",
			key: []string{"id"}, mine: `athlete = :athlete`, Columns: activityInventory(),
		},
		{
			Name: "raw", Part: "raw_records", Whose: OfMember, Until: "until /delete; what holds figures of health until /health off or /unlink, too",
			Holds: "a record as its source gave it",
			Why:   "so that a better reader can read it again without asking the source",
			key:   []string{"id"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("id", "number of the record"), col("athlete", "whose").not(ownNumber), col("source", "which source"),
				col("kind", "what it is"), col("external", "its id at the source"), col("hash", "checksum of what does not change by itself"),
				col("packed", "whether the record is compressed here").not("it is handed over as it was before"),
				col("body", "the record").body(), col("fetched", "when it was read"), col("reason", "why it could not be understood"),
			},
		},
		{
			Name: "sighting", Part: "records_of_one_activity", Whose: OfMember, Until: untilErased,
			Holds: "what one record tells of an activity that several tell of",
			Why:   "to show them as one workout, and to take that back",
			key:   []string{"source", "external"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("athlete", "whose").not(ownNumber), col("source", "which source"), col("external", "the record's id at the source"),
				col("parent", "the multisport activity that it is a leg of"), col("checksum", "SHA-256 of the file that it was read from"), col("start", "when it began"),
				col("activity", "of which activity"), col("told", "what the record tells").json(),
			},
		},
		{
			Name: "apart", Part: "records_kept_apart", Whose: OfMember, Until: untilErased,
			Holds: "two records of which the member says that they are two workouts",
			Why:   "so that they are not shown as one again",
			key:   []string{"source", "external", "other_source", "other_external"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("athlete", "whose").not(ownNumber), col("source", "source of the one"), col("external", "its id there"),
				col("other_source", "source of the other"), col("other_external", "its id there"),
				col("since", "since when"),
			},
		},
		{
			Name: "file", Part: "files", Whose: OfMember, Until: "until /delete; after /files off no new one is kept",
			Holds: "the file of an activity, or how the last attempt to fetch it ended; the files lie beside the database",
			Why:   "kept for members who said /files on, for themselves",
			key:   []string{"activity", "format"}, mine: `activity IN ` + theirActs,
			Columns: []Column{
				col("activity", "of which activity"), col("format", "fit, tcx or gpx"), col("path", "where it lies in the data folder"),
				col("sha256", "its checksum"), col("size", "its bytes"), col("state", "kept, none or failed"), col("reason", "why"),
				col("updated", "when that was"), col("attempts", "how often it was asked for"), col("retry", "when it is asked for again"),
			},
		},
		{
			Name: "together", Part: "together", Whose: OfMember, Until: "until one of the two says /delete",
			Holds: "that two members did an activity together; where that was is not kept",
			Why:   "the digest tells it of members who are both shown in the group",
			key:   []string{"a", "b"}, mine: `a IN ` + theirActs + ` OR b IN ` + theirActs,
			Columns: []Column{
				col("a", "the one activity").shown(`CASE WHEN a IN ` + theirActs + ` THEN a ELSE ` + anotherMember + ` END`),
				col("b", "the other activity").shown(`CASE WHEN b IN ` + theirActs + ` THEN b ELSE ` + anotherMember + ` END`),
			},
		},
		{
			Name: "cheer", Part: "cheers", Whose: OfMember, Until: "until the member or who cheered says /delete",
			Holds: "that somebody cheered a race of the member",
			Why:   "the digest tells who was cheered most",
			key:   []string{"activity", "chatgroup", "person"}, mine: `activity IN ` + theirActs,
			Columns: []Column{
				col("chatgroup", "in which group").shown(groupNamed("cheer.chatgroup")), col("activity", "of which activity"),
				col("person", "who, as a keyed hash that is another one for each activity").not(otherPerson + ", and can be read by nobody"),
				col("made", "under the number of which activity that hash was made"),
			},
		},
	}
}

func activityInventory() []Column {
	return []Column{
		col("id", "number of the activity"), col("athlete", "whose").not(ownNumber), col("source", "where it comes from"),
		col("external", "its id there"), col("parent", "the multisport activity that it is a leg of"), col("name", "its name at the source"),
		col("sport", "sport"), col("type", "the source's own kind"), col("start", "when it began, UTC"),
		col("utc_offset", "seconds east of UTC where it was"), col("local", "when it began, on the clocks there"), col("day", "on which day"),
		col("elapsed", "seconds from start to end"), col("timer", "seconds while the timer ran"), col("moving", "seconds in motion"),
		col("distance", "metres"), col("climb", "metres gained"), col("calories", "kilocalories"),
		col("avg_hr", "mean heart rate, bpm"), col("max_hr", "highest heart rate, bpm"),
		col("moderate", "moderate intensity minutes"), col("vigorous", "vigorous intensity minutes"),
		col("metrics", "heart rate zones, splits, device, load").json(), col("private", "private at the source").yesNo(),
		col("manual", "typed, not recorded").yesNo(), col("race", "a race").yesNo(), col("record", "a personal record, by the source's word").yesNo(),
		col("synced", "when it was last read"), col("known", "when it was first kept"), col("hidden", "since when the member hides it"),
		col("vouched", "the member says that it was no car").yesNo(),
		col("checksum", "SHA-256 of the file that it was read from"),
	}
}
