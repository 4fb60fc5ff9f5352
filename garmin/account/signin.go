package account

import (
	"context"
	"errors"
	"time"

	"clubrun/garmin"
	"clubrun/store"
)

// The limits of a sign-in.
const (
	patience = 10 * time.Minute // for which a half-finished sign-in is held
	maxCodes = 3                // codes that one sign-in may try
	maxSent  = 3                // codes that one sign-in may have sent
)

// pending is a sign-in under way, or one that is done and not yet linked. It
// is used by one goroutine at a time: whoever has taken it.
type pending struct {
	signIn  *garmin.SignIn // nil for one by ticket
	ask     *store.Challenge
	tokens  garmin.Tokens
	profile garmin.Profile
	region  garmin.Region
	sent    int // codes
	until   time.Time
	timer   *time.Timer
}

func (p *pending) done() bool { return p.ask == nil }

// Begin signs an athlete in with e-mail and password, in one try. What comes
// back is a challenge to Answer, or that the sign-in is done and waits for
// Link. An earlier sign-in of the athlete is forgotten, unless the limits let no
// new one begin. Every error is a *store.Refusal.
func (k *Keeper) Begin(ctx context.Context, athlete int64, email, password string) (store.SignIn, error) {
	return k.BeginIn(ctx, "", athlete, email, password)
}

// BeginIn is Begin for an account in one of Garmin's regions: "cn" is China,
// nothing is the world.
func (k *Keeper) BeginIn(ctx context.Context, region string, athlete int64, email, password string) (store.SignIn, error) {
	r, ok := garmin.RegionNamed(region)
	if !ok {
		return store.SignIn{}, &store.Refusal{Kind: store.RefusedDown, Err: errRegion}
	}
	account := k.accountKey(r, email)
	if err := k.admit(ctx, athlete, account); err != nil {
		return store.SignIn{}, err
	}
	k.Forget(athlete)
	s, err := k.Garmin.In(r).SignIn(ctx, email, password)
	k.judged(ctx, athlete, r, err)
	if err != nil {
		return store.SignIn{}, k.refuse(ctx, k.signInKey(ctx, athlete), err)
	}
	k.proved(ctx, account, k.person(ctx, athlete))
	k.Log.Debug().Ctx(ctx).Int64("athlete", athlete).Str("road", s.Road()).Bool("done", s.Challenge() == nil).Msg("password accepted")
	p := &pending{signIn: s, tokens: s.Tokens(), profile: s.Profile(), region: r, until: k.Now().Add(patience)}
	if c := s.Challenge(); c != nil {
		p.ask = &store.Challenge{Method: c.Method, Target: c.Target, Tries: maxCodes, Until: p.until}
		p.sent = 1
		k.next(p)
	} else {
		k.warm(ctx, k.signInKey(ctx, athlete))
	}
	k.hold(athlete, p)
	return p.state(), nil
}

// Answer gives the code that the challenge of Begin asks for. A wrong code
// leaves the sign-in open for as many more as the refusal says. Every error is
// a *store.Refusal.
func (k *Keeper) Answer(ctx context.Context, athlete int64, code string) (store.SignIn, error) {
	p := k.take(athlete)
	if p == nil || p.done() {
		k.hold(athlete, p)
		return store.SignIn{}, &store.Refusal{Kind: store.RefusedExpired}
	}
	err := p.signIn.Answer(ctx, code)
	k.judged(ctx, athlete, p.region, err)
	if err != nil {
		return store.SignIn{}, k.refuseCode(ctx, athlete, p, err)
	}
	p.ask, p.tokens, p.profile = nil, p.signIn.Tokens(), p.signIn.Profile()
	p.until = k.Now().Add(patience)
	k.warm(ctx, k.signInKey(ctx, athlete))
	k.warm(ctx, k.pauseKey(ctx, athlete))
	k.hold(athlete, p)
	return p.state(), nil
}

var errRegion = errors.New("no such region")

// judged counts how a sign-in ended, unless it was us who gave up.
func (k *Keeper) judged(ctx context.Context, athlete int64, r garmin.Region, err error) {
	if err == nil || ctx.Err() == nil {
		k.noted(&k.door, athlete, err)
		k.passed(ctx, r, err)
	}
}

