package house

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"clubrun/store"

	"github.com/rs/zerolog"
)

// Choice is one setting as an operator writes it.
type Choice struct {
	Name string // upper case, as in the environment
	Help string // a line of --help
	Set  func(s *Settings, value string) error
}

// Choices returns every setting, DATA first: clubrun.toml lies there.
func Choices() []Choice {
	return []Choice{
		{"DATA", "folder of all that is kept", text(func(s *Settings) *string { return &s.Data })},
		{"LISTEN", "address of the web server, such as 127.0.0.1:8080, or off", listen},
		{"PUBLIC_URL", "address by which members reach the web server, such as https://club.example.org: then they sign in on a page of it", publicURL},
		{"TLS_CERT", "file of the certificate for https, with TLS_KEY; empty where a proxy in front does https", text(func(s *Settings) *string { return &s.TLSCert })},
		{"TLS_KEY", "file of the certificate's key", text(func(s *Settings) *string { return &s.TLSKey })},
		{"TRUSTED_PROXIES", "addresses of proxies whose word on https counts, such as 172.18.0.0/16; this machine is trusted", proxies},
		{"METRICS_TOKEN", "bearer token with which Prometheus reads /metrics, 16 characters or more (default: no such page)", func(s *Settings, v string) error { s.MetricsToken = store.Secret(v); return nil }},
		{"KEY", "master key, 32 bytes in base64 (default: DATA/secret.key, made at first start)", func(s *Settings, v string) error { s.Key = store.Secret(v); return nil }},
		{"LANGUAGE", "language of groups that chose none: en, de, es, pt, fr, it or nl", text(func(s *Settings) *string { return &s.Language })},
		{"ZONE", "time zone of groups that chose none, such as Europe/Lisbon", text(func(s *Settings) *string { return &s.Zone })},
		{"UNITS", "km, mi or both, for groups that chose none", text(func(s *Settings) *string { return &s.Units })},
		{"CHAT_PASSWORDS", "may a member type the Garmin password into the direct chat: auto, on or off", text(func(s *Settings) *string { return &s.ChatPasswords })},
		{"SYNC_EVERY", "how often Garmin is asked: 1h, or a cron line", text(func(s *Settings) *string { return &s.SyncEvery })},
		{"GARMIN_PACE", "pause between two requests of one account, at least 1s", span(func(s *Settings) *time.Duration { return &s.GarminPace })},
		{"BACKFILL", "how far back the first sync reads, such as 365d", span(func(s *Settings) *time.Duration { return &s.Backfill })},
		{"RETENTION", "how long raw records, activity files and figures of health are kept, such as 400d; at least 60d", span(func(s *Settings) *time.Duration { return &s.Retention })},
		{"KEEP_FILES", "whose activity files are kept: asked (who said /files on), none or all", text(func(s *Settings) *string { return &s.KeepFiles })},
		{"ALLOW_GROUPS", "who starts the bot in a group: admins (once the operator allowed the group) or any", text(func(s *Settings) *string { return &s.AllowGroups })},
		{"SEND", "on, or off for a dry run in which nothing is sent", onOff(func(s *Settings) *bool { return &s.Send })},
		{"OPERATOR", "your own phone number with its country code, such as +351 910 000 000: by it you are known in WhatsApp, for /status and notices", operatorNumber},
		{"OPERATOR_NAME", "name by which members are told who runs this bot", text(func(s *Settings) *string { return &s.OperatorName })},
		{"ADVANCED", "TOML file of own rules, prizes, templates and words", text(func(s *Settings) *string { return &s.Advanced })},
		{"LOG_LEVEL", "debug, info, warn or error", logLevel},
		{"LOG_FORMAT", "text for people, or json: one object a line, for programs", logFormat},
	}
}

func text(field func(*Settings) *string) func(*Settings, string) error {
	return func(s *Settings, v string) error { *field(s) = v; return nil }
}

func listen(s *Settings, v string) error {
	if v == "off" {
		v = ""
	}
	s.Listen = v
	return nil
}

// publicURL takes the address without a slash at its end.
func publicURL(s *Settings, v string) error {
	s.PublicURL = strings.TrimRight(v, "/")
	return nil
}

func proxies(s *Settings, v string) error {
	s.Proxies = nil
	for _, one := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' }) {
		net, err := netip.ParsePrefix(one)
		if addr, e := netip.ParseAddr(one); e == nil {
			net, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return fmt.Errorf("%q is no address such as 10.0.0.2 or 172.18.0.0/16", one)
		}
		s.Proxies = append(s.Proxies, net)
	}
	return nil
}

// The digits of a phone number with its country code.
const fewestDigits, mostDigits = 8, 15

// operatorNumber takes a phone number as people write it, and keeps its digits.
func operatorNumber(s *Settings, v string) error {
	digits := strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(v), "+"), " ", "")
	strange := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }) >= 0
	if strange || digits != "" && (len(digits) < fewestDigits || len(digits) > mostDigits || digits[0] == '0') {
		return errors.New("it is no phone number with its country code, such as +351 910 000 000") // and is not repeated: logs are kept
	}
	s.Operator = digits
	return nil
}

func span(field func(*Settings) *time.Duration) func(*Settings, string) error {
	return func(s *Settings, v string) error {
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

func onOff(field func(*Settings) *bool) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		switch strings.ToLower(v) {
		case "on", "off":
			*field(s) = strings.EqualFold(v, "on")
			return nil
		}
		return fmt.Errorf("%q is neither on nor off", v)
	}
}

func logLevel(s *Settings, v string) error {
	level, err := zerolog.ParseLevel(strings.ToLower(v))
	if err != nil || v == "" {
		return fmt.Errorf("%q is none of debug, info, warn, error", v)
	}
	s.LogLevel = level
	return nil
}

func logFormat(s *Settings, v string) error {
	switch v = strings.ToLower(v); v {
	case LogText, LogJSON:
		s.LogFormat = v
		return nil
	}
	return fmt.Errorf("%q is neither text nor json", v)
}
