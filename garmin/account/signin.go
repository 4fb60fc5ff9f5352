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
)

// pending is a sign-in under way, or one that is done and not yet linked. It
// is used by one goroutine at a time: whoever has taken it.
type pending struct {
	signIn  *garmin.SignIn // nil for one by ticket
	ask     *store.Challenge
	tokens  garmin.Tokens
	profile garmin.Profile
	until   time.Time
	timer   *time.Timer
}

func (p *pending) done() bool { return p.ask == nil }

// Begin signs an athlete in with e-mail and password, in one try. What comes
// back is a challenge to Answer, or that the sign-in is done and waits for
// Link. An earlier sign-in of the athlete is forgotten, unless the limits let no
// new one begin. Every error is a *store.Refusal.
func (k *Keeper) Begin(ctx context.Context, athlete int64, email, password string) (store.SignIn, error) {
	if err := k.admit(ctx, athlete); err != nil {
		return store.SignIn{}, err
	}
	k.Forget(athlete)
	s, err := k.Garmin.SignIn(ctx, email, password)
	if err != nil {
		return store.SignIn{}, k.refuse(ctx, signInKey(athlete), err)
	}
	k.Log.Debug().Ctx(ctx).Int64("athlete", athlete).Bool("done", s.Challenge() == nil).Msg("password accepted")
	p := &pending{signIn: s, tokens: s.Tokens(), profile: s.Profile(), until: k.Now().Add(patience)}
	if c := s.Challenge(); c != nil {
		p.ask = &store.Challenge{Method: c.Method, Target: c.Target, Tries: maxCodes, Until: p.until}
	} else {
		k.warm(ctx, signInKey(athlete))
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
	if err != nil {
		return store.SignIn{}, k.refuseCode(ctx, athlete, p, err)
	}
	p.ask, p.tokens, p.profile = nil, p.signIn.Tokens(), p.signIn.Profile()
	p.until = k.Now().Add(patience)
	k.warm(ctx, signInKey(athlete))
	k.warm(ctx, pauseKey(athlete))
	k.hold(athlete, p)
	return p.state(), nil
}

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
	return k.refuse(ctx, signInKey(athlete), err)
}

// pause ends a sign-in whose codes are used up, and begins a cool-down of
// sign-ins by password, of at least the given length.
func (k *Keeper) pause(ctx context.Context, athlete int64, least time.Duration, err error) error {
	until, failed := k.chill(ctx, pauseKey(athlete), least)
	return &store.Refusal{Kind: store.RefusedTries, Until: until, Err: errors.Join(err, failed)}
}

// Redeem signs an athlete in with what Garmin's own page showed after they
// signed in there: the ticket, or the address that holds it. The limits of
// sign-ins do not touch it, for it is none. Every error is a *store.Refusal.
func (k *Keeper) Redeem(ctx context.Context, athlete int64, ticket string) (store.SignIn, error) {
	if err := k.cooled(ctx, ticketKey(athlete), store.RefusedRate); err != nil {
		return store.SignIn{}, err
	}
	tokens, profile, err := k.Garmin.Redeem(ctx, ticket)
	if err != nil {
		return store.SignIn{}, k.refuse(ctx, ticketKey(athlete), err)
	}
	k.warm(ctx, ticketKey(athlete))
	return k.verified(athlete, tokens, profile), nil
}

// Import takes over tokens from elsewhere, such as a token file, once they
// have proved to work. Every error is a *store.Refusal.
func (k *Keeper) Import(ctx context.Context, athlete int64, tokens garmin.Tokens) (store.SignIn, error) {
	profile, err := k.Garmin.Profile(ctx, tokens)
	if garmin.KindOf(err) == garmin.TokenInactive {
		// Not to be abandoned half-way: the old refresh token dies in it.
		trading, end := outlasting(ctx, patient)
		defer end()
		if tokens, err = k.Garmin.Refresh(trading, tokens); err == nil {
			profile, err = k.Garmin.Profile(trading, tokens)
		}
	}
	if err != nil {
		return store.SignIn{}, k.refuse(ctx, ticketKey(athlete), err)
	}
	return k.verified(athlete, tokens, profile), nil
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
