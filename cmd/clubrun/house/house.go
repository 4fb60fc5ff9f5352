// Package house wires the rooms of Clubrun into one bot; it is the only place
// that names them all, and it does nothing else. `run`, the demo and the
// end-to-end tests build the same house and differ only in what lies outside:
// the networks, the clock, the randomness.
package house

import (
	"context"
	cryptorand "crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"clubrun/bot"
	"clubrun/bot/dashboard"
	"clubrun/bot/outbox"
	"clubrun/bot/schedule"
	"clubrun/bot/takeout"
	"clubrun/bot/whatsapp"
	"clubrun/digest/publish"
	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/seal"
	"clubrun/store/sqlite"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"
)

// Outside is what the house does not own.
type Outside struct {
	WhatsApp *http.Client      // nil dials WhatsApp itself
	Garmin   http.RoundTripper // nil dials Garmin itself
	Now      func() time.Time
	Seed     uint64        // of pauses; of nothing that must be secret
	Secrets  io.Reader     // of keys and nonces
	Token    func() string // makes addresses that nobody can guess; nil asks the machine. Stories have their own, for equal transcripts
	Version  string        // of the program, as a metric tells it
	Log      zerolog.Logger
	Redactor *Redactor         // in front of Log; is given the key of its tags; may be nil
	QR       func(code string) // shows a pairing code
	// Space returns the bytes of a folder's disk; nil asks the system. Stories
	// have their own, for equal transcripts.
	Space func(folder string) (free, all float64, err error)
	Hurry int // by how much pauses and paces are shorter; 0 is as in life. For simulated networks only
}

// House is the wired bot.
type House struct {
	Settings Settings
	DB       *sqlite.DB
	WhatsApp *whatsapp.Client
	Accounts *account.Keeper
	Ingest   *ingest.Engine
	Publish  *publish.Publisher
	Herald   *publish.Herald
	Outbox   *outbox.Worker
	Jobs     *schedule.Runner
	Takeout  *takeout.Maker
	Bot      *bot.Bot
	Web      *dashboard.Server // nil where there is none
	Metrics  *dashboard.Metrics

	meters *meters
	whole  atomic.Int64 // syncs of one account that went well, since the start

	out   Outside
	since time.Time // it was opened
	lock  *os.File
	files *os.Root
}

