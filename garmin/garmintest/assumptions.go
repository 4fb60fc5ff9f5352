package garmintest

import (
	"net/http"
	"time"
)

// Assumptions are the choices where the real service's behaviour is inferred
// from one report, contradictory or unknown. Each can be switched for a test.
type Assumptions struct {
	TicketLife       time.Duration // reported as one to two minutes
	WrongServiceBurn bool          // a ticket shown for another service is spent
	BadTicketStatus  int           // 400 and 401 are both reported

	CodeLife        time.Duration // clients use five to ten minutes
	CodesPerSession int           // wrong codes after which a sign-in is over
	CodesPerDay     int           // wrong codes after which no code is taken for a day
	WrongCodeStatus int           // HTTP status of a rejected code: 200 or 401

	PasswordsToLock int // wrong passwords in a row that lock the account
	LockedStatus    int // HTTP status of ACCOUNT_LOCKED: 200 or 403
	CaptchaStatus   int // HTTP status of CAPTCHA_REQUIRED

	AccessLife       time.Duration // of an access token
	RefreshLife      time.Duration // of a refresh token, from its issue
	RefreshRotates   bool          // a refresh kills the token that it used
	AgentsOnly       bool          // a firewall page for clients that do not look like an app or a browser
	OverLimitStatus  int           // of a list with a limit above 1000: 400 of late, once 500
	ForeignStatus    int           // of somebody else's activity
	NoFileStatus     int           // of the original of a typed activity, or of a leg
	SlowFor          time.Duration // how long a slow answer takes
	UploadAfterLeast time.Duration // from a workout's end to its upload, at least
	UploadAfterMost  time.Duration // and at most
}

// DefaultAssumptions returns the likeliest choices.
func DefaultAssumptions() Assumptions {
	return Assumptions{
		TicketLife:       90 * time.Second,
		WrongServiceBurn: true,
		BadTicketStatus:  http.StatusBadRequest,

		CodeLife:        10 * time.Minute,
		CodesPerSession: 3,
		CodesPerDay:     9,
		WrongCodeStatus: http.StatusOK,

		PasswordsToLock: 5,
		LockedStatus:    http.StatusOK,
		CaptchaStatus:   http.StatusOK,

		AccessLife:       86399 * time.Second,
		RefreshLife:      2591999 * time.Second,
		RefreshRotates:   true,
		AgentsOnly:       true,
		OverLimitStatus:  http.StatusBadRequest,
		ForeignStatus:    http.StatusForbidden,
		NoFileStatus:     http.StatusNotFound,
		SlowFor:          45 * time.Second,
		UploadAfterLeast: 90 * time.Second,
		UploadAfterMost:  210 * time.Second,
	}
}
