package bot

import (
	"context"
	"fmt"
	"strings"

	"clubrun/digest/locale"
	"clubrun/store"
)

// gratitude is what is stored of a thank-you to the bot in a group. Nobody can
// type it: without a slash nothing else of a group is stored.
const gratitude = "🙏"

// spoken returns what a text of a group asks of the bot in plain words, as a
// command behind a slash: where it mentions the bot, or answers a message that
// the bot has written, and is a command from its first word to its last. It is
// empty for all else that people say, also to the bot.
func (b *Bot) spoken(ctx context.Context, in store.Incoming) (string, error) {
	if !in.Group || !in.Mentions && in.Quotes == "" || len(in.Text) > longest || b.book().posted(in.Text) {
		return "", nil
	}
	r := b.book().Parse(in.Text)
	c, known := b.book().find(r.Command)
	thanks := onlyThanks(fold(in.Text))
	if !thanks && (!known || r.Slash || !in.Mentions && c.talk(r.Word)) {
		return "", nil
	}
	if ours, err := b.written(ctx, in); err != nil || !ours {
		return "", err
	}
	if thanks {
		return gratitude, nil
	}
	if c.Name == "help" && len(r.Args) == 1 && isMe(r.Args[0]) {
		r.Args = nil // "help me" asks for help, and not about /me
	}
	f, err := b.form(ctx, in.Chat, len(r.Args) > 0)
	if err != nil || !c.whole(f, r.Args) {
		return "", err
	}
	return strings.Join(append([]string{"/" + c.Name}, r.Args...), " "), nil
}

// written says whether a message is written to the bot: it names the bot, or
// answers what the outbox knows as the bot's own.
func (b *Bot) written(ctx context.Context, in store.Incoming) (bool, error) {
	if in.Mentions {
		return true, nil
	}
	ours, err := b.Store.Wrote(ctx, in.Chat, in.Quotes)
	if err != nil {
		return false, fmt.Errorf("what is answered: %w", err)
	}
	return ours, nil
}

// form is what plain words of a group are read against; with who may be asked
// for, where that may matter.
func (b *Bot) form(ctx context.Context, chat store.Chat, people bool) (form, error) {
	t := &turn{Bot: b, in: store.Incoming{Group: true, Chat: chat}}
	if err := t.beginRoom(ctx); err != nil {
		return form{}, err
	}
	f := form{
		Calendar: locale.Calendar{Lang: t.loc.Language(), Today: t.today(t.group), First: t.group.WeekStart},
		loc:      t.loc, book: b.book(),
	}
	if !people || t.group.ID == 0 {
		return f, nil
	}
	var err error
	f.known, err = t.visible(ctx, t.group)
	return f, err
}

// talk says whether a name of the command is also a word that people say to
// each other.
func (c Command) talk(word string) bool {
	for _, one := range c.Talk {
		if one == word {
			return true
		}
	}
	return false
}

// onlyThanks says whether a folded text thanks and says no more. Praise is for
// the group, not for the bot.
func onlyThanks(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,.!?…❤️👍🏃🎉", r) })
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	for i, word := range words {
		switch word {
		case "thanks", "thank", "thx", "ty", "danke", "dankeschon", "gracias", "obrigado", "obrigada", "merci", "grazie", "bedankt", "dank", "dankjewel", "🙏":
			continue
		}
		if i == 0 || !oneOf("you|u|bot|clubrun|so|much|a|lot|lots|schon|sehr|vielen|muchas|mil|muito|beaucoup|bien|mille|tante|je|wel|u|many|robot", word) {
			return i > 0 && emoji(word)
		}
	}
	return true
}

// thanked takes a thank-you in a group: with a sign, not with words, and not to
// everybody at once.
func (t *turn) thanked(served bool) {
	if served && !t.memory().again("thanks "+string(t.in.Chat), calmDown) && t.memory().count(t.in.Sender) <= rateLimit {
		t.react("🙏")
	}
}