// Open makes the data folder where it is missing, takes its lock and wires the
// rooms. Nothing is contacted before Run.
func Open(ctx context.Context, s Settings, out Outside) (*House, error) {
	if err := s.Check(); err != nil {
		return nil, &ConfigError{Err: err}
	}
	if err := makeFolder(s.Data); err != nil {
		return nil, err
	}
	lock, err := takeLock(s.Data)
	if err != nil {
		return nil, err
	}
	out.Log = out.Log.Hook(causes{})
	h := &House{Settings: s, out: out, since: out.Now(), lock: lock}
	if err := h.wire(ctx); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

func (h *House) wire(ctx context.Context) error {
	if err := h.openStores(ctx); err != nil {
		return err
	}
	if err := h.wireGarmin(); err != nil {
		return err
	}
	voice, err := h.Settings.Voice()
	if err != nil {
		return err
	}
	h.Publish = &publish.Publisher{Store: h.DB, Voice: voice, MessageID: h.WhatsApp.MessageID, Late: h.late(), Now: h.out.Now, Log: h.out.Log}
	h.Herald = &publish.Herald{Store: h.DB, Voice: voice, Now: h.out.Now}
	if err := h.wireOutbox(ctx); err != nil {
		return err
	}
	h.wireMeters()
	h.wireBot()
	h.wireDesk()
	if err := h.wireJobs(); err != nil {
		return err
	}
	return h.wireWeb(ctx)
}

func (h *House) openStores(ctx context.Context) error {
	key, err := MasterKey(h.Settings, h.out.Secrets)
	if err != nil {
		return err
	}
	install, err := seal.LoadOrCreate(h.path("install.key"), h.out.Secrets)
	if err != nil {
		return fmt.Errorf("install key: %w", err)
	}
	if h.out.Redactor != nil {
		h.out.Redactor.SetKey(install[:])
	}
	h.DB, err = sqlite.Open(ctx, h.path("clubrun.db"), sqlite.Options{
		Key: key, Rand: h.out.Secrets, Now: h.out.Now, Log: h.out.Log, Groups: h.Settings.Groups(),
	})
	if err != nil {
		return err
	}
	if h.files, err = os.OpenRoot(h.Settings.Data); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	h.WhatsApp, err = whatsapp.Open(ctx, whatsapp.Options{
		Path: h.path("whatsapp.db"), InstallKey: install[:], HTTP: h.out.WhatsApp,
		Inbox: inbox{h}, Votes: h.DB, Standing: outbox.Standing{Counters: h.DB}, Now: h.out.Now, QR: h.out.QR, Log: h.out.Log,
	})
	return err
}

func (h *House) path(name string) string { return filepath.Join(h.Settings.Data, name) }

// rand returns a room's own source of pauses.
func (h *House) rand(room uint64) *rand.Rand { return rand.New(rand.NewPCG(h.out.Seed, room)) }

// float returns a source of numbers from 0 to 1 for any goroutine.
func (h *House) float() func() float64 {
	var mu sync.Mutex
	r := h.rand(3)
	return func() float64 {
		mu.Lock()
		defer mu.Unlock()
		return r.Float64()
	}
}

// hurried waits in a sign-in, shorter where the networks are simulated.
func (h *House) hurried(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d / time.Duration(max(h.out.Hurry, 1)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// requestsPerSync is how many requests fit at least into one athlete's turn of
// the sync job, however slow the pace.
const requestsPerSync = 30

// steadyPace is what an account's requests slow down to on the long run.
const steadyPace = 6 * time.Second

// signInsAnHour is how many sign-ins the whole instance begins in an hour.
const signInsAnHour = 60

func (h *House) wireGarmin() error {
	table, err := h.Settings.SignIn()
	if err != nil {
		return err
	}
	over, err := table.Over(h.out.Garmin)
	if err != nil {
		return &ConfigError{Err: fmt.Errorf("ADVANCED: [signin]: %w", err)}
	}
	h.Accounts = &account.Keeper{
		Garmin: &garmin.Client{Transport: over, Now: h.out.Now, Table: table, Rand: h.float(), Wait: h.hurried},
		Store:  h.DB, Now: h.out.Now, Pace: h.Settings.GarminPace / time.Duration(max(h.out.Hurry, 1)), Steady: steadyPace / time.Duration(max(h.out.Hurry, 1)), Rand: h.float(), Hourly: signInsAnHour, Log: h.out.Log,
	}
	h.Ingest = &ingest.Engine{
		Source: h.Accounts, Probe: h.Accounts.News, Vitals: h.Accounts, Store: h.DB, Folder: h.files, NoFiles: h.Settings.KeepFiles == FilesNone, Now: h.out.Now, Log: h.out.Log,
		Backfill: store.Day(h.Settings.Backfill / (24 * time.Hour)),
		Budget:   max(time.Minute, requestsPerSync*max(h.Settings.GarminPace, steadyPace)),
	}
	return nil
}

func (h *House) wireOutbox(ctx context.Context) error {
	pace := &outbox.Pace{Limits: outbox.DefaultLimits().Faster(h.out.Hurry), Counters: h.DB, Rand: h.rand(1)}
	if err := pace.Load(ctx); err != nil {
		return err
	}
	h.Outbox = &outbox.Worker{
		Store: h.DB, Queue: h.DB, Sender: h.WhatsApp, Pace: pace,
		Now: h.out.Now, Rand: h.rand(2), Log: h.out.Log, Hurry: h.out.Hurry,
	}
	return nil
}

// exportLimit is how many bytes of an export a chat is given.
const exportLimit = 60_000_000

func (h *House) wireBot() {
	s := h.Settings
	h.Takeout = &takeout.Maker{Store: h.DB, Files: h.files.FS(), Limit: exportLimit}
	h.Bot = &bot.Bot{
		Store: h.DB, Accounts: h.Accounts, Sync: h.Ingest, Rooms: h.WhatsApp, Shelf: shelf{h}, Tracks: h.Ingest, Parts: h.Ingest, Hands: h.Ingest, Post: h.WhatsApp, Now: h.out.Now, Log: h.out.Log,
		Digests: digests{h.Publish}, Direct: whatsapp.Direct, Ready: h.WhatsApp.Wait, Outage: h.outage, Takeout: h.Takeout, Token: h.token,
		Rules: h.Publish.Rules, Templates: h.Publish.Templates, Words: h.Publish.Words,
		Settings: bot.Settings{
			Language: s.Language, Zone: s.Zone, Units: store.Units(s.Units),
			Passwords: s.Passwords(), AnyGroup: s.AllowGroups == GroupsAny,
			Files: s.KeepFiles, Retention: s.Retention, Page: h.Accounts.Garmin.Page(), PublicURL: s.PublicURL, Operator: s.OperatorName, Number: h.WhatsApp.Number,
			Late: h.late(),
		},
	}
}

// token makes what nobody can guess.
func (h *House) token() string {
	if h.out.Token != nil {
		return h.out.Token()
	}
	return cryptorand.Text()
}

func (h *House) wireJobs() error {
	often, err := schedule.When(h.Settings.SyncEvery)
	if err != nil {
		return &ConfigError{Err: fmt.Errorf("SYNC_EVERY: %w", err)}
	}
	digests := &schedule.Digests{Groups: h.DB, Publisher: h.Publish, Freshen: h.freshen, OnDigest: h.meters.onDigest, OnMissed: h.letGo, Now: h.out.Now, Log: h.out.Log}
	minute, err := schedule.When("* * * * *")
	if err != nil {
		return err
	}
	night, err := schedule.When("17 3 * * *")
	if err != nil {
		return err
	}
	h.Jobs = &schedule.Runner{
		Rows: h.DB, Now: h.out.Now, Zone: time.UTC, Log: h.out.Log,
		Jobs: []schedule.Job{
			{Name: "digest", When: minute, Run: digests.Run, Quiet: true},
			{Name: syncJob, When: often, Run: h.sync},
			{Name: "reminders", When: schedule.Every(15 * time.Minute), Run: h.remind, Quiet: true},
			{Name: "notices", When: schedule.Every(15 * time.Minute), Run: h.watch, Quiet: true},
			{Name: "housekeeping", When: night, Run: h.keepHouse},
		},
	}
	return nil
}

// freshTurn is the longest that one member's account keeps a digest waiting.
const freshTurn = 7 * time.Second

// freshen reads what is new of the groups' members.
func (h *House) freshen(ctx context.Context, groups []int64) error {
	var ids []int64
	for _, g := range groups {
		members, err := h.DB.Members(ctx, g)
		if err != nil {
			return fmt.Errorf("members: %w", err)
		}
		for _, m := range members {
			ids = append(ids, m.ID)
		}
	}
	_, err := h.Ingest.Some(ctx, ids, freshTurn)
	return err
}

// sync is the job that reads everybody's activities. A race among them is
// posted at once where a group wants that.
func (h *House) sync(ctx context.Context) (schedule.Outcome, error) {
	began, before := h.out.Now(), h.whole.Load()
	tally, err := h.Ingest.All(ctx)
	h.meters.lasted.Observe(h.out.Now().Sub(began).Seconds())
	out := schedule.Outcome{Processed: tally.Listed, Downloaded: tally.Files, Failed: tally.Unreadable}
	var other error
	if out.Failures, other = Failed(err); out.Failures != nil {
		out.Whole = int(h.whole.Load() - before)
	}
	races := h.heraldRaces(ctx)
	if other = errors.Join(other, races); other != nil {
		out.Message = other.Error()
	}
	return out, errors.Join(err, races)
}

func (h *House) heraldRaces(ctx context.Context) error {
	groups, err := h.DB.Groups(ctx)
	if err != nil {
		return fmt.Errorf("groups: %w", err)
	}
	var errs []error
	for _, g := range groups {
		if g.Enabled && (g.Allowed || h.Settings.AllowGroups == GroupsAny) {
			errs = append(errs, h.Herald.Post(ctx, g))
		}
	}
	return errors.Join(errs...)
}

// outage says whether Garmin fails for everybody at present.
func (h *House) outage() bool { return h.Accounts.Standing().Data.Open }

// remind is the job that tells whoever has to sign in again, whoever asked for
// a word after days without a workout, admins how a poll went, and whoever was
// promised to hear when signing in works again.
func (h *House) remind(ctx context.Context) (schedule.Outcome, error) {
	if !h.Online() { // what is owed now may be too late when it can be sent
		return schedule.Outcome{}, nil
	}
	told, err := h.Bot.Remind(ctx)
	nudged, other := h.Bot.Nudge(ctx)
	polled, third := h.Bot.Count(ctx)
	again, fourth := h.Bot.Again(ctx)
	return schedule.Outcome{Processed: told + nudged + polled + again}, errors.Join(err, other, third, fourth)
}

// Online says whether WhatsApp lets the bot in at present.
func (h *House) Online() bool { return h.WhatsApp.State() == whatsapp.StateOnline }

// Run runs the bot until ctx ends. It returns when everything has stopped.
func (h *House) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return h.WhatsApp.Run(ctx) })
	g.Go(func() error { return h.Bot.Run(ctx) })
	g.Go(func() error { return h.Jobs.Run(ctx) })
	if h.Settings.Send {
		g.Go(func() error { return h.Outbox.Run(ctx) })
	}
	if h.Web != nil {
		g.Go(func() error { return h.Web.Run(ctx) })
	}
	return g.Wait()
}

