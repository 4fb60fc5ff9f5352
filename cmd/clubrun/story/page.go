package story

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base32"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/cmd/clubrun/house"
)

// choose applies the settings that the story chose.
func (p *Player) choose(s *house.Settings) error {
	for _, c := range p.choices {
		found := false
		for _, known := range house.Choices() {
			if known.Name == c[0] {
				found = true
				if err := known.Set(s, c[1]); err != nil {
					return fmt.Errorf("setting %s: %w", c[0], err)
				}
			}
		}
		if !found {
			return fmt.Errorf("there is no setting %s", c[0])
		}
	}
	return s.Check()
}

// token makes the addresses of pages, from the seed: equal stories have equal
// transcripts.
func (p *Player) token() string {
	p.tokens++
	sum := sha256.Sum256(fmt.Appendf(nil, "page %d of seed %d", p.tokens, p.Seed))
	return base32.StdEncoding.EncodeToString(sum[:16])[:26]
}

// open opens the page whose address the bot last sent somebody and types into
// it what follows: an e-mail address and a password. "the page" only looks.
func (p *Player) open(ctx context.Context, a Action) error {
	who, err := p.find(a.Who)
	if err != nil {
		return err
	}
	address := who.page
	if address == "" {
		return fmt.Errorf("the bot has sent %s no page", who.Name)
	}
	body, err := p.visit(ctx, http.MethodGet, address, nil)
	typed := strings.TrimSpace(strings.TrimPrefix(a.Text, "the page"))
	if typed != "" && err == nil {
		email, password, _ := strings.Cut(typed, " ")
		body, err = p.visit(ctx, http.MethodPost, address, url.Values{"email": {email}, "password": {password}})
	}
	if err != nil {
		return err
	}
	p.print(time.Now(), "page -> "+who.key(), body)
	p.heard = append(p.heard, hearing{whatsapptest.Received{Kind: "page", Text: body}})
	return nil
}

var (
	linkOfPage = regexp.MustCompile(`https?://\S+/l/\S+`)
	unseen     = regexp.MustCompile(`(?s)<(style|title)>.*?</(style|title)>`)
	tags       = regexp.MustCompile(`<[^>]*>`)
)

// visit asks the bot's web server for a page, as a browser would over https,
// and returns what it says.
func (p *Player) visit(ctx context.Context, method, address string, form url.Values) (string, error) {
	handler := p.house.Pages()
	if handler == nil {
		return "", errors.New("the bot has no pages")
	}
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	if r.URL.Scheme == "https" {
		r.TLS = &tls.ConnectionState{}
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	screen := &screen{head: http.Header{}}
	handler.ServeHTTP(screen, r)
	text := html.UnescapeString(tags.ReplaceAllString(unseen.ReplaceAllString(screen.String(), ""), ""))
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n"), nil
}

// screen is what a browser shows.
type screen struct {
	strings.Builder
	head http.Header
}

// Header is what nobody looks at.
func (s *screen) Header() http.Header { return s.head }

// WriteHeader shows nothing.
func (s *screen) WriteHeader(int) {}