// next says when another code can be asked for.
func (k *Keeper) next(p *pending) {
	ask := *p.ask
	ask.Again = time.Time{}
	if c := p.signIn.Challenge(); c != nil {
		ask.Target = c.Target
		if c.Resend > 0 && p.sent < maxSent {
			ask.Again = k.Now().Add(c.Resend)
		}
	}
	p.ask = &ask
}

// Resend asks for another code; the one before is dead then. How long that
// takes stands in the challenge, as Again, zero where no other code can be had
// in this sign-in. Too early is a *store.Refusal of kind RefusedSoon, and the
// sign-in stays open. Every error is a *store.Refusal.
func (k *Keeper) Resend(ctx context.Context, athlete int64) (store.SignIn, error) {
	p := k.take(athlete)
	if p == nil || p.done() {
		k.hold(athlete, p)
		return store.SignIn{}, &store.Refusal{Kind: store.RefusedExpired}
	}
	if again := p.ask.Again; again.IsZero() || k.Now().Before(again) {
		k.hold(athlete, p)
		return store.SignIn{}, &store.Refusal{Kind: store.RefusedSoon, Tries: p.ask.Tries, Until: again}
	}
	err := p.signIn.Resend(ctx)
	var e *garmin.Error
	switch {
	case err == nil:
		p.sent++
		k.next(p)
		k.hold(athlete, p)
		return p.state(), nil
	case errors.As(err, &e) && e.Retry():
		ask := *p.ask
		ask.Again = k.Now().Add(max(e.RetryAfter, sentPause))
		p.ask = &ask
		k.hold(athlete, p)
		if e.Kind != garmin.RateLimited {
			return store.SignIn{}, &store.Refusal{Kind: store.RefusedDown, Err: err}
		}
		return store.SignIn{}, &store.Refusal{Kind: store.RefusedSoon, Tries: ask.Tries, Until: ask.Again, Err: err}
	}
	return store.SignIn{}, k.refuse(ctx, k.signInKey(ctx, athlete), err)
}

// sentPause is the least pause after a code that was not sent.
const sentPause = 30 * time.Second

// refuseCode judges a refused code: after a wrong one the sign-in is held
// again while tries are left.
func (k *Keeper) refuseCode(ctx context.Context, athlete int64, p *pending, err error) error {
	switch garmin.KindOf(err) {
	case garmin.BadCode:
		ask := *p.ask
		ask.Tries--
		p.ask = &ask
		if ask.Tries == 0 {
			return k.pause(ctx, athlete, 0, err)
		}
		k.hold(athlete, p)
		return &store.Refusal{Kind: store.RefusedCode, Tries: ask.Tries, Until: p.until, Err: err}
	case garmin.TooManyCodes:
		if p.ask.Tries == 1 {
			return k.pause(ctx, athlete, 0, err)
		}
		// Garmin counts codes of other sign-ins too, and bars them for a day.
		return k.pause(ctx, athlete, coolMost, err)
	}
	return k.refuse(ctx, k.signInKey(ctx, athlete), err)
}

// pause ends a sign-in whose codes are used up, and begins a cool-down of
// sign-ins by password, of at least the given length.
func (k *Keeper) pause(ctx context.Context, athlete int64, least time.Duration, err error) error {
	until, failed := k.chill(ctx, k.pauseKey(ctx, athlete), least)
	return &store.Refusal{Kind: store.RefusedTries, Until: until, Err: errors.Join(err, failed)}
}

// Redeem signs an athlete in with what Garmin's own page showed after they
// signed in there: the ticket, or the address that holds it. The limits of
// sign-ins do not touch it, for it is none. An address tells its region itself.
// Every error is a *store.Refusal.
func (k *Keeper) Redeem(ctx context.Context, athlete int64, ticket string) (store.SignIn, error) {
	return k.RedeemIn(ctx, "", athlete, ticket)
}

// RedeemIn is Redeem for a bare ticket of one of Garmin's regions.
func (k *Keeper) RedeemIn(ctx context.Context, region string, athlete int64, ticket string) (store.SignIn, error) {
	r, ok := garmin.RegionNamed(region)
	if !ok {
		return store.SignIn{}, &store.Refusal{Kind: store.RefusedDown, Err: errRegion}
	}
	if err := k.cooled(ctx, k.ticketKey(ctx, athlete), store.RefusedRate); err != nil {
		return store.SignIn{}, err
	}
	tokens, profile, err := k.Garmin.In(r).Redeem(ctx, ticket)
	if k.redeemed(ctx, r, err); err != nil {
		return store.SignIn{}, k.refuse(ctx, k.ticketKey(ctx, athlete), err)
	}
	k.warm(ctx, k.ticketKey(ctx, athlete))
	return k.verified(athlete, tokens, profile), nil
}

