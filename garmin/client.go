// Package garmin speaks to Garmin Connect: sign-in, codes, tokens, the list of
// activities, one activity, original files. It stores nothing, knows no
// athlete, never repeats a sign-in by itself, and puts no password, code,
// token, ticket or e-mail address into an error.
package garmin

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Limits of one request.
const (
	loginTimeout    = 30 * time.Second
	apiTimeout      = 30 * time.Second
	downloadTimeout = 2 * time.Minute

	maxJSON = 8 << 20  // bytes of a JSON answer
	maxZip  = 32 << 20 // bytes of a downloaded archive
)

// Client talks to Garmin Connect. The zero value talks to the real one.
type Client struct {
	Transport http.RoundTripper // nil means http.DefaultTransport
	Now       func() time.Time  // nil means that expiries are read from the tokens themselves
	Table     *SignInTable      // how a sign-in is done; nil means the built-in table
	Region    Region            // of sign-ins and tickets; data calls follow their tokens

	Rand func() float64                             // 0 ≤ x < 1, by which the pauses of a sign-in vary; nil means the shortest
	Wait func(context.Context, time.Duration) error // waits in a sign-in; nil waits on a timer

	// OnAnswer hears of every answer to a request: what was being done, the HTTP
	// status, 0 where there was no answer, and how long it took, 0 without Now. It
	// must not block; may be nil.
	OnAnswer func(op string, status int, took time.Duration)
	// OnCall hears how every call of a method ended, in one request or several:
	// the class is that of the error, empty for success. It must not block; may be
	// nil.
	OnCall func(call Call, class Class)
}

// In returns a client for the sign-ins of another region.
func (c *Client) In(r Region) *Client {
	abroad := *c
	abroad.Region = r
	return &abroad
}

func (c *Client) table() *SignInTable {
	if c.Table == nil {
		return builtIn()
	}
	return c.Table
}

// pause waits as long as a person would.
func (c *Client) pause(ctx context.Context, p Pause) error {
	seconds := p[0]
	if c.Rand != nil {
		seconds += (p[1] - p[0]) * c.Rand()
	}
	return c.wait(ctx, time.Duration(seconds*float64(time.Second)))
}

