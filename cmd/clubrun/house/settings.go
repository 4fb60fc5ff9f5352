package house

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"clubrun/bot/dashboard"
	"clubrun/digest/locale"
	"clubrun/store"
	"clubrun/store/sqlite"

	"github.com/rs/zerolog"
)

// When a password may be typed into the direct chat with the bot.
const (
	PasswordsAuto = "auto" // while there is no page to type it into
	PasswordsOn   = "on"
	PasswordsOff  = "off"
)

// Which activity files are kept.
const (
	FilesAsked = "asked" // of members who said /files on
	FilesNone  = "none"
	FilesAll   = "all"
)

// Who may start the bot in a group.
const (
	GroupsAdmins = "admins" // one of its admins, when the operator allowed the group
	GroupsAny    = "any"    // one of its admins
)

// LocalWeb is where `clubrun run` listens by itself: for this machine only.
const LocalWeb = "127.0.0.1:8080"

// Settings are the operator's choices.
type Settings struct {
	Data          string         // folder of all that is kept
	Listen        string         // address of the web server, host:port; empty means none
	PublicURL     string         // by which members reach the web server, without a slash at its end; empty means not at all
	TLSCert       string         // file of a certificate; empty where a proxy in front does https
	TLSKey        string         // file of its key
	Proxies       []netip.Prefix // whose word on https counts, beside this machine's
	MetricsToken  store.Secret   // who shows it reads /metrics; empty: there is no such page
	Key           store.Secret   // 32 bytes in base64; empty means Data/secret.key
	Language      string         // of groups that chose none, ISO 639-1
	Zone          string         // of groups that chose none, IANA name
	Units         string         // of groups that chose none: km, mi or both
	ChatPasswords string         // PasswordsAuto, PasswordsOn or PasswordsOff
	SyncEvery     string         // a duration such as 1h, or a cron line
	GarminPace    time.Duration  // between two requests of one account
	Backfill      time.Duration  // how far back the first sync reads
	KeepFiles     string         // FilesAsked, FilesNone or FilesAll
	Retention     time.Duration  // how long raw records, files and figures of health are kept
	AllowGroups   string         // GroupsAdmins or GroupsAny
	Send          bool           // false is a dry run: nothing leaves the outbox
	Operator      string         // the operator's own phone number, digits only; empty means none
	OperatorName  string         // by which members are told who runs the bot; may be empty
	Advanced      string         // file of own rules, templates and words; empty means none
	LogLevel      zerolog.Level
	LogFormat     string // LogText or LogJSON
}

// The forms of the log.
const (
	LogText = "text" // lines for people
	LogJSON = "json" // one object a line
)

// Defaults are the settings of somebody who set nothing, without a web server.
func Defaults() Settings {
	return Settings{
		Data: "./data", Language: "en", Zone: "UTC", Units: string(store.Kilometres),
		ChatPasswords: PasswordsAuto, SyncEvery: "1h", GarminPace: 2 * time.Second, Backfill: 365 * 24 * time.Hour,
		Retention: sqlite.Usual, KeepFiles: FilesAsked, AllowGroups: GroupsAdmins, Send: true, LogLevel: zerolog.InfoLevel, LogFormat: LogText,
	}
}

// Groups is what groups follow that chose nothing of their own.
func (s Settings) Groups() store.Group {
	return store.Group{Language: s.Language, Zone: s.Zone, Units: store.Units(s.Units)}
}

// fastestPace keeps an instance from looking like a scraper.
const fastestPace = time.Second

// Check refuses settings that contradict themselves, naming the setting.
func (s Settings) Check() error {
	for _, c := range []struct {
		name, value string
		allowed     []string
	}{
		{"CHAT_PASSWORDS", s.ChatPasswords, []string{PasswordsAuto, PasswordsOn, PasswordsOff}},
		{"KEEP_FILES", s.KeepFiles, []string{FilesAsked, FilesNone, FilesAll}},
		{"ALLOW_GROUPS", s.AllowGroups, []string{GroupsAdmins, GroupsAny}},
		{"UNITS", s.Units, []string{string(store.Kilometres), string(store.Miles), string(store.Both)}},
		{"LANGUAGE", s.Language, locale.Languages()},
	} {
		if !slices.Contains(c.allowed, c.value) {
			return fmt.Errorf("%s is %q, but may be one of %v", c.name, c.value, c.allowed)
		}
	}
	if _, _, err := net.SplitHostPort(s.Listen); s.Listen != "" && err != nil {
		return fmt.Errorf("LISTEN is %q, but must be host:port such as %s, or off", s.Listen, LocalWeb)
	}
	if n := len(s.MetricsToken.Reveal()); n > 0 && n < shortestToken {
		return fmt.Errorf("METRICS_TOKEN has %d characters, but must have %d or more; openssl rand -hex 32 makes a good one", n, shortestToken)
	}
	if err := s.checkPublic(); err != nil {
		return err
	}
	if _, err := time.LoadLocation(s.Zone); err != nil {
		return fmt.Errorf("ZONE is %q, but must be an IANA name such as Europe/Lisbon", s.Zone)
	}
	if s.GarminPace < fastestPace {
		return fmt.Errorf("GARMIN_PACE is %s, but may not be under %s", s.GarminPace, fastestPace)
	}
	if s.Retention < shortestRetention {
		return fmt.Errorf("RETENTION is %s, but may not be under %dd: each sync reads the last month again", s.Retention, shortestRetention/(24*time.Hour))
	}
	return nil
}

// shortestRetention is longer than what a sync reads again, and than the files
// that it fetches lie back.
const shortestRetention = 60 * 24 * time.Hour

// shortestToken is the fewest characters of a token that nobody guesses.
const shortestToken = 16

// checkPublic refuses an address at which passwords would travel in the clear.
func (s Settings) checkPublic() error {
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return fmt.Errorf("TLS_CERT and TLS_KEY belong together: set both or none")
	}
	if s.PublicURL == "" {
		return nil
	}
	u, err := url.Parse(s.PublicURL)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("PUBLIC_URL is %q, but must be an address such as https://club.example.org", s.PublicURL)
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && dashboard.Local(u.Host)) {
		return fmt.Errorf("PUBLIC_URL is %q, but passwords are typed there: it must begin with https://", s.PublicURL)
	}
	return nil
}

// Passwords says whether a password may be typed into the direct chat.
func (s Settings) Passwords() bool {
	return s.ChatPasswords == PasswordsOn || s.ChatPasswords == PasswordsAuto && s.PublicURL == ""
}
