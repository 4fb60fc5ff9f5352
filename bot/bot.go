// Package bot answers what people write: it reads a message from the inbox,
// decides who may ask for what, carries on the dialogue, and leaves behind an
// effect together with the answers that are owed for it. It never touches a
// network and never sends: what it owes, others deliver. It never stores and
// never logs a password, a code, a ticket or an e-mail address.
package bot

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"

	"github.com/rs/zerolog"
)

// Inbox is where received messages wait until they are answered.
type Inbox interface {
	Receive(ctx context.Context, in store.Incoming) (fresh bool, err error)
	Unanswered(ctx context.Context, limit int) ([]store.Incoming, error)
	Answer(ctx context.Context, r store.Reply) error
	Defer(ctx context.Context, id int64, reason string) (attempts int, err error)
	Arrived() <-chan struct{}
}

// Posts knows what the bot has written itself.
type Posts interface {
	// Wrote says whether a message of a chat is one of the bot's.
	Wrote(ctx context.Context, chat store.Chat, message string) (bool, error)
}

// People keeps who has written to the bot.
type People interface {
	Meet(ctx context.Context, user, phone, name string) (store.Athlete, error)
	AthleteByUser(ctx context.Context, user string) (store.Athlete, error)
	SetPrefs(ctx context.Context, by store.Actor, athlete int64, prefs store.Prefs, r store.Reply) error
	SetName(ctx context.Context, by store.Actor, athlete int64, name string, r store.Reply) error
	Erase(ctx context.Context, by store.Actor, athlete int64, r store.Reply) error
}

// Groups keeps the groups that the bot is in.
type Groups interface {
	KnowGroup(ctx context.Context, r store.Roster, defaults store.Group) (store.Group, error)
	GroupByChat(ctx context.Context, chat store.Chat) (store.Group, error)
	Groups(ctx context.Context) ([]store.Group, error)
	SetSchedule(ctx context.Context, by store.Actor, group int64, cron string, next time.Time, r store.Reply) error
	Digest(ctx context.Context, group int64, week store.Span) (store.Digest, error)
}

// Late keeps the digests that were never sent.
type Late interface {
	// Expired returns the digests that were due since then and were let go before
	// they could be sent.
	Expired(ctx context.Context, since time.Time) ([]store.Digest, error)
}

// Doors keeps in which groups the bot works.
type Doors interface {
	AllowGroup(ctx context.Context, by store.Actor, group int64, allowed bool) error
	StartGroup(ctx context.Context, by store.Actor, group int64, r store.Reply) error
	LeaveGroup(ctx context.Context, chat store.Chat) error
}

// Shares keeps who is shown in which group.
type Shares interface {
	Share(ctx context.Context, by store.Actor, m store.Membership, name string, r store.Reply) error
	Unshare(ctx context.Context, by store.Actor, athlete, group int64, r store.Reply) error
	Members(ctx context.Context, group int64) ([]store.Athlete, error)
	// Reads returns when the accounts of those who are shown were last read.
	Reads(ctx context.Context, group int64) ([]time.Time, error)
	MembershipsOf(ctx context.Context, athlete int64) ([]store.Membership, error)
}

// Training keeps what people did.
type Training interface {
	Account(ctx context.Context, athlete int64, source string) (store.Account, error)
	Activities(ctx context.Context, athlete int64, s store.Span) ([]store.Activity, error)
	Season(ctx context.Context, group int64, s store.Span) (store.Season, error)
	Vouch(ctx context.Context, by store.Actor, athlete, activity int64, r store.Reply) error
	HideActivity(ctx context.Context, by store.Actor, athlete, activity int64, hidden bool, r store.Reply) error
}

// ByHand keeps who counts without an account elsewhere.
type ByHand interface {
	Link(ctx context.Context, by store.Actor, acc store.Account, r store.Reply) (store.Account, error)
	Unlink(ctx context.Context, by store.Actor, athlete int64, source string, r store.Reply) error
}

// Vitals keeps the daily figures of health of who said yes to that.
type Vitals interface {
	SetHealth(ctx context.Context, by store.Actor, athlete int64, on bool, r store.Reply) error
	Health(ctx context.Context, athlete int64, s store.Span) ([]store.Health, error)
}

// Choices keeps what the admins of a group choose for its digest.
type Choices interface {
	SetStyle(ctx context.Context, by store.Actor, group int64, style string, r store.Reply) error
	SkipDigest(ctx context.Context, by store.Actor, group int64, week store.Day, r store.Reply) error
	SetRaces(ctx context.Context, by store.Actor, group int64, on bool, r store.Reply) error
	SetMetric(ctx context.Context, by store.Actor, group int64, m store.Metric, r store.Reply) error
	SetExcluded(ctx context.Context, by store.Actor, group int64, c store.Classes, r store.Reply) error
}

