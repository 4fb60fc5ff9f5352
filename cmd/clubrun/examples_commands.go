package main

import (
	"fmt"
	"io"
	"strings"

	"clubrun/bot"
	"clubrun/bot/access"
	"clubrun/store"
)

// The parts of the page that no table tells.
const (
	commandsHead = `# What people can ask Clubrun

A command begins with / (or !, or a full stop) and is read in seven languages at once, whatever language the chat speaks; capitals, accents and a mark at its end do not matter. In the direct chat the slash may be left out. In a group it may be left out where the bot is mentioned (@bot week?) or one of its messages is answered (stats); everything else that people say in a group is neither answered nor kept.

| command | may be followed by | for | who | where | also |
|---|---|---|---|---|---|
`
	commandsOperator = `
## For whoever runs it

In the chat with oneself on the bot's own phone, or in the direct chat from the number in OPERATOR; always with the slash.

| command | may be followed by | for | who | where | also |
|---|---|---|---|---|---|
`
	commandsTail = `
## Manners

In a group, what only works in private is answered with a link to the direct chat. The same question again within a minute gets ⏳, more than ten commands of one person in ten minutes get 🤐 once.

## Beside commands, in the direct chat

- A workout as you would say it: +5k run 28min yesterday, +1h20 ride 32 km monday. undo within ten minutes takes it back.
- A .fit, .gpx or .tcx file.
- The six digits of Garmin's code while the bot waits for one, in any form: 123456, 123 456, the code is 123456.
- stop, which ends what the bot asks at the moment, or asks what shall stop.

## Times, days and periods

- Times: 18:00, 18.00, 18h, 18h30, 6pm, 6 pm, 1800, noon, 18 Uhr, às 18h, a las 6 de la tarde. Halves and quarters in words are not read.
- Days: written out or in two or three letters. A short word that is another day in another language ("do" is Thursday in German and Sunday in Spanish) is read in the group's language, and the answer says the day in full.
- Periods: last, this month, 37, 2026-37, kw37, september, 2025, q3, since march, from 1 sep to 14 sep, 1-14 sep, 30d, last 2 weeks.
- Numbers: 1000, 1 000, 1.000, 1,000, 12.5 and 12,5.
`
)

// writeCommands writes the page of all commands, from the table by which they
// are read.
func writeCommands(w io.Writer) error {
	var b strings.Builder
	b.WriteString(commandsHead)
	for _, c := range bot.NewBook().Commands {
		writeCommand(&b, c, whoMay(c))
	}
	b.WriteString(commandsOperator)
	for _, c := range bot.Orders() {
		writeCommand(&b, c, "operator")
	}
	b.WriteString(commandsTail)
	_, err := io.WriteString(w, b.String())
	return err
}

func writeCommand(b *strings.Builder, c bot.Command, who string) {
	also := make([]string, len(c.Aliases))
	for i, alias := range c.Aliases {
		also[i] = "`" + alias + "`"
	}
	usage := c.Usage
	if usage != "" {
		usage = "`" + usage + "`"
	}
	fmt.Fprintf(b, "| `/%s` | %s | %s | %s | %s | %s |\n", c.Name, cell(usage), cell(c.Does), who, whereMay(c), cell(strings.Join(also, " ")))
}

// whoMay says who may use a command.
func whoMay(c bot.Command) string {
	switch {
	case access.Allow(store.RoleStranger, c.Needs):
		return "anyone"
	case access.Allow(store.RoleMember, c.Needs):
		return "members"
	case access.Allow(store.RoleAdmin, c.Needs):
		return "admins"
	}
	return "operator"
}

// whereMay says in which chats a command works.
func whereMay(c bot.Command) string {
	switch c.Where {
	case bot.Direct:
		return "direct"
	case bot.Room:
		return "group"
	}
	return "direct, group"
}
