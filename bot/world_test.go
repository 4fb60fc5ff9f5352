package bot_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot"
	"clubrun/bot/takeout"
	"clubrun/digest/publish"
	"clubrun/digest/render"
	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"

	"github.com/rs/zerolog"
)

// world is a bot on a real database, with the real account keeper on a
// simulated Garmin. Only WhatsApp is missing: messages are put into the inbox
// and taken from the outbox.
type world struct {
	t       *testing.T
	path    string
	db      *sqlite.DB
	garmin  *garmintest.Server
	client  *garmin.Client
	set     bot.Settings
	rosters map[store.Chat]*store.Roster
	bot     *bot.Bot
	keeper  *account.Keeper
	styles  *render.Templates
	limit   int64 // bytes of an export
	desk    *desk // what the operator is told
	given   *post // hands out what people send; nil where nothing is handed in
	stop    func()
	number  int                  // of messages
	last    string               // message id of the last one
	chat    store.Chat           // of the last one
	sees    func(store.Outgoing) // looks at all that leaves; nil where nobody does
	log     strings.Builder
	logs    io.Writer              // into log, for many writers
	listen  func(o store.Outgoing) // each answer that is written down; nil where nobody listens
}

// people of the world, with the way in which Garmin asks them for a code.
var people = []struct{ name, mfa string }{
	{"ana", garmintest.MFAEmail}, {"ben", ""}, {"caro", garmintest.MFATOTP}, {"ines", garmintest.MFASMS}, {"zoe", ""},
}

// begin is Wednesday 9 September 2026, 12:00 in Lisbon.
var begin = time.Date(2026, 9, 9, 11, 0, 0, 0, time.UTC)

