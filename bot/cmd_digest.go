package bot

import (
	"context"
	"fmt"
	"strings"

	"clubrun/bot/access"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// runDigest shows an admin how the group's digest stands, sends a preview, and
// lets it come now, not this time, or in another style.
func runDigest(ctx context.Context, t *turn, args []string) error {
	g, role, ok, err := t.governedFor(ctx, args, access.SteerDigest, "digest")
	if err != nil || !ok {
		return err
	}
	if shows(args) {
		return t.showDigest(ctx, g)
	}
	switch word := args[0]; {
	case isPreview(word) && len(args) == 1:
		return t.previewDigest(ctx, g)
	case isNow(word) && len(args) == 1:
		return t.digestNow(ctx, g, role)
	case isSkip(word) && len(args) <= 2:
		return t.skip(ctx, g, role, args[1:])
	case isStyle(word) && len(args) <= 2:
		return t.style(ctx, g, role, args[1:])
	default:
		t.say("bot.digest.unknown")
	}
	return nil
}

// showDigest tells when the next digest comes, of which week, in which style,
// and its admins what they can do about it.
func (t *turn) showDigest(ctx context.Context, g store.Group) error {
	week, due, planned, err := t.nextWeek(ctx, g)
	if err != nil {
		return err
	}
	lines := []string{t.loc.Say("bot.schedule.none")}
	if planned {
		lines[0] = t.loc.Say("bot.digest.next", "next", t.loc.NamedDay(store.DayOf(due)), "time", t.loc.Time(due), "span", t.loc.Range(week))
	}
	if g.Skip == week.Start && g.Skip != 0 {
		lines = append(lines, t.loc.Say("bot.digest.skipped"))
	}
	lines = append(lines, t.loc.Say("bot.digest.style.is", "style", styleOf(g)))
	_, role, err := t.rank(ctx, g.Chat)
	if err != nil {
		return err
	}
	if access.Allow(role, access.SteerDigest) {
		lines = append(lines, t.loc.Say("bot.digest.how"))
	}
	t.tell(strings.Join(lines, "\n"))
	return nil
}

// previewDigest owes the sender the next digest as it would be now, in private,
// text and pictures; the one of the running week where that of the next comes.
func (t *turn) previewDigest(ctx context.Context, g store.Group) error {
	if t.Digests == nil {
		t.say("bot.digest.closed")
		return nil
	}
	if t.in.Group && (!t.known() || t.Direct == nil) {
		t.say("bot.pointer", "link", t.invite("digest"))
		return nil
	}
	week, _, _, err := t.nextWeek(ctx, g)
	if err != nil {
		return err
	}
	if week.Start > t.today(g) { // there is nothing to look at in it yet
		week = t.week(g)
	}
	text, pictures, err := t.Digests.Preview(ctx, g, week)
	if err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	t.tells = g.ID
	if t.in.Group {
		t.react("👉")
	}
	t.write(t.loc.Say("bot.digest.preview", "group", groupName(g)))
	t.write(text)
	for _, card := range pictures {
		t.draw(ctx, card, true, nil, t.in.Group)
	}
	return nil
}

// digestNow lets the digest come at once: of the running week on its last day,
// else of the last full one.
func (t *turn) digestNow(ctx context.Context, g store.Group, role store.Role) error {
	if t.Digests == nil {
		t.say("bot.digest.closed")
		return nil
	}
	week := g.WeekFor(t.Now())
	fresh, err := t.Digests.Now(ctx, g, week)
	if err != nil {
		return fmt.Errorf("digest now: %w", err)
	}
	if !fresh {
		t.say("bot.digest.before", "span", t.loc.Range(week))
		return nil
	}
	e := store.AuditEntry{At: t.Now(), Actor: t.by(role), Action: "group.digest.now", Subject: fmt.Sprintf("group %d", g.ID), Detail: week.Start.String()}
	if err := t.Store.Audit(ctx, e); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	if t.in.Group {
		t.react("✅")
		return nil
	}
	t.say("bot.digest.now", "group", groupName(g), "span", t.loc.Range(week))
	return nil
}

// skip leaves the next digest out, or takes that back.
func (t *turn) skip(ctx context.Context, g store.Group, role store.Role, args []string) error {
	week, due, planned, err := t.nextWeek(ctx, g)
	switch {
	case err != nil:
		return err
	case len(args) == 1 && isOff(args[0]) && g.Skip == 0:
		t.say("bot.digest.skip.none")
		return nil
	case len(args) == 1 && isOff(args[0]):
		t.say("bot.digest.skip.off")
		return t.Store.SkipDigest(ctx, t.by(role), g.ID, 0, t.reply())
	case len(args) == 1:
		t.say("bot.digest.unknown")
		return nil
	case !planned:
		t.say("bot.schedule.none")
		return nil
	}
	t.say("bot.digest.skip", "next", t.loc.NamedDay(store.DayOf(due)), "span", t.loc.Range(week))
	return t.Store.SkipDigest(ctx, t.by(role), g.ID, week.Start, t.reply())
}

// style sets the style of the digest, or lists those that there are.
func (t *turn) style(ctx context.Context, g store.Group, role store.Role, args []string) error {
	all := t.Templates.Names()
	name := ""
	if len(args) == 1 {
		name = styleNamed(args[0], all)
	}
	if name == "" {
		t.say("bot.digest.style.which", "style", styleOf(g), "styles", strings.Join(cleaned(all), ", "))
		return nil
	}
	t.say("bot.digest.style.set", "style", locale.Name(name))
	return t.Store.SetStyle(ctx, t.by(role), g.ID, name, t.reply())
}

func styleOf(g store.Group) string {
	if g.Style == "" {
		return render.StyleFull
	}
	return locale.Name(g.Style)
}

// styleNamed returns the style of a folded name; "" where there is none.
func styleNamed(word string, all []string) string {
	switch word {
	case "voll", "lang", "completo", "completa", "complet", "volledig", "normal":
		word = "full"
	case "kurz", "corto", "corta", "curto", "curta", "court", "breve", "kort":
		word = "short"
	case "punkte", "puntos", "pontos", "punti", "punten", "stichpunkte":
		word = "points"
	}
	for _, name := range all {
		if fold(name) == word {
			return name
		}
	}
	return ""
}

func cleaned(names []string) []string {
	var all []string
	for _, n := range names {
		all = append(all, locale.Name(n))
	}
	return all
}

func isPreview(word string) bool {
	switch word {
	case "preview", "test", "vorschau", "previa", "vista", "apercu", "anteprima", "voorbeeld":
		return true
	}
	return false
}

func isNow(word string) bool {
	switch word {
	case "now", "jetzt", "ahora", "ya", "agora", "ja", "maintenant", "adesso", "ora", "nu":
		return true
	}
	return false
}

func isSkip(word string) bool {
	switch word {
	case "skip", "auslassen", "uberspringen", "ueberspringen", "saltar", "omitir", "pular", "sauter", "passer", "salta", "overslaan":
		return true
	}
	return false
}

func isStyle(word string) bool {
	switch word {
	case "style", "stil", "layout", "estilo", "stile", "stijl":
		return true
	}
	return false
}