// Habits keeps how a group speaks and by which clock and week it lives.
type Habits interface {
	SetLanguage(ctx context.Context, by store.Actor, group int64, language string, r store.Reply) error
	SetUnits(ctx context.Context, by store.Actor, group int64, u store.Units, r store.Reply) error
	SetZone(ctx context.Context, by store.Actor, group int64, zone string, next time.Time, r store.Reply) error
	SetWeekStart(ctx context.Context, by store.Actor, group int64, first time.Weekday, skip store.Day, r store.Reply) error
	SetQuiet(ctx context.Context, by store.Actor, group int64, q store.Quiet, r store.Reply) error
}

// Goals keeps what groups want to reach.
type Goals interface {
	SetGoal(ctx context.Context, by store.Actor, g store.Goal, r store.Reply) error
	EndGoal(ctx context.Context, by store.Actor, group int64, r store.Reply) error
	Goal(ctx context.Context, group int64) (store.Goal, error)
}

// Pauses keeps when people pause.
type Pauses interface {
	Pause(ctx context.Context, by store.Actor, athlete int64, span store.Span, r store.Reply) error
	Resume(ctx context.Context, by store.Actor, athlete int64, day store.Day, r store.Reply) error
	Pauses(ctx context.Context, athlete int64) ([]store.Pause, error)
}

// Duels keeps who compares themselves with whom.
type Duels interface {
	AskDuel(ctx context.Context, by store.Actor, d store.Duel, r store.Reply) error
	AnswerDuel(ctx context.Context, by store.Actor, duel int64, yes bool, r store.Reply) error
	Duels(ctx context.Context, group int64, week store.Span) ([]store.Duel, error)
	DuelsOf(ctx context.Context, athlete int64) ([]store.Duel, error)
}

// Linked are the accounts that were linked, and whose they are.
type Linked interface {
	Accounts(ctx context.Context) ([]store.Account, error)
	Athlete(ctx context.Context, id int64) (store.Athlete, error)
	// Person returns a name of the person behind an athlete that only this
	// instance can make.
	Person(ctx context.Context, athlete int64) (string, error)
}

// Promises keeps who is to be written to once a source lets people in again.
type Promises interface {
	Promise(ctx context.Context, p store.Promise) error
	Promises(ctx context.Context) ([]store.Promise, error)
	EndPromise(ctx context.Context, athlete int64, source string, r store.Reply) error
}

// Numbers keeps who has which phone number at present.
type Numbers interface {
	Holders(ctx context.Context, phone string) ([]store.Athlete, error)
	Renumber(ctx context.Context, by store.Actor, user, phone string, r store.Reply) error
}

// Notes keeps dialogues, small counters, and what was denied.
type Notes interface {
	Talk(ctx context.Context, user string) (store.Talk, error)
	TalksAt(ctx context.Context, topic, step string) ([]store.Talk, error)
	Counter(ctx context.Context, key string) (string, error)
	SetCounter(ctx context.Context, key, value string) error
	Audit(ctx context.Context, e store.AuditEntry) error
}

// Store is all that the bot asks of its store.
type Store interface {
	Inbox
	Posts
	People
	Groups
	Doors
	Shares
	Training
	ByHand
	Vitals
	Choices
	Habits
	Goals
	Pauses
	Duels
	Polls
	Linked
	Promises
	Numbers
	Notes
	Late
}

// Digests makes the digests of groups.
type Digests interface {
	// Preview returns text and pictures of the group's digest of a week as it
	// would be posted now. Nothing is owed by it.
	Preview(ctx context.Context, g store.Group, week store.Span) (text string, pictures []render.Card, err error)
	// Now owes the group the digest of a week at once; fresh is false where it
	// was made before.
	Now(ctx context.Context, g store.Group, week store.Span) (fresh bool, err error)
}

// SignIns lead athletes in at Garmin, each step in one try. What the person can
// be told of a failure is a *store.Refusal. A region is "cn" for an account at
// garmin.cn, and empty for the rest of the world.
type SignIns interface {
	BeginIn(ctx context.Context, region string, athlete int64, email, password string) (store.SignIn, error)
	Answer(ctx context.Context, athlete int64, code string) (store.SignIn, error)
	Resend(ctx context.Context, athlete int64) (store.SignIn, error)
	RedeemIn(ctx context.Context, region string, athlete int64, ticket string) (store.SignIn, error)
	// Waiting returns the code that a sign-in waits for; false where none does.
	Waiting(athlete int64) (store.Challenge, bool)
}

