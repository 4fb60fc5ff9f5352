package whatsapptest

import (
	"net/http"
	"time"
)

// accountLine is an account as /_sim/accounts tells it.
type accountLine struct {
	Name    string   `json:"name"`
	Phone   string   `json:"phone"`
	PN      string   `json:"pn"`
	LID     string   `json:"lid"`
	Devices []uint16 `json:"devices"`
	Waiting int      `json:"waiting"` // stanzas
}

func (s *Server) listAccounts(*http.Request) (any, error) {
	all := s.net.Accounts()
	out := make([]accountLine, len(all))
	for i, a := range all {
		out[i] = accountLine{a.Name(), a.phone(), a.PN().String(), a.LID().String(), a.Devices(), a.Waiting()}
	}
	return out, nil
}

// groupLine is a group as /_sim/groups tells it.
type groupLine struct {
	Name    string   `json:"name"`
	JID     string   `json:"jid"`
	Members []string `json:"members"`
	Admins  []string `json:"admins"`
}

func (s *Server) listGroups(*http.Request) (any, error) {
	out := []groupLine{}
	for _, g := range s.net.Groups() {
		line := groupLine{Name: g.Name(), JID: g.JID().String(), Members: []string{}, Admins: []string{}}
		for _, a := range g.Members() {
			line.Members = append(line.Members, a.Name())
			if g.IsAdmin(a) {
				line.Admins = append(line.Admins, a.Name())
			}
		}
		out = append(out, line)
	}
	return out, nil
}

// acceptedLine is a message that the server accepted.
type acceptedLine struct {
	Seq  int       `json:"seq"`
	At   time.Time `json:"at"`
	ID   string    `json:"id"`
	From string    `json:"from"`
	Chat string    `json:"chat"`
	To   []string  `json:"to"`
	Type string    `json:"type"`
}

func (s *Server) listAccepted(*http.Request) (any, error) {
	out := []acceptedLine{}
	for _, m := range s.net.Accepted() {
		line := acceptedLine{Seq: m.Seq, At: m.At, ID: m.ID, From: m.From.Name(), Chat: m.Chat.String(), To: []string{}, Type: m.Type}
		for _, a := range m.To {
			line.To = append(line.To, a.Name())
		}
		out = append(out, line)
	}
	return out, nil
}

// receivedLine is a message as a persona decrypted it.
type receivedLine struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	Chat    string    `json:"chat"`
	From    string    `json:"from"`
	Name    string    `json:"name"`
	FromMe  bool      `json:"from_me,omitempty"`
	Kind    string    `json:"kind"`
	Text    string    `json:"text,omitempty"`
	Target  string    `json:"target,omitempty"`
	Quoted  string    `json:"quoted,omitempty"`
	Mime    string    `json:"mime,omitempty"`
	Size    int       `json:"size,omitempty"`
	Retries int       `json:"retries,omitempty"`
}

func (s *Server) listReceived(r *http.Request) (any, error) {
	p, err := s.actor(r, r.URL.Query().Get("account"))
	if err != nil {
		return nil, err
	}
	out := []receivedLine{}
	for _, m := range p.Messages() {
		out = append(out, receivedLine{
			ID: m.ID, At: m.At, Chat: m.Chat.String(), From: m.From.String(), Name: m.Name, FromMe: m.FromMe, Kind: m.Kind,
			Text: m.Text, Target: m.Target, Quoted: m.Quoted, Mime: m.Mime, Size: m.Size, Retries: m.Retries,
		})
	}
	return out, nil
}

// receiptLine is a receipt: delivered has an empty kind.
type receiptLine struct {
	Chat string `json:"chat"`
	From string `json:"from"`
	Kind string `json:"kind"`
}

func (s *Server) listReceipts(r *http.Request) (any, error) {
	p, err := s.actor(r, r.URL.Query().Get("account"))
	if err != nil {
		return nil, err
	}
	out := []receiptLine{}
	for _, x := range p.Receipts(r.URL.Query().Get("id")) {
		out = append(out, receiptLine{x.Chat.String(), x.From.String(), string(x.Kind)})
	}
	return out, nil
}

// serveFile hands out the file of a message that a persona received.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	p, err := s.actor(r, r.URL.Query().Get("account"))
	if err != nil {
		reply(w)(nil, err)
		return
	}
	data, err := p.Download(r.Context(), r.URL.Query().Get("id"))
	if err != nil {
		reply(w)(nil, err)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(data)
}
