package story

import (
	"context"
	cryptorand "crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing/synctest"
	"time"

	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/cmd/clubrun/control"
	"clubrun/cmd/clubrun/house"
	"clubrun/cmd/clubrun/operate"
	"clubrun/garmin/garmintest"
	"clubrun/store/failpoint"

	"github.com/rs/zerolog"
)

// Options say how a story is played.
type Options struct {
	World World
	Seed  int64
	Data  string    // an empty folder for the bot's data
	Out   io.Writer // the transcript
	Dir   string    // where pictures are written; empty writes none
	Base  string    // the folder from which stories name files
	Log   io.Writer // lines of the log, redacted, as JSON; nil drops them
	Level zerolog.Level
}

// Player plays stories. It must be made and used inside a bubble of simulated
// time.
type Player struct {
	Options
	whatsapp *whatsapptest.Network
	garmin   *garmintest.Server
	bot      *whatsapptest.Account
	people   map[string]*person
	order    []*person // as the world names them
	groups   map[string]*whatsapptest.Group

	house  *running
	lives  int                             // data folders used up by kills
	deadly atomic.Pointer[failpoint.Point] // where the next action ends in a kill
	struck chan struct{}                   // the bot stands at that point
	deaths map[int]failpoint.Point         // at which points lives have ended
	record *record
	log    zerolog.Logger
	qr     string

	choices [][2]string // settings that the story chose, by name
	tokens  int         // made so far

	told      int       // accepted messages that were looked at
	images    int       // which numbers the pictures
	documents int       // and the files
	heard     []hearing // of the last action
	mute      bool      // print nothing
	calling   bool      // WhatsApp is well again, and the bot on its way back
}

// person is a person of the world with a phone.
type person struct {
	Person
	account *whatsapptest.Account
	phone   *whatsapptest.Persona
	last    spoken
	page    string                  // address of the page that the bot last sent
	former  []*whatsapptest.Account // that they had before
	numbers []string
}

// spoken is where somebody last wrote, and which message it was.
type spoken struct {
	group string
	id    string
}

// running is one life of the bot.
type running struct {
	*house.House
	cancel context.CancelFunc
	done   chan error
	cut    *atomic.Bool  // its cables
	over   chan struct{} // closed when it is killed

	hear    func(net.Conn) // a command of the operator
	clients sync.WaitGroup // of hear
	halted  atomic.Bool    // the operator said stop
}

// New makes the world: both networks, everybody's phone, the bot linked on the
// day that the world says. The clock then stands at the world's start.
func New(ctx context.Context, o Options) (*Player, error) {
	p := &Player{
		Options: o, people: map[string]*person{}, groups: map[string]*whatsapptest.Group{}, struck: make(chan struct{}, 1),
		deaths: map[int]failpoint.Point{},
	}
	p.record, p.log = newRecord(o.Log, o.Level)
	time.Sleep(time.Until(o.World.Paired))
	if err := p.makeNetworks(); err != nil {
		return nil, err
	}
	if err := p.pairBot(ctx); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	time.Sleep(time.Until(o.World.Start.Add(-time.Minute)))
	if err := p.start(ctx); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	if err := p.setGroups(ctx); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	time.Sleep(time.Until(o.World.Start))
	synctest.Wait()
	p.told = len(p.whatsapp.Accepted())
	return p, nil
}

func (p *Player) makeNetworks() (err error) {
	if p.garmin, err = garmintest.New(garmintest.Options{Seed: p.Seed, Now: time.Now, Start: p.World.Start, Log: p.log}); err != nil {
		return fmt.Errorf("simulated garmin: %w", err)
	}
	if p.whatsapp, err = whatsapptest.New(whatsapptest.Options{Seed: p.Seed, Now: time.Now, Log: p.log}); err != nil {
		return fmt.Errorf("simulated whatsapp: %w", err)
	}
	p.whatsapp.Trust()
	p.bot = p.whatsapp.AddAccount(botPhone, "Clubrun")
	p.bot.Phone() // reads from now on
	for _, who := range p.World.People {
		if err := p.addPerson(who); err != nil {
			return err
		}
	}
	for _, g := range p.World.Groups {
		if err := p.addGroup(g); err != nil {
			return fmt.Errorf("group %s: %w", g.Name, err)
		}
	}
	return nil
}

const botPhone = "351910009999"

func (p *Player) addPerson(who Person) error {
	err := p.garmin.Add(garmintest.Member{
		Name: who.Name, Email: who.Email, Password: who.Password, MFA: who.MFA,
		Zone: p.World.zone(), Training: garmintest.Training{Archetype: who.Training},
	})
	if err != nil {
		return fmt.Errorf("garmin account of %s: %w", who.Name, err)
	}
	added := &person{Person: who, account: p.whatsapp.AddAccount(who.Phone, who.Name)}
	p.people[who.key()] = added
	p.order = append(p.order, added)
	return nil
}