func (c *Client) wait(ctx context.Context, d time.Duration) error {
	if c.Wait != nil {
		return c.Wait(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// call is one request.
type call struct {
	op      string
	method  string
	url     string
	header  http.Header
	body    []byte
	jar     http.CookieJar
	timeout time.Duration
	limit   int64
}

// answer is what came back, read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends one request and reads the answer within the limits. Statuses are
// the caller's to judge.
func (c *Client) do(ctx context.Context, q call) (*answer, error) {
	if c.OnAnswer == nil {
		return c.send(ctx, q)
	}
	began := c.clock()
	a, err := c.send(ctx, q)
	status := 0
	if a != nil {
		status = a.status
	}
	c.OnAnswer(q.op, status, c.clock().Sub(began))
	return a, err
}

func (c *Client) clock() time.Time {
	if c.Now == nil {
		return time.Time{}
	}
	return c.Now()
}

func (c *Client) send(ctx context.Context, q call) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, q.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, q.method, q.url, bytes.NewReader(q.body))
	if err != nil {
		return nil, fault(q.op, Malformed, "address of the request")
	}
	req.Header = q.header
	hc := http.Client{Transport: c.Transport, Jar: q.jar, CheckRedirect: sameSite}
	res, err := hc.Do(req)
	if err != nil {
		return nil, networkError(q.op, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, q.limit+1))
	if err != nil && res.StatusCode != http.StatusTooManyRequests { // a limit is one, however little of its page arrives
		return nil, networkError(q.op, err)
	}
	if int64(len(body)) > q.limit {
		return nil, &Error{Op: q.op, Kind: Malformed, Status: res.StatusCode, Err: fmt.Errorf("answer is over %d bytes", q.limit)}
	}
	return &answer{res.StatusCode, res.Header, body}, nil
}

// networkError keeps what is known to be free of secrets: the address, which
// url.Error prints, and bytes of a broken answer are dropped.
func networkError(op string, err error) *Error {
	var (
		dial *net.OpError
		cert *tls.CertificateVerificationError
		slow net.Error
	)
	e := &Error{Op: op, Kind: Network, Err: errors.New("no usable answer")}
	switch {
	case errors.Is(err, context.Canceled):
		e.Err = context.Canceled
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		e.Err = context.DeadlineExceeded
	case errors.As(err, &dial):
		e.Err = dial
	case errors.As(err, &cert):
		e.Err = cert
	}
	return e
}

// sameSite follows redirects of a GET within the host that was asked, never
// one of a request that carried a body, never away from https.
func sameSite(req *http.Request, via []*http.Request) error {
	first := via[0]
	if len(via) > 3 || first.Method != http.MethodGet || req.URL.Scheme != "https" || req.URL.Host != first.URL.Host {
		return http.ErrUseLastResponse
	}
	return nil
}

// native returns the headers of the app's own calls.
func (c *Client) native(accept string) http.Header {
	h := http.Header{}
	for name, value := range c.table().Headers {
		if value != "" {
			h.Set(name, value)
		}
	}
	h.Set("Accept", accept)
	return h
}

// get asks the data host with a bearer token and judges the status.
func (c *Client) get(ctx context.Context, op string, t Tokens, path string, query url.Values, accept string) (*answer, error) {
	q := call{op: op, method: http.MethodGet, header: c.native(accept), timeout: apiTimeout, limit: maxJSON}
	if accept == acceptAny {
		q.timeout, q.limit = downloadTimeout, maxZip
	}
	u := url.URL{Scheme: "https", Host: t.Region.hosts().api, Path: path, RawQuery: query.Encode()}
	q.url = u.String()
	q.header.Set("Authorization", "Bearer "+t.Access)
	a, err := c.do(ctx, q)
	if err != nil {
		return nil, err
	}
	if err := judge(op, a); err != nil {
		return nil, err
	}
	return a, nil
}

const (
	acceptJSON = "application/json"
	acceptAny  = "*/*"
)

// judge turns the answer to a data call into an error, or nil when there is
// data. A page where data were expected is an outage, whatever its status.
func judge(op string, a *answer) error {
	e := &Error{Op: op, Status: a.status}
	switch {
	case a.status == http.StatusUnauthorized:
		e.Kind = TokenInactive
	case a.status == http.StatusTooManyRequests:
		e.Kind, e.RetryAfter = RateLimited, retryAfter(a.header)
	case a.status >= 500:
		e.Kind = Unavailable
	case a.status == http.StatusNotFound && !a.html():
		e.Kind = NotFound
	case a.walled():
		e.Kind, e.Err = Blocked, errors.New("a firewall's page")
	case a.html():
		e.Kind, e.Err = Unavailable, errors.New("a web page instead of data")
	case a.status == http.StatusForbidden, a.status == http.StatusGone:
		e.Kind = NoData
	case a.status == http.StatusNoContent, a.status == http.StatusOK && len(a.body) == 0:
		e.Kind = NoData
	case a.status != http.StatusOK:
		e.Kind = Malformed
	default:
		return nil
	}
	return e
}

// html says whether the answer is a web page.
func (a *answer) html() bool {
	if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		return true
	}
	head := bytes.ToLower(bytes.TrimSpace(a.body[:min(len(a.body), 64)]))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// walled says whether a firewall answered in Garmin's place.
func (a *answer) walled() bool {
	return a.header.Get("Cf-Mitigated") != "" || a.status == http.StatusForbidden && a.html()
}

// maxRetryAfter bounds what a header can ask for.
const maxRetryAfter = 48 * time.Hour

// retryAfter reads the Retry-After header: seconds, or a date against the
// answer's own Date.
func retryAfter(h http.Header) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.Atoi(v); err == nil {
		return min(time.Duration(max(s, 0))*time.Second, maxRetryAfter)
	}
	until, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	from, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return min(max(until.Sub(from), 0), maxRetryAfter)
}
