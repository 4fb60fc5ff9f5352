package garmin

import (
	"context"
	"errors"
	"net/http"
)

// Knock opens the sign-in page as anybody may, without a name, and is nil where
// Garmin's host answers. It does not say that a sign-in would work: that only
// one that does can tell.
func (c *Client) Knock(ctx context.Context) (err error) {
	defer c.ended(opSignIn, &err)
	a, err := c.do(ctx, call{op: opSignIn, method: http.MethodGet, url: mobile{client: c}.page(), timeout: loginTimeout, limit: maxJSON,
		header: browse(c.table().Mobile.Agent, acceptHTML, "")})
	if err != nil {
		return err
	}
	if err := limitedBy(opSignIn, a); err != nil {
		return err
	}
	switch {
	case a.walled():
		return &Error{Op: opSignIn, Kind: Blocked, Status: a.status, Err: errors.New("a firewall's page")}
	case a.status >= http.StatusInternalServerError:
		return &Error{Op: opSignIn, Kind: Unavailable, Status: a.status}
	}
	return nil
}