// Close closes what Open opened; Run must have returned.
func (h *House) Close() error {
	errs := []error{h.closeWeb()}
	if h.WhatsApp != nil {
		errs = append(errs, h.WhatsApp.Close())
	}
	if h.DB != nil {
		errs = append(errs, h.DB.Close())
	}
	if h.files != nil {
		errs = append(errs, h.files.Close())
	}
	if h.lock != nil {
		errs = append(errs, h.lock.Close())
	}
	return errors.Join(errs...)
}

// Busy says whether the bot has something to do before a moment: a message to
// handle, or one to send.
func (h *House) Busy(ctx context.Context, before time.Time) bool {
	if h.Bot.Busy() {
		return true
	}
	in, _, err := h.DB.Pending(ctx)
	if err != nil || in > 0 {
		return err == nil
	}
	if sending, err := h.DB.InDoubt(ctx); err != nil || len(sending) > 0 {
		return err == nil
	}
	due, ok, err := h.DB.NextDue(ctx)
	return err == nil && ok && due.Before(before)
}

// inbox hands what WhatsApp delivers to the rooms that keep it.
type inbox struct{ h *House }

func (i inbox) Receive(ctx context.Context, in store.Incoming) error { return i.h.Bot.Receive(ctx, in) }

func (i inbox) Joined(ctx context.Context, r store.Roster) error { return i.h.Bot.Joined(ctx, r) }

func (i inbox) Left(ctx context.Context, chat store.Chat, user string) error {
	return i.h.Bot.Left(ctx, chat, user)
}

func (i inbox) Reacted(ctx context.Context, chat store.Chat, message, user, emoji string) error {
	return i.h.DB.Cheered(ctx, chat, message, user, emoji)
}

func (i inbox) Delivered(ctx context.Context, message string, at time.Time) error {
	return i.h.DB.Delivered(ctx, message, at)
}
