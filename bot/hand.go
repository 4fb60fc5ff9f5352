package bot

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// Hands takes what members hand in themselves. What is done for one message
// may be done again for it: that is harmless, and says the same again.
type Hands interface {
	// HandFile keeps the workouts of an activity file. The zone is where they
	// happened as far as the file does not say.
	HandFile(ctx context.Context, by store.Actor, name string, data []byte, zone *time.Location) (store.Handed, error)
	// HandTyped keeps a workout that was typed, under its External.
	HandTyped(ctx context.Context, by store.Actor, a store.Activity) (store.Handed, error)
	// TakeBack takes back what was handed in last, where that was since a
	// time. store.ErrNotFound says that nothing was.
	TakeBack(ctx context.Context, by store.Actor, since time.Time, reply func(gone []store.Activity) store.Reply) error
}

// Post fetches the files that come with messages.
type Post interface {
	// Fetch returns a document's bytes. store.ErrNotFound says that they are
	// gone.
	Fetch(ctx context.Context, d store.Document) ([]byte, error)
}

// topicEntry is the dialogue of an entry that lacks something, or looks odd.
const topicEntry = "entry"

// mostDocument is the size in bytes beyond which a file is not fetched.
const mostDocument = 25 << 20

// How long what was handed in can be taken back: by a word, and by /undo.
const (
	undoWord    = 10 * time.Minute
	undoCommand = 24 * time.Hour
)

// handed takes a file, an entry or "undo" of a direct message. It is false
// where the message is none of them.
func (t *turn) handed(ctx context.Context) (taken bool, err error) {
	if t.Hands == nil || t.talk.Topic == topicLink && !t.expired() && t.talk.Step != stepReading && t.talk.Step != stepWait {
		return false, nil
	}
	f := fold(t.text)
	switch {
	case t.in.Document != nil:
		return true, t.handFile(ctx)
	case isEntry(t.text):
		return t.handTyped(ctx, t.text, store.DayOf(t.in.Sent.In(t.zone)))
	case isUndo(trim(f)) && t.known() && t.talk.Topic == "":
		return t.undo(ctx, undoWord)
	}
	return false, nil
}

// hands says whether the message hands something in: that is never too old.
func (t *turn) hands() bool { return t.in.Document != nil || isEntry(t.text) }

// tellsWorkout says whether a text is an entry that can be understood: there is
// no secret in it.
func tellsWorkout(text string) bool {
	if !isEntry(text) || strings.Contains(text, "@") {
		return false
	}
	e, _ := readEntry(locale.Calendar{Lang: "en"}, text, func(entry) bool { return true })
	return e.sport != "" && (e.time > 0 || e.metres > 0)
}

// counts says whether the sender is one whose workouts count, and tells how to
// become one where not.
func (t *turn) counts(ctx context.Context) (bool, error) {
	if t.known() {
		_, err := t.account(ctx)
		if err == nil || quiet(err) != nil {
			return err == nil, err
		}
	}
	t.say("bot.hand.notlinked")
	return false, nil
}

// handFile keeps the workouts of a file.
func (t *turn) handFile(ctx context.Context) error {
	if ok, err := t.counts(ctx); err != nil || !ok {
		return err
	}
	d := *t.in.Document
	switch {
	case !isActivityFile(d.Name) || t.Post == nil:
		t.say("bot.document")
		return nil
	case d.Size > mostDocument:
		t.say("bot.document.large", "n", mostDocument>>20)
		return nil
	}
	data, err := t.Post.Fetch(ctx, d)
	if errors.Is(err, store.ErrNotFound) {
		t.logger(ctx).Warn().Err(err).Msg("document is gone")
		t.say("bot.document.gone")
		return nil
	}
	if err != nil {
		return err
	}
	if len(data) > mostDocument {
		t.say("bot.document.large", "n", mostDocument>>20)
		return nil
	}
	done, err := t.Hands.HandFile(ctx, t.by(store.RoleMember), d.Name, data, t.zone)
	if err != nil {
		return fmt.Errorf("document: %w", err)
	}
	return t.tellHanded(ctx, "📎", done)
}

// isActivityFile says whether a file's name is that of an activity file.
func isActivityFile(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".fit", ".gpx", ".tcx", ".zip", ".gz":
		return true
	}
	return false
}

// mostEchoed is how many workouts of one file are told one by one.
const mostEchoed = 5