// Page returns the address at which a person signs in with a browser, in one of
// Garmin's regions.
func (k *Keeper) Page(region string) string {
	r, _ := garmin.RegionNamed(region)
	return k.Garmin.In(r).Page()
}

// Import signs an athlete in with a token file of python-garminconnect, once
// its tokens have proved to work: what the operator's command link --tokens
// does. The account's region is that of the tokens. The first refresh here ends
// the life of the file's own copy, so that the file should be a copy that
// nobody else uses. The sign-in then waits for Link. Every error is a
// *store.Refusal.
func (k *Keeper) Import(ctx context.Context, athlete int64, file []byte) (store.SignIn, error) {
	tokens, err := garmin.ImportTokens(file)
	if err != nil {
		return store.SignIn{}, &store.Refusal{Kind: store.RefusedTicket, Err: err}
	}
	if err := k.cooled(ctx, k.ticketKey(ctx, athlete), store.RefusedRate); err != nil {
		return store.SignIn{}, err
	}
	profile, err := k.Garmin.Profile(ctx, tokens)
	if garmin.KindOf(err) == garmin.TokenInactive {
		// Not to be abandoned half-way: the old refresh token dies in it.
		trading, end := outlasting(ctx, patient)
		defer end()
		if tokens, err = k.renew(trading, tokens); err == nil {
			profile, err = k.Garmin.Profile(trading, tokens)
		}
	}
	if err != nil {
		return store.SignIn{}, k.refuse(ctx, k.ticketKey(ctx, athlete), err)
	}
	return k.verified(athlete, tokens, profile), nil
}

// renew refreshes tokens of which it is not sure where they live.
func (k *Keeper) renew(ctx context.Context, tokens garmin.Tokens) (garmin.Tokens, error) {
	fresh, err := k.Garmin.Refresh(ctx, tokens)
	if garmin.KindOf(err) != garmin.OtherRegion {
		return fresh, err
	}
	if tokens.Region == garmin.World {
		tokens.Region = garmin.China
	} else {
		tokens.Region = garmin.World
	}
	return k.Garmin.Refresh(ctx, tokens)
}

func (k *Keeper) verified(athlete int64, tokens garmin.Tokens, profile garmin.Profile) store.SignIn {
	k.Forget(athlete)
	p := &pending{tokens: tokens, profile: profile, until: k.Now().Add(patience)}
	k.hold(athlete, p)
	return p.state()
}

// Waiting returns what an athlete's sign-in waits for, false where none waits
// for a code.
func (k *Keeper) Waiting(athlete int64) (store.Challenge, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := k.open[athlete]
	if p == nil || p.ask == nil || !k.Now().Before(p.until) {
		return store.Challenge{}, false
	}
	return *p.ask, true
}

// Forget drops an athlete's sign-in that is not linked yet.
func (k *Keeper) Forget(athlete int64) { k.take(athlete) }

// state is what the athlete is told.
func (p *pending) state() store.SignIn {
	if p.done() {
		return store.SignIn{Name: p.profile.FullName}
	}
	ask := *p.ask
	return store.SignIn{Challenge: &ask}
}

// take removes and returns an athlete's sign-in, nil where there is none or it
// is too old.
func (k *Keeper) take(athlete int64) *pending {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := k.open[athlete]
	delete(k.open, athlete)
	if p == nil {
		return nil
	}
	p.timer.Stop()
	if !k.Now().Before(p.until) {
		return nil
	}
	return p
}

// hold keeps a sign-in until its time is over. The timer drops it from memory
// even when nobody asks for it again.
func (k *Keeper) hold(athlete int64, p *pending) {
	if p == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.open == nil {
		k.open = map[int64]*pending{}
	}
	if old := k.open[athlete]; old != nil {
		old.timer.Stop()
	}
	k.open[athlete] = p
	p.timer = time.AfterFunc(p.until.Sub(k.Now()), func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		if k.open[athlete] == p {
			delete(k.open, athlete)
		}
	})
}
