package whatsapptest

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"
	"go.mau.fi/whatsmeow/util/keys"
)

// served is a server over TLS on loopback, and a client that trusts it.
type served struct {
	t       *testing.T
	net     *Network
	address string
	web     *http.Client
}

func serve(t *testing.T) *served {
	t.Helper()
	dir := t.TempDir()
	config, err := OpenTLS(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skip("no loopback: ", err)
	}
	n, err := New(Options{Seed: 1, Now: time.Now, MediaHost: l.Addr().String()})
	if err != nil {
		t.Fatal(err)
	}
	n.Trust()
	server := NewServer(n)
	done := make(chan error, 1)
	go func() { done <- server.Serve(tls.NewListener(l, config)) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	cert, err := os.ReadFile(filepath.Join(dir, CAFile))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(cert)
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, l.Addr().String())
	}
	web := &http.Client{Transport: &http.Transport{DialContext: dial, TLSClientConfig: &tls.Config{RootCAs: roots}}}
	t.Cleanup(web.CloseIdleConnections)
	return &served{t, n, l.Addr().String(), web}
}

// ask sends a request to /_sim/ and reads the answer into out; it returns the
// status.
func (s *served) ask(path string, what, out any) int {
	s.t.Helper()
	method, data := http.MethodGet, []byte(nil)
	if what != nil {
		var err error
		if data, err = json.Marshal(what); err != nil {
			s.t.Fatal(err)
		}
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, "https://"+s.address+"/_sim/"+path, bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := s.web.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if into, ok := out.(*[]byte); ok {
		*into = raw
	} else if out != nil && json.Unmarshal(raw, out) != nil {
		s.t.Fatalf("%s: %s", path, raw)
	}
	return resp.StatusCode
}

type body map[string]any

func TestAForeignClientNeedsOnlyAddressAndAnchors(t *testing.T) {
	s := serve(t)
	s.net.AddGroup("Tuesday Runners", s.net.AddAccount("15550000002", "Ana"), s.net.AddAccount("15550000001", "bot"))
	identity := keys.NewKeyPair()
	client := whatsmeow.NewClient(newStore(identity, identity.CreateSignedPreKey(1)), nil)
	client.SetPreLoginHTTPClient(s.web)
	client.SetWebsocketHTTPClient(s.web)
	client.SetMediaHTTPClient(s.web)
	ready, got := make(chan bool, 1), make(chan *events.Message, 10)
	client.AddEventHandler(func(raw any) {
		switch e := raw.(type) {
		case *events.QR:
			if status := s.ask("scan", body{"account": "bot", "code": e.Codes[0]}, nil); status != http.StatusOK {
				t.Errorf("scan: status %d", status)
			}
		case *events.Connected:
			ready <- true
		case *events.Message:
			if e.Info.Category != "peer" {
				got <- e
			}
		}
	})
	if err := client.Connect(); err != nil {
		t.Fatal(err)
	}
	<-ready
	picture := bytes.Repeat([]byte("picture"), 1000)
	var sent struct{ ID string }
	s.ask("say", body{"account": "Ana", "to": "bot", "text": "look", "mime": "image/jpeg", "image": picture}, &sent)
	m := <-got
	if m.Info.ID != sent.ID || m.Message.GetImageMessage().GetCaption() != "look" {
		t.Errorf("got %s, want %s", m.Info.ID, sent.ID)
	}
	if host := "https://" + s.address + "/"; !strings.HasPrefix(m.Message.GetImageMessage().GetURL(), host) {
		t.Errorf("the picture is at %s, not at %s", m.Message.GetImageMessage().GetURL(), host)
	}
	if data, err := client.Download(t.Context(), m.Message.GetImageMessage()); err != nil || !bytes.Equal(data, picture) {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if up, err := client.Upload(t.Context(), picture, whatsmeow.MediaImage); err != nil || !strings.HasPrefix(up.URL, "https://"+s.address+"/") {
		t.Errorf("uploaded to %s, %v", up.URL, err)
	}
	client.Disconnect()
}

// await asks until what is told is as it should be, or for long enough.
func (s *served) await(path string, into any, done func() bool) {
	s.t.Helper()
	for range 1000 {
		if s.ask(path, nil, into); done() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestPeopleActOverHTTP(t *testing.T) {
	s := serve(t)
	ana, ben := s.net.AddAccount("15550000002", "Ana"), s.net.AddAccount("15550000003", "Ben")
	s.net.AddAccount("15550000004", "Zoe")
	g := s.net.AddGroup("Tuesday Runners", ana, ben)
	for _, name := range []string{"Ana", "+15550000003"} {
		if status := s.ask("link", body{"account": name}, nil); status != http.StatusOK {
			t.Fatalf("link %s: status %d", name, status)
		}
	}
	var sent struct{ ID string }
	s.ask("say", body{"account": "ana", "to": "Tuesday Runners", "text": "hi"}, &sent)
	var list []receivedLine
	s.await("received?account=Ben", &list, func() bool { return len(list) > 0 })
	if len(list) != 1 || list[0].ID != sent.ID || list[0].Text != "hi" || list[0].Chat != g.JID().String() || list[0].From != ana.LID().String() {
		t.Errorf("Ben received %+v", list)
	}
	for _, status := range []int{
		s.ask("react", body{"account": "Ben", "id": sent.ID, "text": "👍"}, nil),
		s.ask("read", body{"account": "Ben", "id": sent.ID}, nil),
	} {
		if status != http.StatusOK {
			t.Errorf("status %d", status)
		}
	}
	var receipts []receiptLine // before Ben is blocked and leaves, either of which may overtake them
	s.await("receipts?account=Ana&id="+sent.ID, &receipts, func() bool { return len(receipts) > 1 })
	if len(receipts) < 2 || receipts[len(receipts)-1].Kind != "read" {
		t.Errorf("receipts %+v", receipts)
	}
	for _, status := range []int{
		s.ask("group", body{"group": "Tuesday Runners", "by": "Ana", "do": "add", "who": "Zoe"}, nil),
		s.ask("group", body{"group": "Tuesday Runners", "by": "Ana", "do": "promote", "who": "Ben"}, nil),
		s.ask("group", body{"group": "Tuesday Runners", "by": "Ana", "do": "rename", "text": "Wednesday Runners"}, nil),
		s.ask("group", body{"group": "New", "by": "Ana", "do": "create"}, nil),
		s.ask("block", body{"account": "Ana", "who": "Ben"}, nil),
		s.ask("offline", body{"account": "Ben"}, nil),
		s.ask("disturb", body{"account": "Ana", "what": "refuse", "code": 463}, nil),
	} {
		if status != http.StatusOK {
			t.Errorf("status %d", status)
		}
	}
	if len(g.Members()) != 3 || !g.IsAdmin(ben) || g.Name() != "Wednesday Runners" || len(s.net.Groups()) != 2 {
		t.Errorf("group %s of %d", g.Name(), len(g.Members()))
	}
	var refusal struct{ Error string }
	if s.ask("say", body{"account": "Ana", "to": "Zoe", "text": "x"}, &refusal) != http.StatusBadRequest || !strings.Contains(refusal.Error, "463") {
		t.Errorf("a disturbed account says %+v", refusal)
	}
	var people []accountLine
	if s.ask("accounts", nil, &people); len(people) != 3 || people[0].Phone != "15550000002" || len(people[0].Devices) != 1 || len(people[2].Devices) != 0 {
		t.Errorf("accounts %+v", people)
	}
	var accepted []acceptedLine
	if s.ask("accepted", nil, &accepted); len(accepted) != 2 || accepted[1].Type != "reaction" {
		t.Errorf("accepted %+v", accepted)
	}
}

func TestWrongOrdersAreRefused(t *testing.T) {
	s := serve(t)
	s.net.AddAccount("15550000002", "Ana")
	s.net.AddGroup("Club", s.net.AddAccount("15550000003", "Ben"))
	for _, c := range []struct {
		path string
		body any
		want int
	}{
		{"say", body{"account": "Nobody", "to": "Ana", "text": "x"}, http.StatusNotFound},
		{"say", body{"account": "Ana", "to": "Nowhere", "text": "x"}, http.StatusNotFound},
		{"say", body{"account": "Ana", "too": "Ana"}, http.StatusBadRequest},
		{"say", "not an object", http.StatusBadRequest},
		{"scan", body{"account": "Ana", "code": "no code"}, http.StatusBadRequest},
		{"group", body{"group": "Club", "by": "Ana", "do": "add", "who": "Ana"}, http.StatusBadRequest},
		{"group", body{"group": "Club", "by": "Ben", "do": "dissolve", "who": "Ana"}, http.StatusBadRequest},
		{"disturb", body{"what": "weather"}, http.StatusBadRequest},
		{"disturb", body{"what": "refuse"}, http.StatusBadRequest},
		{"disturb", body{"what": "outage", "for": "long"}, http.StatusBadRequest},
		{"received?account=Nobody", nil, http.StatusNotFound},
		{"nothing", nil, http.StatusNotFound},
		{"say", nil, http.StatusMethodNotAllowed},
	} {
		var raw []byte
		if got := s.ask(c.path, c.body, &raw); got != c.want {
			t.Errorf("%s %v: status %d, want %d: %s", c.path, c.body, got, c.want, raw)
		}
	}
	var help []byte
	if s.ask("", nil, &help); string(help) != Control {
		t.Errorf("help is %q", help)
	}
}

func TestTheAuthorityIsKeptAndSpeaksForNobodyElse(t *testing.T) {
	dir := t.TempDir()
	first, err := OpenTLS(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	second, err := OpenTLS(dir, time.Now())
	if err != nil || !bytes.Equal(first.Certificates[0].Certificate[1], second.Certificates[0].Certificate[1]) {
		t.Errorf("another authority, %v", err)
	}
	if info, err := os.Stat(filepath.Join(dir, keyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's mode: %v, %v", info.Mode(), err)
	}
	ca, err := x509.ParseCertificate(first.Certificates[0].Certificate[1])
	if err != nil || !ca.PermittedDNSDomainsCritical || len(ca.PermittedDNSDomains) == 0 {
		t.Errorf("the authority may speak for %v, %v", ca.PermittedDNSDomains, err)
	}
	if _, err := OpenTLS(dir, time.Now().AddDate(caYears+1, 0, 0)); err == nil {
		t.Error("an authority that is out of date is used")
	}
	if err := os.Remove(filepath.Join(dir, keyFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenTLS(dir, time.Now()); err == nil {
		t.Error("an authority without its key was replaced")
	}
}
