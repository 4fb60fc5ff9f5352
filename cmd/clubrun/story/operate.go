package story

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"clubrun/cmd/clubrun/control"
	"clubrun/cmd/clubrun/operate"
)

// operate runs a command of the operator beside the running bot, over a pipe
// instead of the socket, and prints what the operator reads.
func (p *Player) operate(ctx context.Context, command string) error {
	words, err := split(command)
	if err != nil {
		return err
	}
	desk := &paper{dir: p.Dir, base: p.Base, file: p.file}
	failed := operate.Nobody("DATA")
	if p.house != nil {
		failed, err = p.command(ctx, words, desk)
	}
	if err != nil {
		return err
	}
	var known *operate.Error
	if failed != nil {
		fmt.Fprintf(desk, "clubrun: %v\n", failed)
	}
	if errors.As(failed, &known) && known.Hint != "" {
		fmt.Fprintf(desk, "clubrun: hint: %s\n", known.Hint)
	}
	p.print(time.Now(), "operator", desk.String())
	return nil
}

// command sends a command to the present life of the bot; failed is what the
// operator is told, err what ends the story. Where the bot is to be killed at
// a point of the command, it is.
func (p *Player) command(ctx context.Context, words []string, out control.Out) (failed, err error) {
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	near, far := net.Pipe()
	life := p.house
	life.hear(far)
	done := make(chan error, 1)
	go func() {
		outcome, err := control.Do(ctx, near, words, out)
		done <- errors.Join(err, operate.FromOutcome(outcome))
	}()
	select {
	case failed = <-done:
	case <-p.struck:
		hangUp()
		<-done //nolint:errcheck // it was cut off
		return control.ErrSilent, p.kill(context.WithoutCancel(ctx))
	}
	if life.halted.Load() {
		return failed, p.stop()
	}
	return failed, nil
}

// paper is what the operator's terminal shows; files lie beside the pictures
// of the story.
type paper struct {
	strings.Builder
	dir   string
	base  string                            // folder of the story
	file  func(name string) ([]byte, error) // what lies beside the story
	given string
	left  []string // files of what is given

	poured []byte // of a file that comes in parts
}

// Give hands over a file that lies beside the story, or one after another those
// of a folder.
func (o *paper) Give(_ context.Context, name string) (control.Given, error) {
	if o.given != name {
		o.given, o.left = name, o.below(name)
	}
	if len(o.left) == 0 {
		o.given = ""
		return control.Given{}, io.EOF
	}
	next := o.left[0]
	o.left = o.left[1:]
	data, err := o.file(next)
	if err != nil {
		return control.Given{Name: next, Reason: "cannot be read"}, nil //nolint:nilerr // it is told
	}
	return control.Given{Name: next, Data: data}, nil
}

// below returns the files of a folder, in the order of their names; the name
// itself where it is none.
func (o *paper) below(name string) (files []string) {
	folder := name
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(o.base, folder)
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return []string{name}
	}
	_ = fs.WalkDir(os.DirFS(folder), ".", func(file string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files = append(files, filepath.Join(name, file))
		}
		return nil // what cannot be read is not there
	})
	return files
}

// Part keeps a file that comes in parts, once it is whole.
func (o *paper) Part(name string, data []byte, last bool) error {
	o.poured = append(o.poured, data...)
	if !last {
		return nil
	}
	whole := o.poured
	o.poured = nil
	return o.File(name, whole)
}

// File keeps a file where the story keeps its pictures.
func (o *paper) File(name string, data []byte) error {
	if o.dir == "" {
		return nil
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(o.dir, filepath.Base(name)), data, 0o644)
}

// split takes a command line apart at its spaces, except between quotes; the
// word clubrun in front may be there or not.
func split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	var quote rune
	inWord := false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, inWord = r, true
		case quote == 0 && unicode.IsSpace(r):
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("the quote %c has no end", quote)
	}
	if inWord {
		words = append(words, word.String())
	}
	if len(words) > 0 && words[0] == "clubrun" {
		words = words[1:]
	}
	return words, nil
}
