package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"clubrun/cmd/clubrun/control"
	"clubrun/cmd/clubrun/house"
	"clubrun/cmd/clubrun/operate"
	"clubrun/store"
	"clubrun/store/sqlite"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

// operatorCommands are the commands that work beside a running instance. It
// runs them itself when there is one; otherwise those that only need the
// database are run here.
func operatorCommands() []*cobra.Command {
	all := operate.Commands(reach)
	for _, cmd := range all {
		settle(cmd)
		for _, sub := range cmd.Commands() {
			settle(sub)
		}
	}
	return all
}

// settle gives a command the settings that it needs, and completion of names.
func settle(cmd *cobra.Command) {
	if cmd.HasSubCommands() && !cmd.Flags().HasFlags() {
		return
	}
	settingFlags(cmd, "DATA", "KEY")
	if cmd.Flags().Lookup("group") != nil {
		_ = cmd.RegisterFlagCompletionFunc("group", completeGroups)
	}
	if cmd.Flags().Lookup("member") != nil {
		_ = cmd.RegisterFlagCompletionFunc("member", completeMembers)
	}
	if cmd.Use == "allow NAME" || cmd.Use == "forbid NAME" {
		cmd.ValidArgsFunction = completeGroups
	}
}

// reach runs a command where it can be run.
func reach(cmd *cobra.Command, c *operate.Call) (err error) {
	if c.World != "" {
		return previewWorld(cmd.Context(), c, terminal{cmd.OutOrStdout(), c.To})
	}
	s, err := configure(cmd)
	if err != nil {
		return err
	}
	if c.Secret {
		if err := harden(s.Data); err != nil {
			return err
		}
	}
	out := newConsole(cmd, c.To, c.Files)
	if c.Exports() {
		if err := out.takeFile(c.To, c.Binary()); err != nil {
			return err
		}
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	err = ask(cmd.Context(), s.Data, c, out)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return house.Unusable(s.Data, err)
	case !errors.Is(err, control.ErrAbsent):
		return err
	case c.Live:
		return absent(s.Data)
	case c.House:
		return quiet(cmd.Context(), s, c, out)
	}
	return alone(cmd.Context(), s, c, out)
}

// ask has the running instance run a command. It is control.ErrAbsent where
// there is none.
func ask(ctx context.Context, data string, c *operate.Call, out control.Out) error {
	conn, err := control.Dial(ctx, data)
	if err != nil {
		return err
	}
	outcome, err := control.Do(ctx, conn, c.Words, out)
	if err == nil {
		err = operate.FromOutcome(outcome)
	}
	if err != nil || c.Name != "stop" {
		return err
	}
	return awaitEnd(ctx, data, out)
}

// absent is the error where no instance can be asked: there is none, or it
// holds the data folder and does not listen, as in its first seconds.
func absent(data string) error {
	if err := house.InUse(data); err != nil {
		return err
	}
	return operate.Nobody(data)
}

// An instance that was told to stop sends what it is sending and closes its
// files; a container is given this long, too.
const (
	endLimit = 15 * time.Second
	endPause = 50 * time.Millisecond
)

// awaitEnd waits until a stopping instance has let the data folder go.
func awaitEnd(ctx context.Context, data string, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, endLimit)
	defer cancel()
	for house.InUse(data) != nil {
		wait(ctx, endPause)
		if ctx.Err() != nil {
			return fmt.Errorf("it has not ended yet: %w", house.InUse(data))
		}
	}
	_, err := fmt.Fprintln(out, "It has stopped.")
	return err
}

