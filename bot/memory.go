package bot

import (
	"sync"
	"time"

	"clubrun/store"
)

// How long things are remembered. Nothing here is ever written down.
const (
	secretLife = 10 * time.Minute // of withheld texts and e-mail addresses
	editLife   = time.Minute      // in which an edit replaces a command
	calmDown   = time.Minute      // between two equal questions in a group
	rateWindow = 10 * time.Minute
	rateLimit  = 10 // commands of one person in groups within rateWindow
	dayLife    = 24 * time.Hour
	mostKept   = 20000 // entries of one kind; beyond it the memory is dropped
	mostTexts  = 5000  // withheld texts; beyond it they count as lost
	textBytes  = 4096  // of a withheld text; no password or address is longer
	sweepEvery = time.Minute
)

// messageKey names a message among all that were received.
type messageKey struct {
	chat    store.Chat
	sender  string
	message string
}

func keyOf(in store.Incoming) messageKey { return messageKey{in.Chat, in.Sender, in.Message} }

// kept is a value with an end.
type kept[V any] struct {
	value V
	until time.Time
}

// memory is what the bot knows only while it runs. It is safe for many
// callers; its lock is never held while anything waits.
type memory struct {
	now func() time.Time

	mu     sync.Mutex
	texts  map[messageKey]kept[store.Secret] // withheld texts by message
	emails map[string]kept[store.Secret]     // by user, while a password is awaited
	seen   map[messageKey]kept[bool]         // messages that may still be edited; true: replaced
	calm   map[string]kept[bool]             // questions that were just answered, people who were just told
	rates  map[string]kept[int]              // commands by user
	first  time.Time                         // no secret ends before; zero when there is none
	swept  time.Time
}

func newMemory(now func() time.Time) *memory {
	return &memory{
		now:   now,
		texts: map[messageKey]kept[store.Secret]{}, emails: map[string]kept[store.Secret]{},
		seen: map[messageKey]kept[bool]{}, calm: map[string]kept[bool]{}, rates: map[string]kept[int]{},
	}
}

// withhold keeps a text that must not be stored until its message is handled.
func (m *memory) withhold(key messageKey, text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.texts) >= mostTexts {
		return
	}
	until := m.now().Add(secretLife)
	m.texts[key] = kept[store.Secret]{store.Secret(text[:min(len(text), textBytes)]), until}
	m.first = earlier(m.first, until)
}

// text returns a withheld text; ok is false when it is gone.
func (m *memory) text(key messageKey) (text string, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.texts[key]
	if !ok || !m.now().Before(k.until) {
		return "", false
	}
	return k.value.Reveal(), true
}

// drop forgets a withheld text.
func (m *memory) drop(key messageKey) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.texts, key)
}

// setEmail keeps the address that a password will belong to; "" forgets it.
func (m *memory) setEmail(user, email string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.emails, user)
	if email != "" {
		until := m.now().Add(secretLife)
		m.emails[user] = kept[store.Secret]{store.Secret(email), until}
		m.first = earlier(m.first, until)
	}
}

func (m *memory) email(user string) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.emails[user]
	if !ok || !m.now().Before(k.until) {
		return "", false
	}
	return k.value.Reveal(), true
}

// saw notes that a message came, so that it can be edited.
func (m *memory) saw(key messageKey) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.seen) >= mostKept {
		clear(m.seen)
	}
	if _, again := m.seen[key]; !again {
		m.seen[key] = kept[bool]{false, m.now().Add(editLife)}
	}
}

// replace marks a message as replaced by an edit; ok is false when it is too
// late for that.
func (m *memory) replace(key messageKey) (ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.seen[key]
	if !ok || m.now().After(k.until) {
		return false
	}
	m.seen[key] = kept[bool]{true, k.until}
	return true
}

// replaced says whether an edit has taken the message's place.
func (m *memory) replaced(key messageKey) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen[key].value
}

// again says whether the same was noted less than life ago, and notes it
// where it was not.
func (m *memory) again(what string, life time.Duration) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if k, ok := m.calm[what]; ok && now.Before(k.until) {
		return true
	}
	if len(m.calm) >= mostKept {
		clear(m.calm)
	}
	m.calm[what] = kept[bool]{true, now.Add(life)}
	return false
}

// count counts one more command of a user and returns how many there were
// within the window.
func (m *memory) count(user string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	k, ok := m.rates[user]
	if !ok || !now.Before(k.until) {
		if len(m.rates) >= mostKept {
			clear(m.rates)
		}
		k = kept[int]{0, now.Add(rateWindow)}
	}
	k.value++
	m.rates[user] = k
	return k.value
}

// forget drops what is known of a user.
func (m *memory) forget(user string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.emails, user)
	delete(m.rates, user)
	for key := range m.texts {
		if key.sender == user {
			delete(m.texts, key)
		}
	}
}

// sweep drops what has ended and returns when the next secret ends; zero when
// there is none.
func (m *memory) sweep() (next time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if now.Sub(m.swept) >= sweepEvery {
		m.swept = now
		sweep(m.seen, now)
		sweep(m.calm, now)
		sweep(m.rates, now)
	}
	if !m.first.IsZero() && !now.Before(m.first) {
		m.first = earlier(sweep(m.texts, now), sweep(m.emails, now))
	}
	return m.first
}

// sweep drops the entries that have ended and returns the end of the next.
func sweep[K comparable, V any](all map[K]kept[V], now time.Time) (next time.Time) {
	for key, k := range all {
		if !now.Before(k.until) {
			delete(all, key)
			continue
		}
		next = earlier(next, k.until)
	}
	return next
}

// earlier returns the earlier of two moments, of which zero is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
