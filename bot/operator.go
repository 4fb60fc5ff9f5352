package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"clubrun/bot/access"
	"clubrun/store"
)

// orders are the operator's commands. They stand in no book: to everybody else
// they are words like any other, and nobody learns that they are there.
func orders() []Command {
	return []Command{
		{
			Name: "status", Where: Direct, Needs: access.ReadStatus, Run: runStatus,
			Does:    "Says how the bot is.",
			Aliases: []string{"zustand", "estado", "etat", "stato", "toestand"},
		},
		{
			Name: "pair", Where: Direct, Needs: access.ReadPairing, Run: runPair,
			Does:    "Says how the bot is linked to WhatsApp, and how to link it anew.",
			Aliases: []string{"pairing", "koppeln", "kopplung", "emparejar", "emparelhar", "appairer", "jumeler", "abbina"},
		},
		{
			Name: "logs", Where: Direct, Needs: access.ReadLog, Run: runLogs,
			Usage: "[20]", Does: "Tells the latest warnings and errors.",
			Aliases: []string{"log", "protokoll", "registro", "registros", "registo", "registos", "journal", "logboek"},
		},
		{
			Name: "help", Where: Direct, Needs: access.AskHelp, Run: runDeskHelp,
			Does:    "Says what its operator can ask.",
			Aliases: []string{"hilfe", "ayuda", "ajuda", "aide", "aiuto", "hulp"},
		},
	}
}

// Orders returns the operator's commands, for the printed page.
func Orders() []Command { return orders() }

// order reads a text as an order: one word behind a slash, and behind /logs a
// number. Anything more is no order: it may be a note to oneself that begins
// like one.
func order(text string) (c Command, args []string, ok bool) {
	if len(text) > longest {
		return Command{}, nil, false
	}
	typed, slash := strings.CutPrefix(fold(text), "/")
	words := strings.Fields(typed)
	if !slash || len(words) == 0 || len(words) > 2 {
		return Command{}, nil, false
	}
	for i := range words {
		words[i] = trim(words[i])
	}
	for _, c := range orders() {
		if c.Name != words[0] && !slices.Contains(c.Aliases, words[0]) {
			continue
		}
		_, err := strconv.ParseUint(strings.Join(words[1:], ""), 10, 16)
		return c, words[1:], len(words) == 1 || c.Name == "logs" && err == nil
	}
	return Command{}, nil, false
}

// fromOperator says whether a message comes from whoever runs the instance: it
// was written on the phone of the bot's own number, to oneself, or in a direct
// chat from the number that the operator named. WhatsApp says who that is,
// never a name or a text; and nobody is the operator in a group.
func (b *Bot) fromOperator(in store.Incoming) bool {
	if in.Group {
		return false
	}
	return in.Sender == store.Owner || b.Settings.OperatorPhone != "" && in.Phone == b.Settings.OperatorPhone
}

// receiveNote takes what the owner of the bot's number wrote to themselves. It
// is somebody's notebook: only an order is stored, in the bot's own words, and
// of all else nothing is kept, not even in memory.
func (b *Bot) receiveNote(ctx context.Context, in store.Incoming) error {
	c, args, ok := order(in.Text)
	if !ok || in.Group || in.Document != nil {
		return nil
	}
	mind := b.memory()
	mind.saw(keyOf(in))
	if in.Edits != "" && !mind.replace(messageKey{in.Chat, in.Sender, in.Edits}) {
		return nil
	}
	in = store.Incoming{
		Chat: in.Chat, Sender: store.Owner, Message: in.Message, Edits: in.Edits, Sent: in.Sent, Received: in.Received,
		Text: strings.Join(append([]string{"/" + c.Name}, args...), " "),
	}
	if _, err := b.Store.Receive(ctx, in); err != nil {
		return fmt.Errorf("receive: %w", err)
	}
	return nil
}

// ordered answers an order of the operator. Taken is false for everybody else,
// and for what is none.
func (t *turn) ordered(ctx context.Context) (taken bool, err error) {
	owner := t.in.Sender == store.Owner
	c, args, ok := order(t.text)
	if !t.fromOperator(t.in) || !ok || t.Desk == nil {
		return owner, nil
	}
	if c.Name == "help" && !owner {
		role, err := t.role(ctx)
		if err != nil || role != store.RoleStranger {
			return false, err // a member has the member's help
		}
	}
	if !access.Allow(store.RoleOperator, c.Needs) {
		return true, t.denied(ctx, store.RoleOperator, c.Needs)
	}
	if err := t.keepDesk(ctx); err != nil {
		return true, err
	}
	return true, c.Run(ctx, t, args)
}

// overreached records that somebody asked for what is the operator's. They hear
// of it what they would hear of any word that nobody knows.
func (t *turn) overreached(ctx context.Context, role store.Role) error {
	c, _, ok := order(t.text)
	if !ok || access.Allow(role, c.Needs) || t.fromOperator(t.in) {
		return nil
	}
	e := store.AuditEntry{At: t.Now(), Actor: t.by(role), Action: string(c.Needs), Subject: "direct", Denied: true}
	if err := t.Store.Audit(ctx, e); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

// runDeskHelp says what the operator may ask.
func runDeskHelp(_ context.Context, t *turn, _ []string) error {
	if t.in.Sender == store.Owner {
		t.say("bot.help.owner")
		return nil
	}
	t.say("bot.help.operator")
	return nil
}
