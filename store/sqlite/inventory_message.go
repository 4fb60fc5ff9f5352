package sqlite

// theirOutbox are the messages of the bot to a member, about a race of theirs,
// or because of something that they wrote.
const theirOutbox = `target_sender = :user
	OR chat IN (SELECT i.chat FROM inbox i WHERE i.sender = :user AND i.in_group = 0)
	OR cause IN (SELECT value FROM json_each(:because))
	OR (key GLOB 'race:*' AND ` + raceActivity + ` IN ` + theirActs + `)`

// messageTables are about what was written.
func messageTables() []Table {
	return []Table{
		{
			Name: "inbox", Part: "messages_from_you", Whose: OfMember, Until: untilErased,
			Holds: "a message to the bot: of a direct chat, or a command in a group",
			Why:   "so that each is answered once, also after a restart",
			key:   []string{"id"}, mine: `sender = :user`,
			Columns: []Column{
				col("id", "number of the message"),
				col("chat", "where it was written").shown(`CASE in_group WHEN 0 THEN 'direct' ELSE coalesce((SELECT g.name FROM chatgroup g WHERE g.chat = inbox.chat), 'a group') END`),
				col("sender", "who wrote it"), col("message", "its id in WhatsApp"), col("phone", "the sender's number"), col("name", "the name that the sender goes by"),
				col("in_group", "whether it was written in a group").yesNo(),
				col("text", "what it said; empty where it could hold a password or a code: that is never kept"),
				col("edits", "id of the message that it replaces"), col("quotes", "id of the message that it answers").not("somebody else may have written that"),
				col("doc_name", "name of a file that came with it"), col("doc_mime", "its kind"), col("doc_size", "its bytes"),
				col("doc_handle", "by what it is fetched from WhatsApp, until the message is answered").not("it is the key to a file that its sender has"),
				col("sent", "when it was sent"), col("received", "when it came"), col("state", "whether it was answered"), col("attempts", "how often that was tried"),
				col("reason", "why it failed").not("a technical note for the operator"), col("updated", "when this row last changed"),
			},
		},
		{
			Name: "outbox", Part: "messages_to_you", Whose: OfMember, Until: untilErased,
			Holds: "a message of the bot: to the member, about a race of theirs, or because of something that they wrote; others are a group's",
			Why:   "so that each is sent once, also after a restart",
			key:   []string{"id"}, mine: theirOutbox,
			Columns: []Column{
				col("id", "number of the message"), col("key", "its name among the bot's messages").not("a technical name, made of numbers"),
				col("chat", "where it goes").shown(`CASE WHEN chat IN (SELECT i.chat FROM inbox i WHERE i.sender = :user AND i.in_group = 0) THEN 'direct'
					ELSE coalesce((SELECT g.name FROM chatgroup g WHERE g.chat = outbox.chat), 'a group') END`),
				col("kind", "text, picture, file or reaction"), col("urgency", "an answer or a digest"), col("text", "what it says").not(mayNameOther),
				col("target_message", "id of the message that it answers").shown(`CASE target_sender WHEN :user THEN target_message ELSE '' END`),
				col("target_sender", "who wrote that").shown(`CASE target_sender WHEN :user THEN target_sender ELSE '' END`),
				col("due", "when it is due"), col("first_due", "when it was due at first"), col("expires", "when it is of no use any more"), col("state", "whether it was sent"),
				col("message", "its id in WhatsApp"), col("attempts", "how often it was tried"), col("error", "why it failed").not("a technical note for the operator"),
				col("digest", "the digest that it is a part of"), col("accepted", "when WhatsApp took it"), col("delivered", "when it arrived"),
				col("updated", "when this row last changed"), col("cause", "id of what caused it"),
			},
		},
		{
			Name: "media", Part: "pictures_and_files_to_you", Whose: OfMember, Until: "as its message; of an export until it is sent",
			Holds: "the picture or the file of a message of the bot",
			Why:   "so that each is sent as it was made",
			key:   []string{"outbox"}, mine: `outbox IN (SELECT id FROM outbox WHERE ` + theirOutbox + `)`,
			Columns: []Column{
				col("outbox", "of which message"), col("mime", "its kind"), col("name", "its name"), col("data", "its bytes").not(mayNameOther),
				col("thumbnail", "the same, small").not(mayNameOther), col("width", "pixels"), col("height", "pixels"),
				col("alt", "what it shows, in words").not(mayNameOther),
			},
		},
		{
			Name: "audit", Part: "log_of_actions", Whose: OfMember, Until: "after /delete without the person",
			Holds: "that somebody did something, or may not: the member, or the operator about the member",
			Why:   "so that it can be told who changed what",
			key:   []string{"id"}, mine: `actor_user = :user OR actor_athlete = :athlete OR subject = 'athlete ' || :athlete`,
			Columns: []Column{
				col("id", "number of the entry"), col("at", "when"), col("actor_role", "as what"),
				col("actor_user", "who").shown(`CASE actor_user WHEN :user THEN actor_user WHEN '' THEN '' ELSE ` + anotherMember + ` END`),
				col("actor_athlete", "who, as a number").shown(`CASE actor_athlete WHEN :athlete THEN actor_athlete ELSE 0 END`),
				col("actor_message", "id of what caused it").shown(`CASE WHEN actor_user = :user OR actor_athlete = :athlete THEN actor_message ELSE '' END`),
				col("action", "what"), col("subject", "to what").shown(notOther("subject")),
				col("denied", "whether it was refused").yesNo(), col("detail", "how").shown(notOther("detail")),
			},
		},
	}
}

// notOther is a column of the audit, but for the number of another member.
func notOther(column string) string {
	return `CASE WHEN ` + column + ` GLOB 'athlete *' AND ` + column + ` <> 'athlete ' || :athlete THEN ` + anotherMember + ` ELSE ` + column + ` END`
}

// instanceTables are about the bot itself.
func instanceTables() []Table {
	return []Table{
		{
			Name: "counter", Part: "limits", Whose: OfMember, Until: "beyond /delete: erasing is no way around a limit",
			Holds: "a small number that keeps a limit, such as sign-ins of a day; others are the bot's own",
			Why:   "so that a restart does not forget a limit",
			key:   []string{"key"}, mine: `(key GLOB '*.' || :athlete OR key GLOB '*.' || :person)`,
			Columns: []Column{col("key", "which limit, and of which member: by number, or by a name that only this instance can make"), col("value", "how it stands"), col("updated", "since when")},
		},
		{
			Name: "job_run", Whose: OfInstance, Holds: "one run of a job: sync, digest, housekeeping",
			Why: "so that the operator sees what works", Not: "it tells of no person",
			Columns: []Column{
				col("id", "number of the run"), col("operation", "which job"), col("start", "from when"), col("end", "to when"), col("result", "how it went"),
				col("message", "what failed"), col("processed", "how many records"), col("downloaded", "how many files"), col("cause", "its id in the log"),
			},
		},
		{
			Name: "meta", Whose: OfInstance, Until: "for good", Holds: "by what the key of this instance is recognised", Why: "so that a wrong key is refused",
			Not:     "it tells of no person",
			Columns: []Column{col("key", "which value"), col("value", "the value")},
		},
	}
}
