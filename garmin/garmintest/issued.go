package garmintest

// What the service gives out. All of it must stay with the person or sealed.
const (
	IssuedCode    = "code"
	IssuedTicket  = "ticket"
	IssuedAccess  = "access token"
	IssuedRefresh = "refresh token"
)

// Issued is a secret that the service gave out.
type Issued struct {
	Kind  string // IssuedCode, IssuedTicket, IssuedAccess or IssuedRefresh
	Value string
}

// Issued returns every secret that the service ever gave out, in the order in
// which it did: codes that were sent or read off an authenticator app,
// tickets, tokens. A refresh token is listed whole and by the value inside it.
func (s *Server) Issued() []Issued {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Issued(nil), s.issued...)
}

// note remembers a secret that is given out; the caller holds the lock.
func (s *Server) note(kind, value string) {
	i := Issued{kind, value}
	if s.noted[i] {
		return
	}
	s.noted[i] = true
	s.issued = append(s.issued, i)
}
