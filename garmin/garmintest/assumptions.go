package garmintest

import (
	"net/http"
	"time"
)

// Assumptions are the choices where the real service's behaviour is inferred
// from one report, contradictory or unknown: one switch each. What is known of
// a switch stands in Assumed.
type Assumptions struct {
	PageFirst           bool
	CaptchaStatus       int
	LockedStatus        int
	LockedType          string
	PasswordsToLock     int
	RetryAfter          time.Duration
	AgentsOnly          bool
	WidgetRefusalStatus int
	WidgetSendsCode     bool
	WidgetOldPage       bool

	CodeLife        time.Duration
	CodesPerSession int
	CodesPerDay     int
	WrongCodeStatus int
	WrongCodeType   string
	AppMethod       string
	PhoneMethod     string

	TicketLife       time.Duration
	WrongServiceBurn bool
	BadTicketStatus  int

	AccessLife       time.Duration
	RefreshLife      time.Duration
	RefreshRotates   bool
	RefreshAnew      bool
	CustomerID       bool
	NativeHeaders    bool
	OverLimitStatus  int
	SubTypes         bool
	Nulls            bool
	ForeignStatus    int
	NoFileStatus     int
	LegFile          bool
	NoTrackStatus    int
	FilesPerMinute   int
	OutageJSON       bool
	SlowFor          time.Duration
	UploadAfterLeast time.Duration
	UploadAfterMost  time.Duration
	MorningSync      time.Duration
	LongRange        int
	HRVNoneStatus    int
}

// DefaultAssumptions returns the likeliest choices.
func DefaultAssumptions() Assumptions {
	return Assumptions{
		CaptchaStatus:       http.StatusOK,
		LockedStatus:        http.StatusOK,
		LockedType:          "ACCOUNT_LOCKED",
		PasswordsToLock:     5,
		AgentsOnly:          true,
		WidgetRefusalStatus: http.StatusUnauthorized,
		WidgetOldPage:       true,

		CodeLife:        10 * time.Minute,
		CodesPerSession: 3,
		CodesPerDay:     9,
		WrongCodeStatus: http.StatusOK,
		WrongCodeType:   "MFA_CODE_INVALID",
		AppMethod:       "totp",
		PhoneMethod:     "sms",

		TicketLife:       90 * time.Second,
		WrongServiceBurn: true,
		BadTicketStatus:  http.StatusBadRequest,

		AccessLife:       86399 * time.Second,
		RefreshLife:      2591999 * time.Second,
		RefreshRotates:   true,
		RefreshAnew:      true,
		CustomerID:       true,
		OverLimitStatus:  http.StatusBadRequest,
		ForeignStatus:    http.StatusForbidden,
		NoFileStatus:     http.StatusNotFound,
		NoTrackStatus:    http.StatusNoContent,
		SlowFor:          45 * time.Second,
		UploadAfterLeast: 90 * time.Second,
		UploadAfterMost:  210 * time.Second,
		MorningSync:      20 * time.Minute,
		LongRange:        366,
		HRVNoneStatus:    http.StatusNoContent,
	}
}

// Where the facts about a switch are gathered.
const (
	factLogin  = "mobile sign-in"
	factCode   = "codes"
	factWidget = "sign-in page"
	factTicket = "ticket to token"
	factToken  = "tokens"
	factHeader = "headers"
	factList   = "list of activities"
	factOne    = "one activity"
	factFile   = "downloads"
	factLimit  = "limits and errors"
	factOdd    = "surprises"
	factHealth = "daily health"
)

