package main

import (
	"fmt"
	"io"
	"strings"

	"clubrun/store/sqlite"
)

// The parts of the page that no inventory tells.
const (
	privacyHead = `# What our Clubrun keeps about you

Clubrun reads workouts of members who linked an account or sent a file, and posts the week of each group that they agreed to. It runs on a machine of ours; nothing is sent to an AI or to anybody else but WhatsApp and Garmin.

- **No group shows you without your yes**, given for that group. ` + "`/leave`" + ` takes it back at once.
- **Get it all:** ` + "`/export`" + ` in the direct chat with the bot sends you everything below as an archive.
- **Erase it all:** ` + "`/delete`" + ` erases everything below at once. What was posted in a chat stays there. WhatsApp itself keeps the bot's conversation with you, your name and your number.
- **Cut the bot off:** ` + "`/unlink`" + ` destroys its access to your account; what was read is erased 30 days later, unless you come back with ` + "`/link`" + ` by then.

Who runs this bot can read what is below, except the keys to your account, which are sealed; each ` + "`clubrun export`" + ` of a member is noted in the log of actions.

## What is kept, why, and how long

| what | why | how long | you get it |
|---|---|---|---|
`
	privacyTail = `
## What is never kept

- Your password and the codes that Garmin sends you. They are in memory for ten minutes at most.
- What people say to each other in groups: only commands to the bot are kept.
- Maps or places in any group. Tracks are kept only in activity files, and those only for members who agreed to it.

## Beside the database

- The activity files themselves, in the data folder, for who agreed to that. They are in ` + "`/export`" + `, and ` + "`/delete`" + ` removes them; by themselves they go with their rows.
- The bot's own WhatsApp: keys of its conversations, names and numbers of its contacts, ids of messages with the secrets by which votes and edits are read, and for a week what it sent, for phones that could not read it. ` + "`/delete`" + ` removes the ids and secrets of what you wrote, and what was sent to you and to your groups; the rest goes in the night after you share no group with the bot any more.
- A log without phone numbers, e-mail addresses, codes or keys.
`
)

// writePrivacy writes the page that operators give to their members, from the
// inventory of the database.
func writePrivacy(w io.Writer) error {
	var b strings.Builder
	b.WriteString(privacyHead)
	all := sqlite.Inventory()
	for _, t := range all {
		got := "yes, as `" + t.Part + "`"
		if t.Part == "" {
			got = "no: " + t.Not
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", cell(t.Holds), cell(t.Why), cell(t.Until), cell(got))
	}
	b.WriteString("\n## In detail\n")
	for _, t := range all {
		if t.Whose != sqlite.OfMember {
			continue
		}
		fmt.Fprintf(&b, "\n### %s\n\n", sentence(t.Holds))
		for _, c := range t.Columns {
			line := c.Holds
			if c.Not != "" {
				line += " (not in the export: " + c.Not + ")"
			}
			fmt.Fprintf(&b, "- `%s`: %s\n", c.Name, line)
		}
	}
	b.WriteString(privacyTail)
	_, err := io.WriteString(w, b.String())
	return err
}

// cell is a text as a cell of a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }

// sentence is a text with a capital letter.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
