package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"clubrun/bot/whatsapp"
	"clubrun/cmd/clubrun/gallery"
	"clubrun/cmd/clubrun/story"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
)

// demoOptions are the flags of demo.
type demoOptions struct {
	script, world, out, logLevel, gallery string
	seed                                  int64
}

func demoCommand() *cobra.Command {
	var o demoOptions
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "The whole bot against a simulated WhatsApp and a simulated Garmin",
		Long: "The whole bot against a simulated WhatsApp and a simulated Garmin, in this process: no phone, no\n" +
			"account, no network. Without --script it reads story lines from the terminal and prints what people receive.",
		Example: "  clubrun demo\n  clubrun demo --gallery gallery\n  clubrun demo --script testdata/stories/first-week.txt --out demo-out",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runDemo(cmd, o) },
	}
	cmd.Flags().StringVar(&o.script, "script", "", "play this story and exit; - is standard input")
	cmd.Flags().StringVar(&o.gallery, "gallery", "", "write every picture and every text in every language into this folder, as pages to look at, and exit")
	cmd.Flags().StringVar(&o.world, "world", "", "play in the world of this JSON file")
	cmd.Flags().StringVar(&o.out, "out", "demo-out", "folder for the pictures")
	cmd.Flags().StringVar(&o.logLevel, "log-level", "error", "debug, info, warn or error; the log goes to standard error")
	cmd.Flags().Int64Var(&o.seed, "seed", 1, "other training, other codes")
	return cmd
}

// runDemo reads what is to be read, then leaves this process's time behind.
func runDemo(cmd *cobra.Command, o demoOptions) error {
	if o.gallery != "" {
		return writeGallery(cmd.OutOrStdout(), o.gallery)
	}
	world, err := loadWorld(o.world)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	level, err := zerolog.ParseLevel(o.logLevel)
	if err != nil {
		return &exitError{exitUsage, fmt.Errorf("--log-level: %w", err)}
	}
	var told story.Story
	if o.script != "" {
		if told, err = readStory(o.script, cmd.InOrStdin()); err != nil {
			return &exitError{exitUsage, err}
		}
	}
	data, err := demoFolder()
	if err != nil {
		return err
	}
	log := zerolog.ConsoleWriter{Out: cmd.ErrOrStderr(), TimeFormat: time.DateTime, NoColor: true}
	whatsapp.SignalLog(newLog(cmd.ErrOrStderr(), level))
	options := story.Options{
		World: world, Seed: o.seed, Data: data, Out: cmd.OutOrStdout(), Dir: o.out, Base: filepath.Dir(o.script), Log: log, Level: level,
	}
	story.Bubble(func() int {
		err := inBubble(context.Background(), options, told, o.script != "", cmd.InOrStdin(), cmd.OutOrStdout())
		return ended(err, data, cmd.ErrOrStderr())
	})
	return nil
}

func writeGallery(out io.Writer, dir string) error {
	index, err := gallery.Write(dir)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "Open %s in a browser.\n", index)
	return err
}

func inBubble(ctx context.Context, o story.Options, told story.Story, scripted bool, in io.Reader, out io.Writer) error {
	p, err := story.New(ctx, o)
	if err != nil {
		return err
	}
	if scripted {
		err = p.Play(ctx, told)
	} else {
		err = errors.Join(converse(ctx, p, in, out), p.Inspect(ctx))
	}
	return errors.Join(err, p.Close())
}

// ended says how a demo ended and returns its exit code.
func ended(err error, data string, errs io.Writer) int {
	_ = os.RemoveAll(data)
	if err == nil {
		return exitOK
	}
	fmt.Fprintf(errs, "clubrun: %v\n", err)
	var unreadable *story.Error
	if errors.As(err, &unreadable) {
		return exitUsage
	}
	return exitFailure
}

func loadWorld(path string) (story.World, error) {
	if path == "" {
		return story.Default(), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return story.World{}, err
	}
	defer func() { _ = f.Close() }()
	return story.Load(f)
}

func readStory(path string, in io.Reader) (story.Story, error) {
	if path == "-" {
		return story.Read("standard input", in)
	}
	f, err := os.Open(path)
	if err != nil {
		return story.Story{}, err
	}
	defer func() { _ = f.Close() }()
	return story.Read(path, f)
}

// demoFolder makes a fresh folder that `run` refuses.
func demoFolder() (string, error) {
	dir, err := os.MkdirTemp("", "clubrun-demo-")
	if err != nil {
		return "", fmt.Errorf("demo folder: %w", err)
	}
	return dir, nil
}

const welcome = `It is Wednesday, 9 September 2026, 12:00 in Lisbon. Ana and seven friends are in the group Tuesday Runners,
and the bot is with them. Time stands still while you think. Some lines to type:

  ana: /link chat
  ana: ana@example.org
  ana: ana-pass-1
  ana: {code}
  ana: yes
  linked: all@Tuesday Runners
  ben@Tuesday Runners: /week
  ana@Tuesday Runners: /schedule sun 18:00
  until sun 18:00

Also: wait 2h, restart, kill, garmin ben: down, whatsapp: drop, operator: status, phone: /status, expect: TEXT; the files in
testdata/stories show more. help repeats this. End with Ctrl-D. Pictures are written to the folder named by --out.
`

// converse plays lines as they are typed; one that cannot be played is
// answered and forgotten.
func converse(ctx context.Context, p *story.Player, in io.Reader, out io.Writer) error {
	fmt.Fprint(out, welcome)
	lines := bufio.NewScanner(in)
	for fmt.Fprint(out, "> "); lines.Scan(); fmt.Fprint(out, "> ") {
		if word := strings.Trim(lines.Text(), " /?"); word == "help" || lines.Text() == "?" {
			fmt.Fprint(out, welcome)
			continue
		}
		l, ok, err := story.ParseLine(lines.Text())
		if err == nil && ok {
			err = p.Do(ctx, l)
		}
		if err != nil {
			fmt.Fprintf(out, "  %v\n", err)
		}
	}
	fmt.Fprintln(out)
	return lines.Err()
}
