package garmintest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Disturbance is a way in which the service can be made to misbehave.
type Disturbance struct {
	Form   string // the words; [ ] may be left out, | is one of
	What   string
	AtOnce bool // it happens once; the others last until "ok"
}

// Word is the first word of the form.
func (d Disturbance) Word() string {
	word, _, _ := strings.Cut(d.Form, " ")
	return word
}

// Disturbances lists all that Disturb takes.
func Disturbances() []Disturbance {
	return []Disturbance{
		{"ok", "all is well again; also unlocks", false},
		{"429 [sso|auth|api] [json] [SECONDS]", "too many requests; SECONDS become Retry-After", false},
		{"down", "503 with a page", false},
		{"html", "200 with a page", false},
		{"npe", "500 with a Java exception, of the data host", false},
		{"slow [DURATION]", "every answer takes that long", false},
		{"drip [DURATION]", "the data host's answers pause that long in the middle", false},
		{"cut", "the data host's answers end in the middle", false},
		{"waf [mobile|widget]", "the firewall turns sign-ins away, or those of one road", false},
		{"427", "the app's sign-in wants another road", false},
		{"phone [waf]", "the browser's sign-in wants a telephone number; the firewall turns the app's away", false},
		{"locked", "the account is locked", false},
		{"captcha", "the sign-in wants a person", false},
		{"unopened", "the account was never opened: it has no profile", false},
		{"inactive [mobile]", "the data host takes no token, though they are issued; or none of the app's sign-in", false},
		{"keep-refresh", "the answer to a refresh has no new refresh token", false},
		{"files [original|tcx|gpx|kml|csv] [none|void|broken|html]", "downloads, or those of a format, are 503, 404, 204, 403 or a page", false},
		{"files empty|several|as-gpx|as-tcx", "what the archives of originals hold", false},
		{"health [none|private]", "the days are forbidden, or not there, or their sum is said to be private", false},
		{"china", "the account lives in China's database from now on", true},
		{"mfa email|sms|totp|none", "how the account asks for a code", true},
		{"barred", "no code is taken for a day", true},
		{"display NAME", "what stands in the paths of calls about the member", true},
		{"revoke", "all tokens are dead", true},
		{"expire [codes|tickets]", "all access tokens are over, refresh tokens live on; or the codes, or the tickets", true},
		{"delete last", "the member deletes the newest activity", true},
		{"edit last", "the member corrects its distance or its time", true},
		{"trim last", "the member cuts its end off", true},
		{"rename last TEXT", "the member renames it", true},
		{"type last KEY", "the member changes its type; the KEY may be unheard of", true},
		{"blank last", "it has neither name nor distance", true},
		{"duplicate last", "a second device tells of it", true},
		{"record WHEN [MINUTES] [TYPE]", "a late upload: it began WHEN by the member's clock, as in 2026-09-01T07:30", true},
		{"typed WHEN [MINUTES] [TYPE]", "the same, typed in: no device, no file", true},
	}
}

// lasts says whether a word is a disturbance that lasts until "ok".
func lasts(word string) bool {
	for _, d := range Disturbances() {
		if d.Word() == word && !d.AtOnce {
			return true
		}
	}
	return false
}

// understood refuses the rest of a disturbance that would change nothing, as a
// mistyped word does. What is about an activity, and names, are looked at where
// they are used.
func understood(word string, rest []string) error {
	var forms, known []string
	for _, d := range Disturbances() {
		if d.Word() == word {
			forms = append(forms, d.Form)
			known = append(known, strings.FieldsFunc(d.Form, func(r rune) bool { return strings.ContainsRune(" []|", r) })[1:]...)
		}
	}
	if len(forms) == 0 || slices.Contains(known, "last") || slices.Contains(known, "WHEN") || slices.Contains(known, "NAME") {
		return nil
	}
	for _, one := range rest {
		seconds, notNumber := strconv.Atoi(one)
		long, notTime := time.ParseDuration(one)
		switch {
		case slices.Contains(known, one) && one != strings.ToUpper(one):
		case slices.Contains(known, "SECONDS") && notNumber == nil && seconds >= 0:
		case slices.Contains(known, "DURATION") && notTime == nil && long >= 0:
		default:
			return fmt.Errorf("garmintest: %s knows no %q: %s", word, one, strings.Join(forms, ", or "))
		}
	}
	return nil
}
