package garmin

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func sample() Tokens {
	return Tokens{"access-7", "refresh-7", "CLIENT", time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC), China}
}

func TestTokensAreNeverPrinted(t *testing.T) {
	held := struct {
		T Tokens
		P *Tokens
		M map[string]Tokens
	}{sample(), new(Tokens), map[string]Tokens{"a": sample()}}
	*held.P = sample()
	b, err := json.Marshal(held)
	if err != nil {
		t.Fatal(err)
	}
	out := string(b) + fmt.Sprint(held, held.T, held.P) + held.T.String()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		out += fmt.Sprintf(verb, held.T) + fmt.Sprintf(verb, held)
	}
	if strings.Contains(out, "-7") || strings.Contains(out, fmt.Sprintf("%x", "access-7")) {
		t.Errorf("printed: %s", out)
	}
	if !strings.Contains(string(b), `"T":"[secret]"`) {
		t.Errorf("JSON is %s", b)
	}
}

func TestEncodedTokensComeBack(t *testing.T) {
	got, err := DecodeTokens(sample().Encode())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample().Encode(), got.Encode()); diff != "" || !got.Expires.Equal(sample().Expires) {
		t.Error(diff)
	}
	for _, bad := range []string{"", "[secret]", "{}", `{"v":2,"refresh":"r"}`, `{"v":1}`, "secret-9"} {
		if _, err := DecodeTokens(bad); err == nil || strings.Contains(err.Error(), "secret-9") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestUsableNeedsTheMargin(t *testing.T) {
	at := sample().Expires.Add(-10 * time.Minute)
	if !sample().Usable(at, 9*time.Minute) || sample().Usable(at, 10*time.Minute) || (Tokens{}).Usable(at, 0) {
		t.Error("margin is not kept")
	}
}

func TestTokenFileIsImported(t *testing.T) {
	claims := base64.RawURLEncoding.EncodeToString([]byte(`{"exp":1789038000}`))
	got, err := ImportTokens([]byte(`{"di_token":"h.` + claims + `.s","di_refresh_token":"r","di_client_id":"C"}`))
	if err != nil || got.Refresh != "r" || got.ClientID != "C" || got.Expires.Unix() != 1789038000 {
		t.Errorf("expires %v, %v", got.Expires, err)
	}
	if _, err := ImportTokens([]byte(`{"di_token":"x"}`)); err == nil {
		t.Error("half a file was taken")
	}
}