// play runs a test in a bubble of simulated time.
func play(t *testing.T, test func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(begin))
		w := newWorld(t)
		defer w.close()
		test(w)
	})
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, path: filepath.Join(storetest.Folder(t), "clubrun.db"), rosters: map[store.Chat]*store.Roster{}, desk: newDesk()}
	w.logs = zerolog.SyncWriter(&w.log)
	w.db = storetest.OpenAt(t, w.path, time.Now)
	var err error
	if w.garmin, err = garmintest.New(garmintest.Options{Seed: 1, Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		kind := map[string]string{"ana": garmintest.Runner, "ben": garmintest.Triathlete, "caro": garmintest.Private}[p.name]
		err := w.garmin.Add(garmintest.Member{
			Name: title(p.name) + " Silva", Email: p.name + "@example.org", Password: p.name + "-pass-1", MFA: p.mfa,
			Training: garmintest.Training{Archetype: kind},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	w.client = &garmin.Client{Transport: w.garmin.Transport(), Now: time.Now, Wait: atOnce}
	w.set = bot.Settings{
		Language: "en", Zone: "Europe/Lisbon", Units: store.Kilometres, Passwords: true, Page: w.client.Page(),
		Operator: "Olga", Number: func() string { return "351900000" }, Self: func() store.Chat { return own }, Files: "asked", Retention: 400 * 24 * time.Hour,
	}
	w.group("Tuesday Runners", true, "ana*", "ben", "caro")
	w.group("Parkside RC", false, "ines*", "ben")
	w.start()
	return w
}

// atOnce leaves out the pauses of a sign-in, so that dialogues tell whole hours.
func atOnce(context.Context, time.Duration) error { return nil }

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func chatOf(group string) store.Chat {
	return store.Chat(strings.ReplaceAll(strings.ToLower(group), " ", "") + "@g.us")
}

// group makes a group; a star behind a name makes an admin.
func (w *world) group(name string, started bool, members ...string) {
	r := &store.Roster{Chat: chatOf(name), Name: name}
	for _, m := range members {
		bare := strings.TrimSuffix(m, "*")
		r.People = append(r.People, store.Person{User: storetest.User(bare), Phone: phone(bare), Admin: bare != m})
	}
	w.rosters[r.Chat] = r
	_, err := w.db.KnowGroup(w.t.Context(), *r, store.Group{
		Language: "en", Units: store.Kilometres, Zone: "Europe/Lisbon", WeekStart: time.Monday, Metric: store.ByEffort,
		Allowed: started, Enabled: started,
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func phone(name string) string { return fmt.Sprintf("35191%07d", len(name)*1000+int(name[0])) }

// Roster is what WhatsApp says of a group.
func (w *world) Roster(_ context.Context, chat store.Chat) (store.Roster, error) {
	r, ok := w.rosters[chat]
	if !ok {
		return store.Roster{}, store.ErrNotFound
	}
	return store.Roster{Chat: r.Chat, Name: r.Name, People: slices.Clone(r.People)}, nil
}

// start makes a bot that knows nothing but the database, and runs it.
func (w *world) start() {
	w.fresh()
	w.run()
}

func (w *world) fresh() {
	w.keeper = &account.Keeper{Garmin: w.client, Store: w.db, Now: time.Now, Log: zerolog.Nop()}
	w.bot = &bot.Bot{
		Store: w.db, Accounts: w.keeper, Sync: fixedTraining{w}, Rooms: w, Now: time.Now, Settings: w.set,
		Log: zerolog.New(w.logs), Direct: direct, Templates: w.styles, Takeout: &takeout.Maker{Store: w.db, Limit: w.limit},
		Digests: digests{&publish.Publisher{Store: w.db, Now: time.Now, Log: zerolog.Nop()}}, Desk: w.desk, Token: rand.Text,
	}
	if w.given != nil {
		w.bot.Hands, w.bot.Post, w.bot.Parts = w.engine(), w.given, w.engine()
	}
}

// direct is the chat with somebody who has written.
func direct(user, _ string) store.Chat { return store.Chat(user + "@lid") }

// digests are those that are posted.
type digests struct{ *publish.Publisher }

func (d digests) Preview(ctx context.Context, g store.Group, week store.Span) (string, []render.Card, error) {
	c, err := d.Publisher.Preview(ctx, g, week)
	return c.Text, c.Pictures, err
}

func (d digests) Now(ctx context.Context, g store.Group, week store.Span) (bool, error) {
	return d.PublishWeek(ctx, g, week, d.Publisher.Now())
}

// fixedTraining syncs four runs for everybody, so that no dialogue changes with
// the simulated Garmin's world; of Caro's, one is private.
type fixedTraining struct{ w *world }

func (f fixedTraining) Sync(ctx context.Context, athlete int64) (store.Tally, error) {
	a, err := f.w.db.Athlete(ctx, athlete)
	if err != nil {
		return store.Tally{}, err
	}
	for i, day := range []int{1, 3, 5, 7} { // September 2026: the last one is in the running week
		start := time.Date(2026, 9, day, 17, int(athlete), 0, 0, time.UTC)
		storetest.Activity(f.w.t, f.w.db, athlete, start)
		if i == 3 && a.Name == "Caro" {
			all, err := f.w.db.Activities(ctx, athlete, store.Span{Start: store.DayOf(start), End: store.DayOf(start) + 1})
			if err != nil {
				return store.Tally{}, err
			}
			all[0].Private = true
			raw := store.Raw{Athlete: athlete, Source: "garmin", Kind: "list", External: all[0].External, Hash: "private", Body: []byte("{}")}
			if _, err := f.w.db.Keep(ctx, raw, all); err != nil {
				return store.Tally{}, err
			}
		}
	}
	return store.Tally{New: 4}, f.w.db.Synced(ctx, athlete, time.Now())
}

// engine is the real syncer on the simulated Garmin.
func (w *world) engine() *ingest.Engine {
	return &ingest.Engine{Source: w.keeper, Store: w.db, Now: time.Now, Log: zerolog.Nop()}
}

func (w *world) run() {
	ctx, cancel := context.WithCancel(w.t.Context())
	done := make(chan error, 1)
	b := w.bot
	go func() { done <- b.Run(ctx) }()
	w.stop = func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("run: %v", err)
		}
	}
}

func (w *world) close() {
	w.stop()
	if err := w.garmin.Close(); err != nil {
		w.t.Errorf("garmin: %v", err)
	}
}

// message makes a message as WhatsApp would deliver it. Who is "ana" writes in
// the direct chat, "ana@Tuesday Runners" in the group.
func (w *world) message(who, text string) store.Incoming {
	w.number++
	name, group, in := strings.Cut(who, "@")
	w.last = fmt.Sprintf("M%d", w.number)
	m := store.Incoming{
		Chat: store.Chat(storetest.User(name) + "@lid"), Sender: storetest.User(name), Phone: phone(name), Name: title(name),
		Message: w.last, Text: text, Sent: time.Now(), Received: time.Now(),
	}
	if in {
		m.Group, m.Chat = true, chatOf(group)
	}
	if name == "phone" {
		m.Sender, m.Phone, m.Name, m.Chat = store.Owner, "", "", own
	}
	return m
}

func (w *world) receive(in store.Incoming) {
	w.t.Helper()
	w.chat = in.Chat
	if err := w.bot.Receive(w.t.Context(), in); err != nil {
		w.t.Fatal(err)
	}
}

// say writes a message and returns what is owed for it.
func (w *world) say(who, text string) string {
	w.t.Helper()
	w.receive(w.message(who, text))
	return w.answers()
}

// answers waits until the bot has nothing to do and writes what is owed.
func (w *world) answers() string {
	w.t.Helper()
	var b strings.Builder
	for _, o := range w.take() {
		w.write(&b, o)
	}
	return b.String()
}

// take waits until the bot has nothing to do and takes what is owed.
func (w *world) take() (owed []store.Outgoing) {
	w.t.Helper()
	for range 200 {
		synctest.Wait()
		inbox, _, err := w.db.Pending(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if inbox == 0 && !w.bot.Busy() {
			break
		}
		time.Sleep(time.Second)
	}
	for {
		o, err := w.db.Claim(w.t.Context(), time.Now(), nil)
		if errors.Is(err, store.ErrNotFound) {
			return owed
		}
		if err != nil {
			w.t.Fatal(err)
		}
		if err := w.db.Sending(w.t.Context(), o.ID, sentAs(o)); err != nil {
			w.t.Fatal(err)
		}
		if err := w.db.Accepted(w.t.Context(), o.ID, time.Now()); err != nil {
			w.t.Fatal(err)
		}
		if owed = append(owed, o); w.sees != nil {
			w.sees(o)
		}
	}
}

// sentAs is the id under which WhatsApp knows a message.
func sentAs(o store.Outgoing) string { return "SENT " + o.Key }

func (w *world) write(b *strings.Builder, o store.Outgoing) {
	if w.listen != nil {
		w.listen(o)
	}
	if o.Chat != w.chat {
		fmt.Fprintf(b, "< to %s:\n", strings.TrimPrefix(string(o.Chat), "lid-"))
	}
	if o.Kind == store.KindImage {
		b.WriteString("< [picture]\n")
		return
	}
	if o.Kind == store.KindPoll {
		fmt.Fprintf(b, "< [poll] %s\n", strings.ReplaceAll(o.Text, "\n", " | "))
		return
	}
	if o.Kind == store.KindReaction {
		fmt.Fprintf(b, "< reacts %s\n", o.Text)
		return
	}
	lines := strings.Split(o.Text, "\n")
	for i, line := range lines[:min(2, len(lines))] { // figures: another room's golden texts
		if len(lines) > i+2 && strings.HasPrefix(line, "*") && !strings.HasPrefix(line, "*1*") && !strings.HasPrefix(line, "*Clubrun") {
			lines = append(lines[:i+1], "…")
		}
	}
	if strings.Contains(o.Text, "░") {
		lines = []string{"[goal]"}
	}
	for _, line := range lines {
		b.WriteString(strings.TrimRight("< "+line, " ") + "\n")
	}
}

// code is the one that Garmin last sent somebody.
func (w *world) code(name string) string {
	c, ok := w.garmin.Code(name + "@example.org")
	if !ok {
		w.t.Fatalf("no code for %s", name)
	}
	return c
}

// link walks somebody to the yes.
func (w *world) link(name string) {
	w.t.Helper()
	w.signIn(name)
	w.say(name, "yes")
}

// signIn walks somebody to the question.
func (w *world) signIn(name string) {
	w.t.Helper()
	w.say(name, "/link chat")
	w.say(name, name+"@example.org")
	answer := w.say(name, name+"-pass-1")
	if !strings.Contains(answer, "Linked") {
		answer = w.say(name, w.code(name))
	}
	if !strings.Contains(answer, "Linked") {
		w.t.Fatalf("%s was not linked: %s", name, answer)
	}
}

// calm starts the bot anew, which forgets who has asked how often.
func (w *world) calm() {
	w.stop()
	w.start()
}