// tellHanded says what became of a file or an entry.
func (t *turn) tellHanded(ctx context.Context, icon string, done store.Handed) error {
	var lines []string
	for _, a := range done.Shown[:min(mostEchoed, len(done.Shown))] {
		lines = append(lines, icon+" "+t.echo(a))
	}
	what := strings.Join(lines, "\n")
	switch {
	case done.Refused != "":
		t.say("bot.document."+string(done.Refused), "n", mostDocument>>20)
		return nil
	case len(done.Shown) == 0: // of a whole account's export, or taken back meanwhile
		t.say("bot.hand.export", "new", done.New, "known", done.Known)
		return nil
	case done.Again:
		t.say("bot.hand.again", "what", what)
		return nil
	case done.New == 0:
		what = t.loc.Say("bot.hand.known", "what", what)
	default:
		what = t.loc.Say("bot.hand.new", "what", what)
	}
	if done.Cut {
		what += "\n" + t.loc.Say("bot.hand.cut")
	}
	out, err := t.leftOut(ctx, done.Shown)
	if out != "" {
		what += "\n" + out
	}
	t.tell(what)
	return err
}

// echo tells a workout that was handed in: "🏃 *Run* 5 km · 28:10 · yesterday
// 07:30".
func (t *turn) echo(a store.Activity) string {
	text := "*" + render.Sport(a.Sport, t.loc) + "*"
	if picture, name, ok := strings.Cut(strings.Trim(text, "*"), " "); ok {
		text = picture + " *" + name + "*"
	}
	if a.Distance > 0 {
		text += " " + t.loc.Distance(a.Distance, a.Sport) + " ·"
	}
	lasted := max(a.Timer, a.Moving)
	if lasted == 0 {
		lasted = a.Elapsed
	}
	return text + " " + t.loc.Clock(lasted) + " · " + t.when(a)
}

// when tells on which day a workout was, and when where that is known.
func (t *turn) when(a store.Activity) string {
	var text string
	switch day := a.Day(); store.DayOf(t.in.Sent.In(t.zone)) - day {
	case 0:
		text = t.loc.Say("bot.when.today")
	case 1:
		text = t.loc.Say("bot.when.yesterday")
	default:
		text = t.loc.NamedDay(day)
		if year, _, _ := day.Date(); year != t.in.Sent.In(t.zone).Year() {
			text += fmt.Sprintf(" %d", year)
		}
	}
	if a.Type != store.TypedDay {
		text += " " + t.loc.Time(a.Local)
	}
	return text
}

// leftOut says in which of the sender's groups none of the workouts counts.
func (t *turn) leftOut(ctx context.Context, all []store.Activity) (string, error) {
	shown, err := t.shownIn(ctx)
	if err != nil {
		return "", err
	}
	out := slices.DeleteFunc(shown, func(g store.Group) bool {
		return slices.ContainsFunc(all, func(a store.Activity) bool { return !g.Excluded.Covers(&a) })
	})
	if len(out) == 0 {
		return "", nil
	}
	return t.loc.Say("bot.hand.out", "groups", names(out)), nil
}

// undo takes back what the sender handed in last. It is false where there was
// nothing within that time.
func (t *turn) undo(ctx context.Context, within time.Duration) (taken bool, err error) {
	err = t.Hands.TakeBack(ctx, t.by(store.RoleMember), t.in.Sent.Add(-within), func(gone []store.Activity) store.Reply {
		var what []string
		for _, a := range gone[:min(mostEchoed, len(gone))] {
			what = append(what, t.echo(a))
		}
		t.say("bot.undo.done", "what", strings.Join(what, ", "))
		return t.reply()
	})
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return true, err
}

// runUndo takes back what the sender handed in last within a day; the word
// without its slash, which anybody may say, is asked about.
func runUndo(ctx context.Context, t *turn, _ []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	if !t.book().Parse(t.text).Slash && isUndo(trim(fold(t.text))) {
		t.guess("undo", "undo")
		return nil
	}
	if t.Hands != nil {
		if taken, err := t.undo(ctx, undoCommand); taken || err != nil {
			return err
		}
	}
	t.say("bot.undo.nothing")
	return nil
}

