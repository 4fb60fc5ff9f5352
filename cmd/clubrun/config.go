package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"clubrun/cmd/clubrun/house"
	"clubrun/store"

	"github.com/BurntSushi/toml"
	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
)

// setting is one choice of the operator: a flag, an environment variable
// CLUBRUN_<NAME>, a file named by CLUBRUN_<NAME>_FILE, or a line of
// clubrun.toml, in this order.
type setting struct {
	name string // upper case, as in the environment
	help string
	set  func(s *house.Settings, value string) error
}

func settings() []setting {
	return []setting{
		{"DATA", "folder of all that is kept", text(func(s *house.Settings) *string { return &s.Data })},
		{"LISTEN", "address of the web server, such as 127.0.0.1:8080, or off", listen},
		{"KEY", "master key, 32 bytes in base64 (default: DATA/secret.key, made at first start)", func(s *house.Settings, v string) error { s.Key = store.Secret(v); return nil }},
		{"LANGUAGE", "language of groups that chose none: en, de, es, pt, fr, it or nl", text(func(s *house.Settings) *string { return &s.Language })},
		{"ZONE", "time zone of groups that chose none, such as Europe/Lisbon", text(func(s *house.Settings) *string { return &s.Zone })},
		{"UNITS", "km, mi or both, for groups that chose none", text(func(s *house.Settings) *string { return &s.Units })},
		{"CHAT_PASSWORDS", "may a member type the Garmin password into the direct chat: auto, on or off", text(func(s *house.Settings) *string { return &s.ChatPasswords })},
		{"SYNC_EVERY", "how often Garmin is asked: 1h, or a cron line", text(func(s *house.Settings) *string { return &s.SyncEvery })},
		{"GARMIN_PACE", "pause between two requests of one account, at least 1s", span(func(s *house.Settings) *time.Duration { return &s.GarminPace })},
		{"BACKFILL", "how far back the first sync reads, such as 365d", span(func(s *house.Settings) *time.Duration { return &s.Backfill })},
		{"KEEP_FILES", "whose activity files are kept: asked (who said /files on), none or all", text(func(s *house.Settings) *string { return &s.KeepFiles })},
		{"ALLOW_GROUPS", "who starts the bot in a group: admins (once the operator allowed the group) or any", text(func(s *house.Settings) *string { return &s.AllowGroups })},
		{"SEND", "on, or off for a dry run in which nothing is sent", onOff(func(s *house.Settings) *bool { return &s.Send })},
		{"OPERATOR_NAME", "name by which members are told who runs this bot", text(func(s *house.Settings) *string { return &s.OperatorName })},
		{"ADVANCED", "TOML file of own rules, prizes, templates and words", text(func(s *house.Settings) *string { return &s.Advanced })},
		{"LOG_LEVEL", "debug, info, warn or error", logLevel},
	}
}

func text(field func(*house.Settings) *string) func(*house.Settings, string) error {
	return func(s *house.Settings, v string) error { *field(s) = v; return nil }
}

func listen(s *house.Settings, v string) error {
	if v == "off" {
		v = ""
	}
	s.Listen = v
	return nil
}

func span(field func(*house.Settings) *time.Duration) func(*house.Settings, string) error {
	return func(s *house.Settings, v string) error {
		if days, ok := strings.CutSuffix(v, "d"); ok {
			if n, err := strconv.Atoi(days); err == nil && n > 0 {
				*field(s) = time.Duration(n) * 24 * time.Hour
				return nil
			}
		}
		d, err := time.ParseDuration(v)
		if err != nil || d < 0 {
			return fmt.Errorf("%q is no span of time, such as 2s, 1h or 30d", v)
		}
		*field(s) = d
		return nil
	}
}

func onOff(field func(*house.Settings) *bool) func(*house.Settings, string) error {
	return func(s *house.Settings, v string) error {
		switch strings.ToLower(v) {
		case "on", "off":
			*field(s) = strings.EqualFold(v, "on")
			return nil
		}
		return fmt.Errorf("%q is neither on nor off", v)
	}
}

