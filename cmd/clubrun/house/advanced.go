package house

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"clubrun/digest"
	"clubrun/digest/publish"
	"clubrun/digest/render"
	"clubrun/garmin"

	"github.com/BurntSushi/toml"
)

// advanced is the file of an operator's own rules, templates and words.
type advanced struct {
	Rules     map[string]any               `toml:"rules"`     // as in digest/rules.toml
	Templates map[string]string            `toml:"templates"` // by name
	Words     map[string]map[string]string `toml:"words"`     // by language and key
	SignIn    map[string]any               `toml:"signin"`    // as in garmin/signin.toml
}

// Voice reads the file that ADVANCED names: what it does not understand it
// refuses, so that nothing fails on Sunday. No file is what is built in.
func (s Settings) Voice() (publish.Voice, error) {
	if s.Advanced == "" {
		return publish.Voice{}, nil
	}
	data, err := os.ReadFile(s.Advanced)
	if err != nil {
		return publish.Voice{}, &ConfigError{Err: fmt.Errorf("ADVANCED: %w", err)}
	}
	v, err := parseAdvanced(string(data))
	if err != nil {
		return v, &ConfigError{Err: fmt.Errorf("ADVANCED: %s: %w", s.Advanced, err)}
	}
	return v, nil
}

func parseAdvanced(data string) (v publish.Voice, err error) {
	var file advanced
	meta, err := toml.Decode(data, &file)
	var parse toml.ParseError
	if errors.As(err, &parse) {
		return v, fmt.Errorf("line %d: %s", parse.Position.Line, parse.Message)
	}
	if err != nil {
		return v, err
	}
	for _, key := range meta.Undecoded() {
		if key[0] == "rules" || key[0] == "signin" {
			continue // for the readers of rules and of sign-ins
		}
		return v, fmt.Errorf("%q is not known; there are [rules], [templates], [words.en] and [signin]", key.String())
	}
	if _, err := parseSignIn(file.SignIn); err != nil {
		return v, fmt.Errorf("[signin]: %w", err)
	}
	if v.Rules, err = parseRules(file.Rules); err != nil {
		return v, fmt.Errorf("[rules]: %w", err)
	}
	if v.Templates, err = render.ParseTemplates(file.Templates); err != nil {
		return v, fmt.Errorf("[templates]: %w", err)
	}
	for _, lang := range slices.Sorted(maps.Keys(file.Words)) {
		if v.Words, err = v.Words.With(lang, file.Words[lang]); err != nil {
			return v, fmt.Errorf("[words]: %w", err)
		}
	}
	return v, nil
}

// SignIn reads how a sign-in at Garmin is done from the file that ADVANCED
// names. Nil is what is built in.
func (s Settings) SignIn() (*garmin.SignInTable, error) {
	if s.Advanced == "" {
		return nil, nil //nolint:nilnil // nil is what is built in
	}
	data, err := os.ReadFile(s.Advanced)
	if err != nil {
		return nil, &ConfigError{Err: fmt.Errorf("ADVANCED: %w", err)}
	}
	var file advanced
	if _, err := toml.Decode(string(data), &file); err != nil {
		return nil, &ConfigError{Err: fmt.Errorf("ADVANCED: %s: %w", s.Advanced, err)}
	}
	table, err := parseSignIn(file.SignIn)
	if err != nil {
		return nil, &ConfigError{Err: fmt.Errorf("ADVANCED: %s: [signin]: %w", s.Advanced, err)}
	}
	return table, nil
}

func parseSignIn(table map[string]any) (*garmin.SignInTable, error) {
	if len(table) == 0 {
		return nil, nil //nolint:nilnil // nil is what is built in
	}
	var b bytes.Buffer
	if err := toml.NewEncoder(&b).Encode(table); err != nil {
		return nil, err
	}
	return garmin.ParseSignIn(b.Bytes())
}

func parseRules(rules map[string]any) (*digest.Rules, error) {
	if len(rules) == 0 {
		return nil, nil //nolint:nilnil // nil is what is built in
	}
	var b bytes.Buffer
	if err := toml.NewEncoder(&b).Encode(rules); err != nil {
		return nil, err
	}
	return digest.ParseRules(b.Bytes())
}