// Assumed lists all switches, each with the other choice that tests try.
func Assumed() []Assumption {
	return []Assumption{
		{"page-first", true, factLogin, "a sign-in without a visit of the sign-in page before, or without Referer, gets 429: said of late by one client, not by others"},
		{"captcha-status", http.StatusForbidden, factLogin, "status of CAPTCHA_REQUIRED: no recording is known; clients expect 200"},
		{"locked-status", http.StatusForbidden, factLogin, "status of a locked account's refusal: both are assumed by clients"},
		{"locked-type", "ACCOUNT_DISABLED", factLogin, "type of a locked account's refusal: one client's guess; only the page's texts are known"},
		{"passwords-to-lock", 3, factLimit, "wrong passwords in a row that lock: one report says about five"},
		{"retry-after", 2 * time.Hour, factLimit, "Retry-After of a 429 that names no seconds, 0 for none: never shown in any report"},
		{"agents-only", false, factHeader, "a firewall's page for clients that look like neither app nor browser: true from many places, not from all"},
		{"widget-refusal-status", http.StatusOK, factWidget, "status of the page after a bad password: 401 in old reports"},
		{"widget-sends-code", true, factWidget, "the password's answer sends the mail or SMS code already: reports differ; if not, the page asks for it"},
		{"widget-old-page", false, factWidget, "the form's hidden token of an earlier page of the sign-in still works: it changes, and one client sends the old one"},
		{"code-life", 5 * time.Minute, factCode, "how long a code is good: clients use five to ten minutes"},
		{"codes-per-session", 5, factCode, "wrong codes after which a sign-in is over: there is a limit, its number is not known"},
		{"codes-per-day", 4, factCode, "wrong codes after which none is taken for a day: the page's text knows the day, not the number"},
		{"wrong-code-status", http.StatusUnauthorized, factCode, "status of a rejected code: not recorded"},
		{"wrong-code-type", "MFA_VERIFICATION_FAILED", factCode, "type of a rejected code: one source"},
		{"app-method", "authenticator", factCode, "what an authenticator app is called in the challenge: inferred"},
		{"phone-method", "phone", factCode, "what a text message is called in the challenge: two words are in use"},
		{"ticket-life", 45 * time.Second, factTicket, "how long a ticket is good: one to two minutes by experience"},
		{"wrong-service-burn", false, factTicket, "a ticket shown for another service is spent: inferred from its single use"},
		{"bad-ticket-status", http.StatusUnauthorized, factTicket, "status of a refused ticket: both are reported"},
		{"customer-id", false, factTicket, "customerId stands in the token answer: one report"},
		{"access-life", 4 * time.Hour, factToken, "life of an access token: a day mostly, four hours in one region"},
		{"refresh-life", 7 * 24 * time.Hour, factToken, "life of a refresh token from its issue: thirty days by the answer's own word, not proven"},
		{"refresh-rotates", false, factToken, "a refresh kills the token that it used: most reports, one says no"},
		{"refresh-anew", false, factToken, "the answer to a refresh holds a new refresh token: it may be absent, and the old one then lives on"},
		{"native-headers", true, factHeader, "data and token hosts want the app's own headers: clients work without, so no"},
		{"over-limit-status", http.StatusInternalServerError, factList, "status of a list of more than 1000 rows: 500 once, 400 of late"},
		{"sub-types", true, factList, "activitySubType narrows the list: the web app is said to use it"},
		{"nulls", true, factList, "unknown fields of a row are null: absent of late, null in old recordings"},
		{"foreign-status", http.StatusNotFound, factOne, "status of somebody else's activity: inferred"},
		{"no-file-status", http.StatusInternalServerError, factFile, "status of the original of a typed activity: 404, for a while 500"},
		{"leg-file", true, factFile, "the original of a multisport leg is the whole's file: or there is none"},
		{"no-track-status", http.StatusGone, factFile, "status of a GPX without a track: 204, once 410"},
		{"files-per-minute", 3, factLimit, "downloads of an account in a minute before a 429, 0 for no limit: bursts of hundreds were limited at times"},
		{"outage-json", true, factLimit, "an outage is told in JSON: only web pages were seen"},
		{"slow-for", 5 * time.Second, factLimit, "how long a slow answer takes: longer than clients wait, so that they must cope"},
		{"upload-after-least", 200 * time.Second, factOdd, "from a workout's end to its upload, at least: watches upload at home"},
		{"upload-after-most", time.Hour, factOdd, "from a workout's end to its upload, at most"},
		{"morning-sync", 3 * time.Hour, factHealth, "from waking up until the watch tells of the night; until then today has nulls: people's phones differ"},
		{"long-range", 31, factHealth, "days that one question may span, except steps, sleep, stress and minutes of effort, which take 28: about a year works for the resting heart rate"},
		{"hrv-none-status", http.StatusOK, factHealth, "status of a span without any HRV: a day's is 204, a span's is not recorded"},
	}
}