// Accounts signs athletes in at Garmin, and out.
type Accounts interface {
	SignIns
	// SignInsLeft returns how many sign-ins an athlete may begin now, and what one
	// would be refused with where that is none.
	SignInsLeft(ctx context.Context, athlete int64) (left int, wait *store.Refusal, err error)
	// Works says whether signing in is known to work again, in a region, since it
	// failed for somebody: seen to, or likely to.
	Works(ctx context.Context, region string, since time.Time) (seen, likely bool, err error)
	// Page returns where a person signs in with a browser.
	Page(region string) string
	Link(ctx context.Context, by store.Actor, athlete int64, r store.Reply) (store.Account, error)
	Unlink(ctx context.Context, by store.Actor, athlete int64, r store.Reply) error
}

// Syncer reads an athlete's activities from their source.
type Syncer interface {
	Sync(ctx context.Context, athlete int64) (store.Tally, error)
}

// Rooms knows who is in a group and who its admins are at present.
type Rooms interface {
	Roster(ctx context.Context, chat store.Chat) (store.Roster, error)
}

// Shelf holds the original files of activities.
type Shelf interface {
	// Clear removes every file of an athlete from the disk.
	Clear(ctx context.Context, athlete int64) error
}

// Settings are the operator's choices that people get to feel.
type Settings struct {
	Language  string        // of groups and people that chose none, ISO 639-1
	Zone      string        // IANA name, of groups that chose none
	Units     store.Units   // of groups that chose none
	Passwords bool          // the password may be typed into the direct chat
	Page      string        // where people sign in on Garmin's own page; empty: not offered
	PublicURL string        // under which members reach the bot's own pages; empty: not offered
	AnyGroup  bool          // a group starts without the operator's word
	Files     string        // "asked", "none" or "all": which activity files are kept
	Retention time.Duration // how long details are kept
	Operator  string        // name of who runs this bot; may be empty
	Late      time.Duration // after which figures that were not read again are said to be old; 0 is never
	Number    func() string // the bot's own number, digits only; may be nil

	// OperatorPhone is the operator's own number, digits only; may be empty.
	OperatorPhone string
	// Self returns the chat of the bot's number with itself; "" before pairing,
	// and nil where nobody knows.
	Self func() store.Chat
}

// Bot is the router of commands and dialogues.
type Bot struct {
	Store    Store
	Accounts Accounts
	Sync     Syncer
	Rooms    Rooms
	Outage   func() bool // whether Garmin fails for everybody at present; nil where nobody knows
	Shelf    Shelf       // nil where no files are kept
	Tracks   Tracks      // nil where no files are kept
	Parts    Parts       // nil where no workout has several recordings
	Hands    Hands       // nil where nothing is handed in
	Post     Post        // nil where files cannot be fetched
	Digests  Digests     // nil where none are made
	// Direct returns the address of the direct chat with somebody who has
	// written to the bot, by user id and phone number; nil where nobody is written to by another's word.
	Direct func(user, phone string) store.Chat
	// Takeout makes what /export hands over.
	Takeout Takeout
	// Desk tells how the instance is; nil where nobody asks.
	Desk Desk
	// What an operator may set of what is said; nil for what is built in.
	Rules     *digest.Rules
	Templates *render.Templates
	Words     *locale.Wording

	// Ready returns when the messages that people wrote while the bot was away
	// have been received; nil where there are none.
	Ready func(ctx context.Context) error

	Now      func() time.Time
	Token    func() string // makes what nobody can guess, for addresses of pages; nil where none are offered
	Settings Settings
	Log      zerolog.Logger

	started time.Time // of Run; written before any handler runs
	running atomic.Int32
	prepare sync.Once
	mind    *memory
	words   *Book
}

// serves says whether the bot works in a group: an admin has started it, and
// the operator lets it.
func (b *Bot) serves(g store.Group) bool { return g.Enabled && (g.Allowed || b.Settings.AnyGroup) }

// Busy says whether a message is being handled.
func (b *Bot) Busy() bool { return b.running.Load() > 0 }

// memory returns what is kept in memory only.
func (b *Bot) memory() *memory {
	b.prepare.Do(b.ready)
	return b.mind
}

// book returns the commands.
func (b *Bot) book() *Book {
	b.prepare.Do(b.ready)
	return b.words
}

func (b *Bot) ready() { b.mind, b.words = newMemory(b.Now), NewBook() }

func (b *Bot) number() string {
	if b.Settings.Number == nil {
		return ""
	}
	return b.Settings.Number()
}
