package whatsapptest

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// actor returns the persona of an order's account.
func (s *Server) actor(r *http.Request, name string) (*Persona, error) {
	a, err := s.who(name)
	if err != nil {
		return nil, err
	}
	return s.persona(r.Context(), a)
}

func (s *Server) scan(_ *http.Request, o order) (any, error) {
	a, err := s.who(o.Account)
	if err != nil {
		return nil, err
	}
	code, _ := o.Code.(string)
	return nil, a.Scan(code)
}

func (s *Server) link(r *http.Request, o order) (any, error) {
	p, err := s.actor(r, o.Account)
	if err != nil {
		return nil, err
	}
	if on, _ := p.Connected(); on {
		return nil, nil
	}
	return nil, p.Online(r.Context())
}

func (s *Server) takeOffline(r *http.Request, o order) (any, error) {
	p, err := s.actor(r, o.Account)
	if err != nil {
		return nil, err
	}
	p.Offline()
	return nil, nil
}

func (s *Server) say(r *http.Request, o order) (any, error) {
	to, err := s.chatOf(o.To)
	if err != nil {
		return nil, err
	}
	p, err := s.actor(r, o.Account)
	if err != nil {
		return nil, err
	}
	var id string
	if len(o.Image) > 0 {
		id, err = p.SendImage(r.Context(), to, Picture{Data: o.Image, Mime: o.Mime, Caption: o.Text})
	} else {
		id, err = p.Say(r.Context(), to, o.Text)
	}
	return map[string]string{"id": id}, err
}

func (s *Server) read(r *http.Request, o order) (any, error) {
	p, err := s.actor(r, o.Account)
	if err != nil {
		return nil, err
	}
	return nil, p.Read(r.Context(), o.ID, s.net.opts.Now())
}

func (s *Server) react(r *http.Request, o order) (any, error) {
	p, err := s.actor(r, o.Account)
	if err != nil {
		return nil, err
	}
	m, ok := p.Received(o.ID)
	if !ok {
		return nil, fmt.Errorf("message %q: %w", o.ID, errUnknown)
	}
	return nil, p.React(r.Context(), m.Chat, m.From, o.ID, o.Text)
}

// changeGroup makes a group or changes one.
func (s *Server) changeGroup(_ *http.Request, o order) (any, error) {
	by, err := s.who(o.By)
	if err != nil {
		return nil, err
	}
	if o.Do == "create" {
		g := s.net.AddGroup(o.Group, by)
		return map[string]string{"jid": g.JID().String()}, nil
	}
	g, err := s.which(o.Group)
	if err != nil {
		return nil, err
	}
	switch o.Do {
	case "leave":
		return nil, g.Leave(by)
	case "rename":
		return nil, g.Rename(by, o.Text)
	case "announce", "open":
		return nil, g.Announce(by, o.Do == "announce")
	}
	who, err := s.who(o.Who)
	if err != nil {
		return nil, err
	}
	switch o.Do {
	case "add":
		return nil, g.Add(by, who)
	case "remove":
		return nil, g.Remove(by, who)
	case "promote":
		return nil, g.Promote(by, who)
	case "demote":
		return nil, g.Demote(by, who)
	}
	return nil, fmt.Errorf("do %q: not one of those that /_sim/ lists", o.Do)
}

func (s *Server) block(_ *http.Request, o order) (any, error) {
	a, err := s.who(o.Account)
	if err != nil {
		return nil, err
	}
	who, err := s.who(o.Who)
	if err != nil {
		return nil, err
	}
	a.Block(who, o.On == nil || *o.On)
	return nil, nil
}

// faults are the disturbances by the word for them.
var faults = map[string]FaultKind{
	"ok": OK, "drop": Drop, "silent": Silent, "lose-ack": LoseAck, "refuse": AckError,
	"failure": Failure, "logout": Logout, "replaced": Replaced, "outage": Outage,
}

func (s *Server) disturb(_ *http.Request, o order) (any, error) {
	kind, ok := faults[o.What]
	if !ok {
		return nil, fmt.Errorf("what %q: not one of those that /_sim/ lists", o.What)
	}
	f := Fault{Kind: kind}
	if code, ok := o.Code.(float64); ok {
		f.Code = int(code)
	}
	if o.For != "" {
		length, err := time.ParseDuration(o.For)
		if err != nil {
			return nil, errors.New("for: such as 30s or 1h")
		}
		f.For = length
	}
	if o.Account == "" {
		return nil, s.net.Disturb(nil, f)
	}
	a, err := s.who(o.Account)
	if err != nil {
		return nil, err
	}
	return nil, s.net.Disturb(a, f)
}
