package sqlite

// groupTables are about groups, and about members in them.
func groupTables() []Table {
	return []Table{
		{
			Name: "chatgroup", Whose: OfGroup, Until: "as long as this instance exists",
			Holds: "a WhatsApp group that the bot is in, with its settings",
			Why:   "to post what its admins want, when they want it",
			Not:   "it tells of no person; its settings stand in /schedule, /sports and so on",
			Columns: []Column{
				col("id", "number of the group"), col("chat", "its address"), col("name", "its name"), col("description", "its description"),
				col("language", "its language"), col("units", "its units"), col("zone", "its time zone"), col("week_start", "first day of its week"),
				col("metric", "what it ranks by"), col("schedule", "when its digest comes"), col("scheduled", "when that was set"),
				col("allowed", "whether the operator lets the bot in"), col("enabled", "whether an admin said /start"),
				col("last_run", "its last digest"), col("next_run", "its next digest"), col("created", "since when the bot is in it"),
				col("updated", "when this row last changed"), col("style", "how its digest is"), col("skip", "week whose digest is left out"),
				col("races", "whether races are posted at once"), col("excluded", "kinds of workouts that do not count"),
				col("quiet_from", "from when the bot is quiet"), col("quiet_to", "until when"), col("edition", "changes whenever somebody in it hides something"),
				col("invite", "code of its invitation link"),
			},
		},
		{
			Name: "poll", Whose: OfGroup, Until: "until the group's next one",
			Holds: "that the group was asked what it should rank by", Why: "so that who asked is told how it went",
			Not: "it is about everybody in the group; who asked stands in the log of actions",
			Columns: []Column{
				col("id", "number of the poll"), col("chatgroup", "which group"), col("asked", "hidden id of who asked"), col("key", "its name among the bot's messages"),
				col("until", "when it ends"), col("state", "how it stands"), col("made", "when it was asked"),
			},
		},
		{
			Name: "vote", Part: "votes", Whose: OfMember, Until: "until it is told how the poll went, a week after its end at the latest, or until /delete",
			Holds: "what somebody chose in a poll of a group", Why: "so that each person counts once",
			key: []string{"poll"}, mine: `user = :user`,
			Columns: []Column{
				col("poll", "in which group").shown(`coalesce((SELECT g.name FROM poll p JOIN chatgroup g ON g.id = p.chatgroup WHERE p.id = vote.poll), '')`),
				col("user", "who"), col("metric", "what was chosen"),
			},
		},
		{
			Name: "goal", Whose: OfGroup, Until: "until it is ended or replaced",
			Holds: "what a group wants to reach together", Why: "for the progress bar in the digest", Not: "it tells of no person",
			Columns: []Column{
				col("id", "number of the goal"), col("chatgroup", "whose"), col("metric", "of what"), col("sport", "in which sport"),
				col("target", "how much"), col("start", "from which day"), col("end", "to which day"), col("route", "along which route"), col("made", "when it was set"),
			},
		},
		{
			Name: "duel", Part: "duels", Whose: OfMember, Until: "until one of the two says /delete",
			Holds: "a week in which two members compare themselves",
			Why:   "the digest tells of it when both have said yes",
			key:   []string{"id"}, mine: `from_athlete = :athlete OR to_athlete = :athlete`,
			Columns: []Column{
				col("id", "number of the duel"), col("chatgroup", "in which group").shown(groupNamed("duel.chatgroup")),
				col("from_athlete", "who asked").shown(memberOr("from_athlete")), col("to_athlete", "who was asked").shown(memberOr("to_athlete")),
				col("metric", "in what"), col("start", "first day"), col("end", "the day after the last"), col("state", "how it stands"), col("asked", "when it was asked"),
			},
		},
		{
			Name: "digest", Whose: OfGroup, Until: "as long as the group; the text goes when somebody in it says /delete",
			Holds: "a group's digest of one week, as it was posted", Why: "so that each is posted once, and races and prizes do not repeat",
			Not: "it is about everybody in the group; in which ones a member stands is handed over, and the text is in the group's chat",
			Columns: []Column{
				col("id", "number of the digest"), col("chatgroup", "of which group"), col("week_start", "first day"), col("week_end", "the day after the last"),
				col("due", "when it was due"), col("content", "its text"), col("state", "whether it was posted"), col("generated", "when it was made"), col("sent", "when it was posted"),
			},
		},
		{
			Name: "named", Part: "digests_made_with_you", Whose: OfMember, Until: untilErased,
			Holds: "that the member was shown in the group when a digest was made",
			Why:   "so that an erasure finds what was posted",
			key:   []string{"digest"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("digest", "which digest").shown(digestNamed("named.digest")), col("athlete", "who").not(ownNumber),
			},
		},
		{
			Name: "mention", Part: "digests_that_named_you", Whose: OfMember, Until: untilErased,
			Holds: "that a digest named the member, and for what",
			Why:   "so that everybody is mentioned in turn",
			key:   []string{"digest", "kind"}, mine: `athlete = :athlete`,
			Columns: []Column{
				col("digest", "which digest").shown(digestNamed("mention.digest")), col("athlete", "who").not(ownNumber), col("kind", "for what"),
			},
		},
	}
}
