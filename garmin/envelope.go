package garmin

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
)

// What is being done, for errors.
const (
	opSignIn   = "sign in"
	opAnswer   = "answer the challenge"
	opSend     = "send a code"
	opTicket   = "exchange the ticket"
	opRefresh  = "refresh the tokens"
	opProfile  = "read the profile"
	opSettings = "read the settings"
	opList     = "list activities"
	opCount    = "count activities"
	opActivity = "read an activity"
	opOriginal = "download an original"
	opExport   = "download an export"
	opUpload   = "read the last upload"
)

// Types of a sign-in answer that mean something of their own.
const (
	typeOK       = "SUCCESSFUL"
	typeMFA      = "MFA_REQUIRED"
	typePassword = "INVALID_USERNAME_PASSWORD"
)

// envelope is the answer of the JSON sign-in.
type envelope struct {
	ServiceTicketID string `json:"serviceTicketId"`
	ResponseStatus  struct {
		Type    string `json:"type"`
		Message string `json:"message"`
	} `json:"responseStatus"`
	CustomerMfaInfo *struct {
		Email  string `json:"email"`
		Phone  string `json:"phoneNumber"`
		Last   string `json:"mfaLastMethodUsed"`
		Preset string `json:"defaultMfaMethod"`
	} `json:"customerMfaInfo"`
	Error struct {
		Code json.RawMessage `json:"status-code"` // a number in quotes, or without
	} `json:"error"`
}

// readEnvelope reads a sign-in answer; what is no JSON is judged by its status.
func readEnvelope(op string, a *answer) (envelope, error) {
	var e envelope
	fail := &Error{Op: op, Status: a.status}
	switch {
	case a.status == http.StatusTooManyRequests:
		fail.Kind, fail.RetryAfter = RateLimited, retryAfter(a.header)
		return e, fail
	case bytes.Contains(a.body, []byte("InvalidReCaptchaException")):
		fail.Kind, fail.Wants, fail.Err = Interaction, WantPerson, errors.New("captcha")
		return e, fail
	case a.status >= 500:
		fail.Kind = Unavailable
		return e, fail
	case a.walled(), a.html():
		fail.Kind, fail.Err = Blocked, errors.New("a web page instead of an answer")
		return e, fail
	case json.Unmarshal(a.body, &e) != nil:
		fail.Kind = Malformed
		return envelope{}, fail
	}
	switch code := strings.Trim(string(e.Error.Code), `"`); code {
	case "", "null":
		return e, nil
	case "429":
		fail.Kind, fail.RetryAfter = RateLimited, retryAfter(a.header)
	case "427":
		fail.Kind, fail.Err = Blocked, errors.New("another way of signing in is wanted")
	default:
		fail.Kind = Unavailable
	}
	return e, fail
}

// loginRefusal judges an answer to e-mail and password that asks no code.
func loginRefusal(a *answer, e envelope) error {
	fail := &Error{Op: opSignIn, Status: a.status}
	kind, message := e.ResponseStatus.Type, e.ResponseStatus.Message
	switch {
	case kind == typeOK && a.status == http.StatusOK && ticketForm.MatchString(e.ServiceTicketID):
		return nil
	case kind == typeOK:
		fail.Kind, fail.Err = Malformed, errors.New("no ticket")
	case kind == typePassword, message == "generalLoginInvalidUsernameOrPassword":
		fail.Kind = BadCredentials
	case kind == "" && a.status == http.StatusUnauthorized:
		fail.Kind = BadCredentials
	case kind == "":
		fail.Kind = Malformed
	default:
		fail.Kind, fail.Wants, fail.Err = Interaction, wanted(kind), errors.New(interaction(kind))
	}
	return fail
}

// codeRefusal judges an answer to a code: anything but success rejects it.
func codeRefusal(a *answer, e envelope) error {
	fail := &Error{Op: opAnswer, Status: a.status}
	switch kind, message := e.ResponseStatus.Type, e.ResponseStatus.Message; {
	case kind == typeOK && ticketForm.MatchString(e.ServiceTicketID):
		return nil
	case kind == typeOK:
		fail.Kind, fail.Err = Malformed, errors.New("no ticket")
	case message == "codeEntryMaxLimit":
		fail.Kind = TooManyCodes
	case message == "codeEntryExpired":
		fail.Kind = Expired
	case kind == "" && a.status == http.StatusForbidden:
		fail.Kind = Blocked
	case strings.Contains(kind, "LOCKED"), strings.Contains(kind, "CAPTCHA"):
		fail.Kind, fail.Wants, fail.Err = Interaction, wanted(kind), errors.New(interaction(kind))
	default:
		fail.Kind = BadCode
	}
	return fail
}

// statusType is the form of a type that may be quoted in an error.
var statusType = regexp.MustCompile(`^[A-Z]{3,20}(_[A-Z]{2,20}){1,3}$`)

// interaction says what the person must settle at Garmin.
func interaction(kind string) string {
	switch {
	case strings.Contains(kind, "CAPTCHA"):
		return "captcha"
	case strings.Contains(kind, "LOCKED"):
		return "account locked"
	case statusType.MatchString(kind):
		return kind
	}
	return "something that only Garmin's page can settle"
}

// wanted is what the type of an answer asks the person for.
func wanted(kind string) Want {
	switch {
	case strings.Contains(kind, "CAPTCHA"):
		return WantPerson
	case strings.Contains(kind, "LOCKED"):
		return WantUnlock
	case strings.Contains(kind, "PHONE"):
		return WantPhone
	}
	return ""
}

// challenge reads how the code is given and where it went.
func (e envelope) challenge() *Challenge {
	c := &Challenge{Method: "email"}
	info := e.CustomerMfaInfo
	if info == nil {
		return c
	}
	method := info.Last
	if method == "" {
		method = info.Preset
	}
	switch c.Method = mfaMethod(method); c.Method {
	case "sms":
		c.Target = info.Phone
	case "email":
		c.Target = info.Email
	}
	return c
}

// mfaMethod is how a code is given, which Garmin calls by several names.
func mfaMethod(name string) string {
	switch strings.ToLower(name) {
	case "sms", "phone":
		return "sms"
	case "totp", "app", "authenticator":
		return "totp"
	}
	return "email"
}