func (p *Player) addGroup(g Group) error {
	var members []*whatsapptest.Account
	for _, name := range slices.Concat(g.Admins, g.Members) {
		members = append(members, p.people[lower(name)].account)
	}
	if g.Bot {
		members = append(members, p.bot)
	}
	founder := p.whatsapp.AddAccount(fmt.Sprintf("%s%02d", founderPhone, len(p.groups)), "Founder")
	group := p.whatsapp.AddGroup(g.Name, founder, members...)
	for _, name := range g.Admins {
		if err := group.Promote(founder, p.people[lower(name)].account); err != nil {
			return err
		}
	}
	p.groups[lower(g.Name)] = group
	return group.Leave(founder)
}

// founderPhone begins the numbers of those who made the groups and left them:
// WhatsApp lets nobody demote a founder who is still there.
const founderPhone = "3519100088"

// pairBot links the bot's device, once, and stops it again; people's phones
// follow when the story begins.
func (p *Player) pairBot(ctx context.Context) error {
	if err := p.start(ctx); err != nil {
		return err
	}
	synctest.Wait()
	if err := p.scan(ctx); err != nil {
		return err
	}
	if err := p.settle(ctx); err != nil {
		return err
	}
	if err := p.stop(); err != nil {
		return err
	}
	for _, g := range p.World.Groups {
		if g.Started {
			if err := p.turnOn(ctx, p.members(g.Name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// patience is how long the bot's owner waits before its screen for a code.
const patience = 10 * time.Minute

// scan points the phone at the codes that the bot shows until it takes one:
// between two series of codes the one on the screen is worthless.
func (p *Player) scan(ctx context.Context) error {
	err := errors.New("the bot shows no code to pair with")
	for limit := time.Now().Add(patience); time.Now().Before(limit); {
		if p.qr != "" {
			if err = p.bot.Scan(p.qr); err == nil {
				p.qr = ""
				return nil
			}
		}
		if err := p.pass(ctx, time.Second); err != nil {
			return err
		}
		synctest.Wait()
	}
	return err
}

// Mark is a file in the data folders of simulated worlds; the real bot refuses
// a folder that has it.
const Mark = "DEMO"

// mark marks the bot's data folder.
func (p *Player) mark() error {
	if err := os.MkdirAll(p.data(), 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.data(), Mark), []byte("simulated\n"), 0o600)
}

// start starts the bot on its data folder.
func (p *Player) start(ctx context.Context) error {
	if err := p.mark(); err != nil {
		return fmt.Errorf("start the bot: %w", err)
	}
	settings := house.Defaults()
	settings.Data = p.data()
	settings.Zone, settings.Language, settings.Units = p.World.Zone, p.World.Language, p.World.Units
	settings.ChatPasswords = house.PasswordsOn
	if err := p.choose(&settings); err != nil {
		return err
	}
	cut := new(atomic.Bool)
	wire := func(t http.RoundTripper) http.RoundTripper { return cable{t, cut} }
	h, err := house.Open(ctx, settings, house.Outside{
		WhatsApp: &http.Client{Transport: wire(p.whatsapp.HTTPClient().Transport)}, Garmin: wire(p.garmin.Transport()),
		Now: time.Now, Seed: uint64(p.Seed) + uint64(p.lives), Secrets: cryptorand.Reader, Token: p.token, Log: p.log, Redactor: p.record.redactor,
		QR: func(code string) { p.qr = code }, Space: disk,
	})
	if err != nil {
		return fmt.Errorf("start the bot: %w", err)
	}
	ctx, cancel := context.WithCancel(failpoint.Arm(ctx, p.hit))
	r := &running{House: h, cancel: cancel, done: make(chan error, 1), cut: cut, over: make(chan struct{})}
	desk := operate.Running(h, "demo", time.Now, func() { r.halted.Store(true); cancel() })
	server := &control.Server{Handle: desk.Handle, Log: p.log}
	r.hear = func(conn net.Conn) { r.clients.Go(func() { server.Serve(ctx, conn) }) }
	go func() { r.done <- h.Run(ctx) }()
	p.house = r
	return nil
}

// disk is the disk of the data folder, as the story's operator sees it: every
// day alike.
func disk(string) (free, all float64, err error) { return 64e9, 100e9, nil }

// data is the folder of the bot's present life.
func (p *Player) data() string { return filepath.Join(p.Data, fmt.Sprintf("life-%d", p.lives)) }

// stop stops the bot cleanly.
func (p *Player) stop() error {
	if p.house == nil {
		return nil
	}
	synctest.Wait()
	p.house.cancel()
	p.house.clients.Wait()
	err := errors.Join(<-p.house.done, p.house.Close())
	p.house = nil
	return err
}

// setGroups does what operator and admins did before the story begins.
func (p *Player) setGroups(ctx context.Context) error {
	if err := p.settle(ctx); err != nil {
		return err
	}
	for _, g := range p.World.Groups {
		if err := p.house.Prepare(ctx, g.Name, g.Allowed, g.Started); err != nil {
			return fmt.Errorf("prepare %s: %w", g.Name, err)
		}
	}
	return nil
}

// Close ends everything and waits for it.
func (p *Player) Close() error {
	err := p.stop()
	for _, who := range p.order {
		if who.phone != nil {
			who.phone.Close()
		}
	}
	if p.whatsapp != nil {
		p.whatsapp.Close()
	}
	if p.garmin != nil {
		err = errors.Join(err, p.garmin.Close())
	}
	return err
}

// Failed is an expectation that was not met.
type Failed struct {
	File   string
	Line   Line
	Reason string
}

// Error names the line and what came instead; a line that was typed has no number.
func (f *Failed) Error() string {
	if f.Line.Number == 0 {
		return f.Line.Text + ": " + f.Reason
	}
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line.Number, f.Line.Text, f.Reason)
}

// Play plays a whole story. It stops at the first expectation that is not met
// with a *Failed, and fails with a *Leak where a secret of the world lies open
// at the end.
func (p *Player) Play(ctx context.Context, s Story) error {
	for _, l := range s.Lines {
		if err := p.Do(ctx, l); err != nil {
			var f *Failed
			if errors.As(err, &f) {
				f.File = s.File
				return f
			}
			return &Error{s.File, l.Number, err.Error()}
		}
	}
	return p.Inspect(ctx)
}

// Do plays one line.
func (p *Player) Do(ctx context.Context, l Line) error {
	if l.Action.looksOn() {
		if reason := p.judge(l.Action); reason != "" {
			return &Failed{Line: l, Reason: reason}
		}
		return nil
	}
	p.heard = nil
	if err := p.turnOn(ctx, p.cast(l.Action)); err != nil {
		return err
	}
	if err := p.act(ctx, l.Action); err != nil {
		return err
	}
	if l.Action.Verb == Kill && l.Action.Text != "" {
		return nil // it is the next action that ends so
	}
	if err := p.settle(ctx); err != nil {
		return err
	}
	if point := p.deadly.Swap(nil); point != nil {
		return fmt.Errorf("the action never reached %s, where it was to be killed", *point)
	}
	return p.tell(ctx)
}

// The clock moves at most this far after an action, in steps of this size.
const (
	settleLimit = 90 * time.Second
	settleStep  = 250 * time.Millisecond
)

// settle lets the bot finish what it has begun.
func (p *Player) settle(ctx context.Context) error {
	defer func() { p.calling = false }()
	limit := time.Now().Add(settleLimit)
	for {
		synctest.Wait()
		if p.house == nil || time.Now().After(limit) || !p.busy(ctx, limit) {
			return nil
		}
		if err := p.pass(ctx, settleStep); err != nil {
			return err
		}
	}
}

// busy says whether the bot has something to do, or was struck while doing it.
func (p *Player) busy(ctx context.Context, limit time.Time) bool {
	return len(p.struck) > 0 || p.house.Busy(ctx, limit) || p.calling && !p.house.Online()
}

// pass lets time pass. Where the bot is to be killed at a point that it
// reaches meanwhile, it is killed there and then.
func (p *Player) pass(ctx context.Context, d time.Duration) error {
	for end := time.Now().Add(d); ; {
		t := time.NewTimer(time.Until(end))
		select {
		case <-t.C:
			return nil
		case <-p.struck:
			t.Stop()
			if err := p.kill(ctx); err != nil {
				return err
			}
		}
	}
}

func (p *Player) find(name string) (*person, error) {
	if who, ok := p.people[name]; ok {
		return who, nil
	}
	return nil, fmt.Errorf("nobody is called %s; the world has %s", name, p.names())
}

func (p *Player) names() string {
	var names []string
	for _, who := range p.order[:min(len(p.order), 12)] {
		names = append(names, who.key())
	}
	return strings.Join(names, ", ")
}

func (p *Player) group(name string) (*whatsapptest.Group, error) {
	if g, ok := p.groups[lower(name)]; ok {
		return g, nil
	}
	return nil, fmt.Errorf("there is no group %q", name)
}
