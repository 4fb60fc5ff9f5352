package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"clubrun/bot"
	"clubrun/cmd/clubrun/house"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
)

// setting is one choice of the operator: a flag, an environment variable
// CLUBRUN_<NAME>, a file named by CLUBRUN_<NAME>_FILE, or a line of
// clubrun.toml, in this order.
type setting struct{ house.Choice }

func settings() (all []setting) {
	for _, c := range house.Choices() {
		all = append(all, setting{c})
	}
	return all
}

func (s setting) flag() string { return strings.ReplaceAll(strings.ToLower(s.Name), "_", "-") }
func (s setting) key() string  { return strings.ToLower(s.Name) }
func (s setting) env() string  { return "CLUBRUN_" + s.Name }

// settingFlags gives a command a flag for each of the named settings, or for
// all of them.
func settingFlags(cmd *cobra.Command, names ...string) {
	for _, s := range settings() {
		if len(names) == 0 || slices.Contains(names, s.Name) {
			cmd.Flags().String(s.flag(), "", s.Help)
		}
	}
}

// configure reads the settings of a command. The data folder is settled first,
// because clubrun.toml lies in it.
func configure(cmd *cobra.Command) (house.Settings, error) {
	s := house.Defaults()
	s.Listen = house.LocalWeb
	all := settings()
	if err := known(all, os.Environ()); err != nil {
		return s, &house.ConfigError{Err: err}
	}
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
	if s.PublicURL != "" && s.Listen == "" {
		return s, &house.ConfigError{Err: errors.New("PUBLIC_URL is set, but LISTEN is off: members would find nobody there")}
	}
	return s, nil
}

// applyOutside applies flags and the environment.
func applyOutside(cmd *cobra.Command, list []setting, s *house.Settings) error {
	for _, one := range list {
		value, from, err := outside(cmd, one)
		if err == nil && from != "" {
			err = one.Set(s, value)
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

// known refuses a variable of the environment that sets nothing, as a mistyped
// name does. Those that Kubernetes gives to every container beside a service
// called clubrun are nobody's choice.
func known(all []setting, environment []string) error {
	for _, line := range environment {
		name, _, _ := strings.Cut(line, "=")
		key, ours := strings.CutPrefix(name, "CLUBRUN_")
		if !ours || key == "PORT" || strings.HasPrefix(key, "PORT_") || strings.HasPrefix(key, "SERVICE_") {
			continue
		}
		key = strings.ToLower(strings.TrimSuffix(key, "_FILE"))
		if _, ok := find(all, key); !ok {
			return fmt.Errorf("%s: there is no such setting; did you mean CLUBRUN_%s?", name, strings.ToUpper(nearest(all, key)))
		}
	}
	return nil
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
		if err := one.Set(s, fmt.Sprint(value)); err != nil {
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

// nearest returns the setting that a mistyped one takes the fewest changes to
// become, by its length.
func nearest(list []setting, key string) string {
	best, least := "", 2.0
	for _, s := range list {
		longer := max(len(key), len(s.key()))
		if far := float64(bot.Distance(strings.ToLower(key), s.key(), longer)) / float64(longer); far < least {
			best, least = s.key(), far
		}
	}
	return best
}