func logLevel(s *house.Settings, v string) error {
	level, err := zerolog.ParseLevel(strings.ToLower(v))
	if err != nil || v == "" {
		return fmt.Errorf("%q is none of debug, info, warn, error", v)
	}
	s.LogLevel = level
	return nil
}

func (s setting) flag() string { return strings.ReplaceAll(strings.ToLower(s.name), "_", "-") }
func (s setting) key() string  { return strings.ToLower(s.name) }
func (s setting) env() string  { return "CLUBRUN_" + s.name }

// settingFlags gives a command a flag for each of the named settings, or for
// all of them.
func settingFlags(cmd *cobra.Command, names ...string) {
	for _, s := range settings() {
		if len(names) == 0 || slices.Contains(names, s.name) {
			cmd.Flags().String(s.flag(), "", s.help)
		}
	}
}

// configure reads the settings of a command. The data folder is settled first,
// because clubrun.toml lies in it.
func configure(cmd *cobra.Command) (house.Settings, error) {
	s := house.Defaults()
	s.Listen = house.LocalWeb
	all := settings()
	if err := applyOutside(cmd, all[:1], &s); err != nil {
		return s, err
	}
	if err := applyFile(filepath.Join(s.Data, "clubrun.toml"), all[1:], &s); err != nil {
		return s, err
	}
	if err := applyOutside(cmd, all[1:], &s); err != nil {
		return s, err
	}
	if err := s.Check(); err != nil {
		return s, &house.ConfigError{Err: err}
	}
	return s, nil
}

// applyOutside applies flags and the environment.
func applyOutside(cmd *cobra.Command, list []setting, s *house.Settings) error {
	for _, one := range list {
		value, from, err := outside(cmd, one)
		if err == nil && from != "" {
			err = one.set(s, value)
		}
		if err != nil {
			return &house.ConfigError{Err: fmt.Errorf("%s: %w", from, err)}
		}
	}
	return nil
}

func outside(cmd *cobra.Command, s setting) (value, from string, err error) {
	if f := cmd.Flags().Lookup(s.flag()); f != nil && f.Changed {
		return f.Value.String(), "--" + s.flag(), nil
	}
	if v, ok := os.LookupEnv(s.env()); ok && v != "" {
		return v, s.env(), nil
	}
	if path := os.Getenv(s.env() + "_FILE"); path != "" {
		data, err := os.ReadFile(path)
		return strings.TrimSpace(string(data)), s.env() + "_FILE", err
	}
	return "", "", nil
}

// applyFile applies clubrun.toml where there is one.
func applyFile(path string, list []setting, s *house.Settings) error {
	var lines map[string]any
	if _, err := toml.DecodeFile(path, &lines); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if errors.Is(err, fs.ErrPermission) {
			return house.Unusable(filepath.Dir(path), err)
		}
		return &house.ConfigError{Err: fmt.Errorf("%s: %w", path, err)}
	}
	for key, value := range lines {
		one, ok := find(list, key)
		if !ok {
			return &house.ConfigError{Err: fmt.Errorf("%s: there is no setting %q; did you mean %s?", path, key, nearest(list, key))}
		}
		if err := one.set(s, fmt.Sprint(value)); err != nil {
			return &house.ConfigError{Err: fmt.Errorf("%s: %s: %w", path, key, err)}
		}
	}
	return nil
}

func find(list []setting, key string) (setting, bool) {
	for _, s := range list {
		if s.key() == key {
			return s, true
		}
	}
	return setting{}, false
}

// nearest returns the setting that shares most letters with a mistyped one.
func nearest(list []setting, key string) string {
	best, score := "", -1
	for _, s := range list {
		n := 0
		for _, part := range strings.Split(strings.ToLower(key), "") {
			if strings.Contains(s.key(), part) {
				n++
			}
		}
		n -= max(len(key), len(s.key())) - min(len(key), len(s.key()))
		if n > score || best == "" {
			best, score = s.key(), n
		}
	}
	return best
}
