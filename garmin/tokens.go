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
	Region   Region    // whose hosts take them
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
	Region   Region `json:"region,omitempty"`
}

var errTokens = errors.New("not encoded tokens")

// Encode returns the tokens in the clear, in the form that DecodeTokens reads.
func (t Tokens) Encode() string {
	b, err := json.Marshal(sealedTokens{1, t.Access, t.Refresh, t.ClientID, t.Expires.Unix(), t.Region})
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
	region, ok := RegionNamed(string(f.Region))
	if !ok {
		return Tokens{}, errTokens
	}
	return Tokens{f.Access, f.Refresh, f.ClientID, time.Unix(f.Expires, 0).UTC(), region}, nil
}

// connectFile is a token file of python-garminconnect, garmin_tokens.json.
type connectFile struct {
	Access   string `json:"di_token"`
	Refresh  string `json:"di_refresh_token"`
	ClientID string `json:"di_client_id"`
}

// ImportTokens reads a token file of python-garminconnect (garmin_tokens.json).
// Its region is that of the token's issuer. The first refresh here ends the
// life of the file's own copy.
func ImportTokens(file []byte) (Tokens, error) {
	var f connectFile
	if json.Unmarshal(file, &f) != nil || f.Access == "" || f.Refresh == "" {
		return Tokens{}, errors.New("not a token file of python-garminconnect")
	}
	claims := readClaims(f.Access)
	return Tokens{f.Access, f.Refresh, f.ClientID, claims.expires(), claims.region()}, nil
}

// ExportTokens writes a token file of python-garminconnect, in the clear. The
// first refresh there ends the life of these.
func ExportTokens(t Tokens) ([]byte, error) {
	if t.Access == "" || t.Refresh == "" {
		return nil, errTokens
	}
	return json.Marshal(connectFile{t.Access, t.Refresh, t.ClientID})
}

// claims are what a JWT tells of itself.
type claims struct {
	Exp    float64 `json:"exp"`
	Issuer string  `json:"iss"`
}

// readClaims reads a JWT without checking its signature; zero when it is none.
func readClaims(jwt string) (c claims) {
	parts := strings.Split(jwt, ".")
	if len(parts) != 3 {
		return claims{}
	}
	body, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil || json.Unmarshal(body, &c) != nil {
		return claims{}
	}
	return c
}

// expires is the end of the token; zero where it does not tell.
func (c claims) expires() time.Time {
	if c.Exp <= 0 || c.Exp > 1<<40 {
		return time.Time{}
	}
	return time.Unix(int64(c.Exp), 0).UTC()
}

func (c claims) region() Region {
	if strings.TrimSuffix(c.Issuer, "/") == "https://"+China.hosts().auth {
		return China
	}
	return World
}
