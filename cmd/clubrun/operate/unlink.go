package operate

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"clubrun/store"
)

// atGarmin is the source of accounts at Garmin Connect.
const atGarmin = "garmin"

// unlinkMember takes off what a member linked, as their own /unlink does: it is
// for whoever cannot write from the WhatsApp account any more that linked it.
func unlinkMember(ctx context.Context, d *Desk, c *Call) error {
	a, err := d.findMember(ctx, strings.Join(named(c.member, c.args), " "))
	if err != nil {
		return err
	}
	name := plain(a.Name)
	linked, byHand, err := d.unlink(ctx, a.ID)
	if err != nil {
		return err
	}
	what := ""
	switch {
	case linked:
		what = fmt.Sprintf("The Garmin account of %s is no longer linked here, and its keys are destroyed.", name)
	case byHand:
		what = fmt.Sprintf("%s no longer counts by hand here.", name)
	default:
		return failure("clubrun members shows who is", "%s is not linked", name)
	}
	_, err = fmt.Fprintf(c.out, "%s\nNo group shows %s any more. The history stays for 30 days, unless it is linked again. Nobody was told: please tell %s.\n", what, name, name)
	return err
}

// unlink removes each account that there is.
func (d *Desk) unlink(ctx context.Context, athlete int64) (linked, byHand bool, err error) {
	if d.House != nil {
		err = d.House.Accounts.Unlink(ctx, operator, athlete, store.Reply{})
	} else {
		err = d.DB.Unlink(ctx, operator, athlete, atGarmin, store.Reply{})
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return false, false, err
	}
	linked = err == nil
	err = d.DB.Unlink(ctx, operator, athlete, store.ByHand, store.Reply{})
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return linked, false, err
	}
	return linked, err == nil, nil
}
