package garmintest

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// The ways in which a member's account asks for a code.
const (
	MFAEmail = "email"
	MFASMS   = "sms"
	MFATOTP  = "totp"
)

// Member is somebody with an account.
type Member struct {
	Name     string // full name
	Email    string
	Password string
	MFA      string         // "", MFAEmail, MFASMS or MFATOTP
	China    bool           // the account lives in China's database
	Zone     *time.Location // nil means UTC
	Units    string         // measurement system; empty means "metric"
	Locale   string         // empty means "en"
	Training Training
}

// member is an account with its state.
type member struct {
	Member
	profile int64
	guid    string
	display string

	trouble     trouble
	wrong       int // passwords in a row
	locked      bool
	code        string // newest that was sent
	codes       int    // that were sent
	wrongCodes  int
	codesBarred time.Time // no code is taken before
	issued      int       // tickets and tokens, for their names
	counts      Counts
	files       []time.Time // downloads of the last minute
	body        body        // of the athlete
	plan        plan
}

// Counts say how often an account was used; for tests.
type Counts struct {
	Logins    int // passwords tried
	Codes     int // codes tried
	CodesSent int
	Exchanges int // tickets traded
	Refreshes int // refresh tokens shown
	Lists     int
	Details   int
	Files     int
	Probes    int // of the last upload
	Days      int // questions about daily health
	Calls     int // to the data host in all, refused ones too
}

// Add opens an account. The member's training is made when it is first asked
// for.
func (s *Server) Add(m Member) error {
	key := mailKey(m.Email)
	switch {
	case !strings.Contains(key, "@"), m.Password == "":
		return errors.New("garmintest: a member needs an e-mail address and a password")
	case m.MFA != "" && m.MFA != MFAEmail && m.MFA != MFASMS && m.MFA != MFATOTP:
		return fmt.Errorf("garmintest: no such way of asking for a code: %q", m.MFA)
	}
	if err := m.Training.check(); err != nil {
		return err
	}
	if m.Zone == nil {
		m.Zone = time.UTC
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.members[key] != nil {
		return errors.New("garmintest: two members with one e-mail address")
	}
	r := draw(s.opts.Seed, "account", key)
	id := 2_500_000 + r.Int64N(90_000_000)
	for s.profiles[id] {
		id++
	}
	s.profiles[id] = true
	n := &member{Member: m, profile: id, guid: uuid(s.opts.Seed, "guid", key)}
	n.display = uuid(s.opts.Seed, "display", key)
	if r.IntN(3) == 0 {
		n.display = strings.SplitN(key, "@", 2)[0] + "_" + word(4, s.opts.Seed, "nick", key)
	}
	n.body = newBody(s.opts.Seed, key)
	switch m.Training.Archetype {
	case Runner, Racer, Triathlete:
		n.body.ability = max(n.body.ability, 1.04)
	case Beginner:
		n.body.ability = min(n.body.ability, .92)
	}
	s.members[key] = n
	s.order = append(s.order, n)
	return nil
}

func mailKey(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// find returns the account; the caller holds the lock.
func (s *Server) find(email string) (*member, error) {
	m := s.members[mailKey(email)]
	if m == nil {
		return nil, errors.New("garmintest: no such member")
	}
	return m, nil
}

// Code returns the newest code that was sent to a member, or what the
// authenticator app shows now.
func (s *Server) Code(email string) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.find(email)
	if err != nil {
		return "", false
	}
	if m.MFA == MFATOTP {
		code := s.totp(m, s.now())
		s.note(IssuedCode, code)
		return code, true
	}
	return m.code, m.code != ""
}

// Codes returns the newest code of everyone who has one, by e-mail.
func (s *Server) Codes() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.newestCodes()
}

func (s *Server) newestCodes() map[string]string {
	codes := map[string]string{}
	for _, m := range s.order {
		if m.MFA == MFATOTP {
			codes[m.Email] = s.totp(m, s.now())
		} else if m.code != "" {
			codes[m.Email] = m.code
		}
	}
	return codes
}

// Ticket signs the member in with a browser on Garmin's own page and returns
// the address that the page then shows: it holds a ticket.
func (s *Server) Ticket(email string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.find(email)
	if err != nil {
		return "", err
	}
	if m.locked || m.trouble.is("locked") || s.trouble.is("locked") {
		return "", errors.New("garmintest: the account is locked")
	}
	embed := here(embedService, m.China)
	t := s.newTicket(m, embed, "cas")
	return embed + "?" + url.Values{"ticket": {t}}.Encode(), nil
}

// Logins returns how many passwords were tried on an account.
func (s *Server) Logins(email string) int { return s.Counts(email).Logins }

// Counts returns how often an account was used.
func (s *Server) Counts(email string) Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.find(email)
	if err != nil {
		return Counts{}
	}
	return m.counts
}
