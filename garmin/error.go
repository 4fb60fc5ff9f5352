package garmin

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind says what an error means for the person or the program.
type Kind string

// The kinds of error.
const (
	BadCredentials Kind = "bad credentials" // e-mail or password is wrong; never try again by itself
	BadCode        Kind = "bad code"        // the code is wrong; the sign-in stays open
	TooManyCodes   Kind = "too many codes"  // the sign-in is over; Garmin's page advises to wait a day
	Expired        Kind = "expired"         // the code or the sign-in is too old: sign in again
	Interaction    Kind = "interaction"     // captcha, locked account, new terms: the person must visit Garmin
	BadTicket      Kind = "bad ticket"      // used, too old, for another service, or none
	RateLimited    Kind = "rate limited"    // not before RetryAfter, where Garmin tells it
	TokenInactive  Kind = "token inactive"  // the access token is expired or revoked: refresh once
	InvalidGrant   Kind = "invalid grant"   // the refresh token is dead: sign in again
	NotFound       Kind = "not found"       // deleted, never there, or without a file
	NoData         Kind = "no data"         // the answer is empty, or the account may not see it
	OtherRegion    Kind = "other region"    // the account lives in Garmin's other database
	Blocked        Kind = "blocked"         // a firewall's or an unknown page, whoever signs in: another road or address may work
	Unavailable    Kind = "unavailable"     // outage or maintenance
	Malformed      Kind = "malformed"       // not what was asked for, or beyond the limits
	Network        Kind = "network"         // no answer: connection, TLS, time-out
)

// Class says whose turn it is after an error: what the program does, what the
// person is told, what a job notes and what a metric counts follow from it.
type Class string

// The classes.
const (
	Authentication Class = "authentication" // the person's turn: sign in, type again, visit Garmin
	RateLimit      Class = "rate_limit"     // nobody's, before RetryAfter or a cool-down is over
	NoNetwork      Class = "network"        // the program's: try again
	DataIntegrity  Class = "data_integrity" // the programmer's: this record is not as it should be, or not there
	ServiceDown    Class = "service"        // Garmin's: try again later
)

// Classes returns all classes, in the order in which they are told.
func Classes() []Class {
	return []Class{Authentication, RateLimit, NoNetwork, DataIntegrity, ServiceDown}
}

// Retry says whether after an error of the class the same request may succeed
// later without anybody doing anything.
func (c Class) Retry() bool {
	switch c {
	case RateLimit, NoNetwork, ServiceDown:
		return true
	}
	return false
}

// Class returns the class of a kind, empty for no kind.
func (k Kind) Class() Class {
	switch k {
	case BadCredentials, BadCode, TooManyCodes, Expired, Interaction, BadTicket, TokenInactive, InvalidGrant, OtherRegion:
		return Authentication
	case RateLimited:
		return RateLimit
	case Network:
		return NoNetwork
	case NotFound, NoData, Malformed:
		return DataIntegrity
	case Blocked, Unavailable:
		return ServiceDown
	}
	return ""
}

// Want is what a person must do at Garmin before a sign-in.
type Want string

// What Garmin is known to want.
const (
	WantUnlock Want = "unlock" // the account is locked
	WantPerson Want = "person" // a captcha
	WantPhone  Want = "phone"  // a telephone number
)

// Error is the one error type of this package. Its text never holds a
// password, code, token, ticket or e-mail address.
type Error struct {
	Kind       Kind
	Op         string        // what was being done
	Status     int           // HTTP status, 0 without an answer
	RetryAfter time.Duration // 0 where Garmin does not tell
	Wants      Want          // of Interaction: what Garmin wants; empty where it does not tell
	Err        error         // cause, without secrets; may be nil
}

// Error says what was being done, what it means and why.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "garmin: %s: %s", e.Op, e.Kind)
	if e.Status != 0 {
		fmt.Fprintf(&b, " (status %d)", e.Status)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Retry says whether the same request may succeed later without anybody doing
// anything: not before RetryAfter where that is told. A sign-in is never
// repeated by a program, whatever this says.
func (e *Error) Retry() bool { return e.Class().Retry() }

// Class returns whose turn it is now.
func (e *Error) Class() Class { return e.Kind.Class() }

// Soon says whether a data call may be repeated within seconds: not after a
// limit, and not before a firewall, which both grow longer by it.
func (e *Error) Soon() bool { return e.Kind == Unavailable || e.Kind == Network }

// KindOf returns the kind of an error of this package, empty for others.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// ClassOf returns the class of an error of this package, or of one that tells
// its class as these do; empty for others.
func ClassOf(err error) Class {
	var e interface{ Class() Class }
	if errors.As(err, &e) {
		return e.Class()
	}
	return ""
}

func fault(op string, kind Kind, cause string) *Error {
	return &Error{Op: op, Kind: kind, Err: errors.New(cause)}
}
