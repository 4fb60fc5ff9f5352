package whatsapptest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"go.mau.fi/whatsmeow/types"
)

// Control is what /_sim/ answers, one line for each: method, path, what it
// takes and gives. Accounts are named by name, number or address, groups by
// name or address; whoever is to say or receive something is linked by a client
// of his own at first use, and receives from then on.
const Control = `GET  /_sim/accounts   people: name, number, addresses, linked clients, what waits for them
GET  /_sim/groups     groups: name, address, members, admins
GET  /_sim/accepted   all that people can see, in order of acceptance
GET  /_sim/received?account=Ana            what Ana received since she was linked
GET  /_sim/receipts?account=Ana&id=ID      who got what Ana sent
GET  /_sim/file?account=Ana&id=ID          the decrypted file of a message that Ana received
POST /_sim/scan     {"account":"bot","code":"…"}                the phone scans a QR code
POST /_sim/link     {"account":"Ana"}                           links Ana, or brings her back online
POST /_sim/offline  {"account":"Ana"}                           takes her offline
POST /_sim/say      {"account":"Ana","to":"bot","text":"hi"}    a text, or with "image":"<base64>" a picture
POST /_sim/read     {"account":"Ana","id":"…"}                  a read receipt
POST /_sim/react    {"account":"Ana","id":"…","text":"👍"}      a reaction to what Ana received
POST /_sim/group    {"group":"Tuesday Runners","by":"Ana","do":"add","who":"Zoe"}
                    do: create, add, remove, promote, demote, leave, rename, announce, open
POST /_sim/block    {"account":"Ana","who":"bot"}               Ana blocks the bot; "on":false ends that
POST /_sim/disturb  {"account":"","what":"drop"}                ok, drop, silent, lose-ack, refuse (code), failure (code, for),
                    logout, replaced, outage; an empty account is everybody
`

// maxOrder bounds the body of a request to /_sim/: a picture in base64.
const maxOrder = 32 << 20

// order is the body of a POST to /_sim/.
type order struct {
	Account string `json:"account"`
	To      string `json:"to"`
	Text    string `json:"text"`
	Image   []byte `json:"image"`
	Mime    string `json:"mime"`
	ID      string `json:"id"`
	Code    any    `json:"code"` // a QR code's text, or a number
	Group   string `json:"group"`
	By      string `json:"by"`
	Do      string `json:"do"`
	Who     string `json:"who"`
	What    string `json:"what"`
	For     string `json:"for"`
	On      *bool  `json:"on"`
}

func (s *Server) control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /_sim/{$}", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, Control) })
	for path, answer := range map[string]func(*http.Request) (any, error){
		"accounts": s.listAccounts, "groups": s.listGroups, "accepted": s.listAccepted,
		"received": s.listReceived, "receipts": s.listReceipts,
	} {
		mux.HandleFunc("GET /_sim/"+path, func(w http.ResponseWriter, r *http.Request) { reply(w)(answer(r)) })
	}
	mux.HandleFunc("GET /_sim/file", s.serveFile)
	for path, act := range map[string]func(*http.Request, order) (any, error){
		"scan": s.scan, "link": s.link, "offline": s.takeOffline, "say": s.say, "read": s.read, "react": s.react,
		"group": s.changeGroup, "block": s.block, "disturb": s.disturb,
	} {
		mux.HandleFunc("POST /_sim/"+path, func(w http.ResponseWriter, r *http.Request) {
			var o order
			d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxOrder))
			d.DisallowUnknownFields()
			if err := d.Decode(&o); err != nil {
				reply(w)(nil, fmt.Errorf("body: %w", err))
				return
			}
			reply(w)(act(r, o))
		})
	}
	return mux
}

// reply writes a value, or an error as {"error": …} with status 400, or 404
// for who or what is not there.
func reply(w http.ResponseWriter) func(any, error) {
	return func(v any, err error) {
		w.Header().Set("Content-Type", "application/json")
		if err != nil {
			status := http.StatusBadRequest
			if errors.Is(err, errUnknown) {
				status = http.StatusNotFound
			}
			w.WriteHeader(status)
			v = map[string]string{"error": err.Error()}
		}
		if v == nil {
			v = struct{}{}
		}
		_ = json.NewEncoder(w).Encode(v)
	}
}

var errUnknown = errors.New("nobody and nothing of that name")

// who finds an account by name, number or address.
func (s *Server) who(name string) (*Account, error) {
	if j, err := types.ParseJID(name); err == nil && j.User != "" {
		if a, ok := s.net.AccountOf(j); ok {
			return a, nil
		}
	}
	if a, ok := s.net.Account(strings.TrimPrefix(name, "+")); ok {
		return a, nil
	}
	if a := s.net.named(name); a != nil {
		return a, nil
	}
	return nil, fmt.Errorf("account %q: %w", name, errUnknown)
}

// named returns the first account that was made under a name, whatever it
// calls itself today.
func (n *Network) named(name string) *Account {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, a := range n.accounts {
		if strings.EqualFold(a.first, name) || strings.EqualFold(a.name, name) {
			return a
		}
	}
	return nil
}

// which finds a group by name or address.
func (s *Server) which(name string) (*Group, error) {
	for _, g := range s.net.Groups() {
		if strings.EqualFold(g.Name(), name) || g.JID().String() == name {
			return g, nil
		}
	}
	return nil, fmt.Errorf("group %q: %w", name, errUnknown)
}

// chatOf finds the address of a group or a person.
func (s *Server) chatOf(name string) (types.JID, error) {
	if g, err := s.which(name); err == nil {
		return g.JID(), nil
	}
	a, err := s.who(name)
	if err != nil {
		return types.EmptyJID, err
	}
	return a.LID(), nil
}
