package story

import (
	"bytes"
	"encoding/base64"
	"io"
	"strings"
	"sync"

	"clubrun/cmd/clubrun/house"

	"github.com/rs/zerolog"
)

// record is the bot's whole log at debug level: as the rooms wrote it, and as
// an operator sees it.
type record struct {
	raw, shown page
	redactor   *house.Redactor
}

// newRecord returns a record and the log that it keeps. Lines of the level or
// above go to out, too, redacted as JSON; nil drops them.
func newRecord(out io.Writer, level zerolog.Level) (*record, zerolog.Logger) {
	r := &record{}
	var shown io.Writer = &r.shown
	if out != nil {
		shown = zerolog.MultiLevelWriter(&r.shown,
			&zerolog.FilteredLevelWriter{Writer: zerolog.LevelWriterAdapter{Writer: zerolog.SyncWriter(out)}, Level: level})
	}
	r.redactor = &house.Redactor{To: shown, Ring: new(house.Ring)}
	log := zerolog.New(zerolog.MultiLevelWriter(&r.raw, r.redactor)).Level(zerolog.DebugLevel)
	return r, log.With().Timestamp().Logger()
}

// page is a buffer for many writers.
type page struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps a line.
func (p *page) Write(line []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(line)
}

// bytes returns what was kept.
func (p *page) bytes() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return bytes.Clone(p.text.Bytes())
}

func base64Key(text []byte) ([]byte, error) {
	return base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
}