// handTyped keeps a workout that was typed on a day, asks for what it lacks, or
// whether it was meant so.
func (t *turn) handTyped(ctx context.Context, text string, today store.Day) (taken bool, err error) {
	e, any := t.readTyped(text, today)
	if !any || e.sport == "" && e.time == 0 && e.metres == 0 {
		return false, nil
	}
	if ok, err := t.counts(ctx); err != nil || !ok {
		return true, err
	}
	if t.talk.Topic == topicEntry {
		t.end()
	}
	n := notes{Args: []string{text, today.String()}}
	switch {
	case e.sport == "":
		t.await(topicEntry, "more", shortLife, n)
		t.say("bot.entry.sport")
	case e.time == 0:
		t.await(topicEntry, "more", shortLife, n)
		t.say("bot.entry.time")
	case e.day > today, e.day == today && e.clock >= 0 && t.begun(e).After(t.in.Sent):
		t.say("bot.entry.future")
	case e.day < today-oldestEntry:
		t.say("bot.entry.old", "n", oldestEntry)
	case !plausible(t.Rules, e):
		t.await(topicEntry, "sure", shortLife, n)
		t.say("bot.entry.sure", "what", t.echo(t.activity(e)))
	default:
		return true, t.keepTyped(ctx, e, false)
	}
	return true, nil
}

// oldestEntry is how many days back an entry can be.
const oldestEntry = 14

func (t *turn) readTyped(text string, today store.Day) (entry, bool) {
	c := locale.Calendar{Lang: t.loc.Language(), Today: today, First: time.Monday}
	return readEntry(c, text, func(e entry) bool { return plausible(t.Rules, e) })
}

// entryStep takes what an entry lacked, or the yes to one that looks odd.
func (t *turn) entryStep(ctx context.Context, f string) (taken bool, err error) {
	n, step := t.notes(), t.talk.Step
	today, err := store.ParseDay(append(n.Args, "", "")[1])
	if err != nil || t.Hands == nil {
		t.end()
		return false, nil //nolint:nilerr // it was none
	}
	text := n.Args[0]
	if step == "sure" {
		t.end()
		if !isYes(f) {
			if isNo(f) {
				t.say("bot.entry.no")
			}
			return isNo(f), nil
		}
		if ok, err := t.counts(ctx); err != nil || !ok {
			return true, err
		}
		e, _ := t.readTyped(text, today)
		return true, t.keepTyped(ctx, e, true)
	}
	if isNo(f) {
		t.end()
		t.say("bot.entry.no")
		return true, nil
	}
	was, _ := t.readTyped(text, today)
	now, any := t.readTyped(text+" "+t.text, today)
	if !any || len(text)+len(t.text) > mostEntry || now == was {
		return false, nil
	}
	return t.handTyped(ctx, text+" "+t.text, today)
}

// keepTyped keeps an entry and echoes it. Sure says that its athlete was asked
// whether they were that fast.
func (t *turn) keepTyped(ctx context.Context, e entry, sure bool) error {
	by := t.by(store.RoleMember)
	done, err := t.Hands.HandTyped(ctx, by, t.activity(e))
	if err != nil {
		return err
	}
	if sure && len(done.Shown) == 1 && t.Rules.TooFast(&done.Shown[0]) {
		if err := quiet(t.Store.Vouch(ctx, by, t.athlete.ID, done.Shown[0].ID, store.Reply{})); err != nil {
			return err
		}
	}
	return t.tellHanded(ctx, "✍️", done)
}

// activity makes a workout of an entry. Of a day alone the start is made up:
// noon, or so that it is over by now.
func (t *turn) activity(e entry) store.Activity {
	a := store.Activity{
		External: fingerprint(string(t.in.Chat) + " " + t.in.Message), Sport: e.sport, Type: store.TypedClock, Start: t.begun(e),
		Elapsed: e.time, Distance: e.metres, Climb: e.climb, Manual: true,
	}
	if e.clock < 0 {
		a.Type = store.TypedDay
	}
	a.Local = a.Start.In(t.zone)
	a.Start = a.Start.UTC()
	return a
}

// begun is when an entry began.
func (t *turn) begun(e entry) time.Time {
	y, m, d := e.day.Date()
	if e.clock >= 0 {
		return time.Date(y, m, d, int(e.clock/time.Hour), int(e.clock/time.Minute)%60, 0, 0, t.zone)
	}
	start := time.Date(y, m, d, 12, 0, 0, 0, t.zone)
	if latest := t.in.Sent.Add(-e.time).Truncate(time.Minute); latest.Before(start) {
		start = latest.In(t.zone)
	}
	if first := e.day.In(t.zone); start.Before(first) {
		start = first
	}
	return start
}