// alone runs a command on the database of a folder on which no instance runs,
// and keeps one from starting meanwhile.
func alone(ctx context.Context, s house.Settings, c *operate.Call, out control.Out) (err error) {
	if err := errors.Join(kept(s), house.Usable(s.Data)); err != nil {
		return err
	}
	lock, err := house.Lock(s.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	key, err := house.MasterKey(s, rand.Reader)
	if err != nil {
		return err
	}
	voice, err := s.Voice()
	if err != nil {
		return err
	}
	db, err := sqlite.Open(ctx, filepath.Join(s.Data, "clubrun.db"), sqlite.Options{Key: key, Rand: rand.Reader, Now: time.Now, Log: zerolog.Nop(), Groups: s.Groups()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return c.Run(ctx, &operate.Desk{DB: db, Now: time.Now, Zone: s.Zone, Voice: voice, Version: version, Files: os.DirFS(s.Data)}, out)
}

// quiet runs a command in a house that does not run: it speaks to Garmin, and
// to nobody in WhatsApp.
func quiet(ctx context.Context, s house.Settings, c *operate.Call, out control.Out) (err error) {
	if err := errors.Join(kept(s), refuseDemo(s.Data)); err != nil {
		return err
	}
	s.Listen = ""
	h, err := house.Open(ctx, s, house.Outside{
		Now: time.Now, Seed: uint64(time.Now().UnixNano()), Secrets: rand.Reader, Log: zerolog.Nop(), QR: func(string) {},
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	return c.Run(ctx, operate.Running(h, version, time.Now, nil), out)
}

// kept refuses a folder in which nothing is kept yet: looking makes nothing.
func kept(s house.Settings) error {
	_, err := os.Stat(filepath.Join(s.Data, "clubrun.db"))
	if errors.Is(err, fs.ErrPermission) {
		return house.Unusable(s.Data, err)
	}
	if err != nil {
		return &operate.Error{
			Code: exitFailure, Err: fmt.Errorf("no database is in %s: %w", s.Data, errors.Unwrap(err)),
			Hint: "clubrun run makes it at its first start; another folder is named with --data",
		}
	}
	if _, err := os.Stat(filepath.Join(s.Data, "secret.key")); err != nil && s.Key.Reveal() == "" {
		return fmt.Errorf("%w: secret.key is not in %s", store.ErrWrongKey, s.Data)
	}
	return nil
}

// terminal prints text, and writes files to a folder.
type terminal struct {
	io.Writer
	folder string
}

// File writes a file.
func (t terminal) File(name string, data []byte) error {
	if err := os.MkdirAll(t.folder, 0o750); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(t.folder, filepath.Base(name)), data, 0o600)
}

// listening runs a house and hears commands for it until it ends, by itself,
// by ctx or by the command stop.
func listening(ctx context.Context, h *house.House, log zerolog.Logger) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	socket, err := control.Listen(ctx, h.Settings.Data)
	if err != nil {
		log.Warn().Err(err).Msg("commands cannot reach this instance")
		return h.Run(ctx)
	}
	g, ctx := errgroup.WithContext(ctx)
	server := &control.Server{Handle: operate.Running(h, version, time.Now, stop).Handle, Log: log}
	g.Go(func() error {
		if err := server.Run(ctx, socket); err != nil {
			log.Error().Err(err).Msg("commands cannot reach this instance any more")
		}
		return nil
	})
	g.Go(func() error {
		defer stop()
		return h.Run(ctx)
	})
	return g.Wait()
}

func completeGroups(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	return completed(cmd, []string{"groups", "-o", "json"}, typed)
}

func completeMembers(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	return completed(cmd, []string{"members", "-o", "json"}, typed)
}

// completed offers the names of a list, as far as they go on with what was
// typed.
func completed(cmd *cobra.Command, list []string, typed string) ([]string, cobra.ShellCompDirective) {
	if data := cmd.Flags().Lookup("data"); data != nil && data.Changed {
		list = append(list, "--data", data.Value.String())
	}
	var out bytes.Buffer
	if execute(cmd.Context(), list, nil, &out, io.Discard) != exitOK {
		return nil, cobra.ShellCompDirectiveError
	}
	return operate.Names(out.Bytes(), typed), cobra.ShellCompDirectiveNoFileComp
}
