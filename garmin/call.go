package garmin

import (
	"context"
	"errors"
)

// Call is a kind of call at Garmin, as a metric tells it.
type Call string

// The kinds of call.
const (
	CallListing Call = "listing" // of activities, and their count
	CallDetail  Call = "detail"  // of one activity, or of the account's settings
	CallFile    Call = "file"    // originals and exports
	CallProbe   Call = "probe"   // for uploads since the last list
	CallRefresh Call = "refresh" // of tokens
	CallSignIn  Call = "sign_in" // passwords, codes, tickets, and the profile that proves them
	CallHealth  Call = "health"  // figures of a day
)

// Calls returns all kinds of call.
func Calls() []Call {
	return []Call{CallListing, CallDetail, CallFile, CallProbe, CallRefresh, CallSignIn, CallHealth}
}

// CallOf returns the kind of what was being done, as OnAnswer and Error.Op tell
// it. What is nothing else reads figures of a day.
func CallOf(op string) Call {
	switch op {
	case opSignIn, opAnswer, opSend, opTicket, opProfile:
		return CallSignIn
	case opRefresh:
		return CallRefresh
	case opList, opCount:
		return CallListing
	case opActivity, opSettings:
		return CallDetail
	case opOriginal, opExport:
		return CallFile
	case opUpload:
		return CallProbe
	}
	return CallHealth
}

// ended tells how a call of a method ended. Who gave up by themselves has not
// learned anything about Garmin.
func (c *Client) ended(op string, err *error) {
	if c.OnCall != nil && !errors.Is(*err, context.Canceled) {
		c.OnCall(CallOf(op), ClassOf(*err))
	}
}
