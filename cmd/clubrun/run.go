package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"clubrun/bot/whatsapp"
	"clubrun/cmd/clubrun/house"
	"clubrun/cmd/clubrun/story"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
)

func runCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run the bot: pair, receive, answer, sync, post",
		Long: "Run the bot until it is interrupted. At the first start it shows a QR code: on the phone with the\n" +
			"bot's number open WhatsApp, Linked devices, Link a device, and scan it. Use a spare number.",
		Example: "  clubrun run\n  clubrun run --data /srv/clubrun --zone Europe/Berlin",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			err := runBot(cmd.Context(), cmd)
			code := exitCode(cmd.Context(), err)
			if code == exitInterrupted {
				return nil // it was told to stop before it had begun
			}
			if code >= exitInUse && code <= exitCorrupt {
				fmt.Fprintf(cmd.ErrOrStderr(), "clubrun: %v\nclubrun: ending in %s, so that restarts stay slow\n", err, slowExit)
				wait(cmd.Context(), slowExit)
			}
			return err
		},
	}
	settingFlags(cmd)
	return cmd
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

func runBot(ctx context.Context, cmd *cobra.Command) error {
	s, err := configure(cmd)
	if err != nil {
		return err
	}
	if err := refuse(s.Data); err != nil {
		return err
	}
	if err := harden(s.Data); err != nil {
		return err
	}
	log, redactor := redactedLog(cmd.ErrOrStderr(), s.LogLevel, s.LogFormat)
	whatsapp.SignalLog(log)
	h, err := house.Open(ctx, s, house.Outside{
		Now: time.Now, Seed: uint64(time.Now().UnixNano()), Secrets: rand.Reader,
		Version: version, Log: log, Redactor: redactor, QR: (&greeting{to: cmd.OutOrStdout(), settings: s}).show,
	})
	if err != nil {
		return err
	}
	log.Info().Str("data", s.Data).Str("listen", s.Listen).Str("version", version).Msg("clubrun is running")
	if err := errors.Join(listening(ctx, h, log), h.Close()); err != nil && ctx.Err() == nil {
		return err
	} else if err != nil {
		log.Warn().Err(err).Msg("not everything ended well; what was acknowledged is kept")
	}
	log.Info().Msg("clubrun has stopped")
	return nil
}

// refuse keeps the real bot off the simulated world: neither a folder that a
// demo has used, nor a process that trusts a simulated WhatsApp.
func refuse(data string) error {
	if err := refuseDemo(data); err != nil {
		return err
	}
	if !whatsapp.Genuine() {
		return &house.ConfigError{Err: errors.New("this process does not trust WhatsApp's own key; it will not contact WhatsApp")}
	}
	return nil
}

// refuseDemo keeps the tokens of a simulated Garmin off the real one.
func refuseDemo(data string) error {
	if _, err := os.Stat(filepath.Join(data, story.Mark)); err == nil {
		return &house.ConfigError{Err: fmt.Errorf("%s belongs to a demo; give the real bot a folder of its own with --data", data)}
	}
	return nil
}

// newLog makes a log that nobody's secrets or numbers pass.
func newLog(w io.Writer, level zerolog.Level) zerolog.Logger {
	log, _ := redactedLog(w, level, house.LogText)
	return log
}

// redactedLog returns with the log what redacts it, which wants a key.
func redactedLog(w io.Writer, level zerolog.Level, format string) (zerolog.Logger, *house.Redactor) {
	redactor := &house.Redactor{Ring: new(house.Ring), To: w}
	if format != house.LogJSON {
		redactor.To = zerolog.ConsoleWriter{Out: w, TimeFormat: time.DateTime, NoColor: true}
	}
	return zerolog.New(redactor).Level(level).With().Timestamp().Logger(), redactor
}
