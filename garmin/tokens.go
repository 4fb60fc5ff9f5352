package garmin

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Tokens are what a signed-in account calls Garmin with. Every way of
// formatting or marshalling them yields "[secret]"; Encode is the explicit way
// out, for the one place that seals them.
type Tokens struct {
	Access   string    // bearer of the data calls, about a day
	Refresh  string    // single use: each refresh replaces it; 30 days
	ClientID string    // client id that the refresh must name
	Expires  time.Time // end of Access
}

const redacted = "[secret]"

// String hides the tokens.
func (Tokens) String() string { return redacted }

// GoString hides the tokens from %#v.
func (Tokens) GoString() string { return redacted }

// Format hides the tokens from every verb.
func (Tokens) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// MarshalText hides the tokens from JSON and other encoders.
func (Tokens) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Usable says whether the access token lives for at least another margin.
func (t Tokens) Usable(now time.Time, margin time.Duration) bool {
	return t.Access != "" && now.Add(margin).Before(t.Expires)
}

type sealedTokens struct {
	Version  int    `json:"v"`
	Access   string `json:"access"`
	Refresh  string `json:"refresh"`
	ClientID string `json:"client_id"`
	Expires  int64  `json:"expires"` // Unix seconds
}

var errTokens = errors.New("not encoded tokens")

// Encode returns the tokens in the clear, in the form that DecodeTokens reads.
func (t Tokens) Encode() string {
	b, err := json.Marshal(sealedTokens{1, t.Access, t.Refresh, t.ClientID, t.Expires.Unix()})
	if err != nil {
		return "" // strings and numbers always marshal
	}
	return string(b)
}

// DecodeTokens reads the form of Encode. Its error holds nothing of the input.
func DecodeTokens(s string) (Tokens, error) {
	var f sealedTokens
	if json.Unmarshal([]byte(s), &f) != nil || f.Version != 1 || f.Refresh == "" {
		return Tokens{}, errTokens
	}
	return Tokens{f.Access, f.Refresh, f.ClientID, time.Unix(f.Expires, 0).UTC()}, nil
}

// ImportTokens reads a token file of python-garminconnect (garmin_tokens.json).
// The first refresh here ends the life of the file's own copy.
func ImportTokens(file []byte) (Tokens, error) {
	var f struct {
		Access   string `json:"di_token"`
		Refresh  string `json:"di_refresh_token"`
		ClientID string `json:"di_client_id"`
	}
	if json.Unmarshal(file, &f) != nil || f.Access == "" || f.Refresh == "" {
		return Tokens{}, errors.New("not a token file of python-garminconnect")
	}
	return Tokens{f.Access, f.Refresh, f.ClientID, jwtExpiry(f.Access)}, nil
}

// jwtExpiry reads the exp claim of a JWT, without checking its signature; zero
// when there is none.
func jwtExpiry(jwt string) time.Time {
	parts := strings.Split(jwt, ".")
	if len(parts) != 3 {
		return time.Time{}
	}
	body, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return time.Time{}
	}
	var claims struct {
		Exp float64 `json:"exp"`
	}
	if json.Unmarshal(body, &claims) != nil || claims.Exp <= 0 || claims.Exp > 1<<40 {
		return time.Time{}
	}
	return time.Unix(int64(claims.Exp), 0).UTC()
}
