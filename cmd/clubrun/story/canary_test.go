package story

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// found returns what a finder finds, as text and as words.
func found(data string, canaries ...canary) string {
	var all []string
	hit := func(kind, how string) { all = append(all, kind+" "+how) }
	f := newFinder(canaries)
	f.find([]byte(data), hit)
	f.findWords([]byte(data), hit)
	return strings.Join(all, ", ")
}

func TestASecretIsFoundHoweverItIsWritten(t *testing.T) {
	const secret = `ana+"ß"/pass@1`
	quoted, _ := json.Marshal("x" + secret + "y")
	utf16 := "-"
	for _, c := range secret {
		utf16 += string([]byte{byte(c), byte(c >> 8)})
	}
	for how, data := range map[string]string{
		"as text": "x" + secret + "y", "in hex": hex.EncodeToString([]byte("x" + secret)), "URL-escaped": "u=" + url.QueryEscape(secret) + "&",
		"in JSON": string(quoted), "in UTF-16": utf16,
	} {
		if got := found(data, canary{"password", secret}); !strings.Contains(got, "password "+how) {
			t.Errorf("%s: found %q in %q", how, got, data)
		}
	}
	for _, e := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
		for _, before := range []string{"", "a", "ab", "abc", "abcd"} {
			for _, after := range []string{"", "z", "zz"} {
				if data := e.EncodeToString([]byte(before + secret + after)); found(data, canary{"password", secret}) != "password in base64" {
					t.Errorf("not found between %q and %q in base64: %s", before, after, data)
				}
			}
		}
	}
}

func TestTheEndOfALongSecretIsEnough(t *testing.T) {
	token := strings.Repeat("eyJhbGciOiJSUzI1NiJ9.", 20) + "c2lnbmF0dXJlLW9mLWEtdG9rZW4tdGhhdC1pcy1sb25nLWVub3VnaA"
	if got := found("… "+token[len(token)-60:], canary{"access token", token}); got != "access token as text" {
		t.Errorf("found %q", got)
	}
}

func TestACodeIsFoundAsAWordOnly(t *testing.T) {
	for data, want := range map[string]string{
		"123456": "code as a word", "code 123456, please": "code as a word", "it is 123456.": "code as a word", "\n123456\n": "code as a word",
		`{"x":"123456"}`: "code as a string of JSON, code as a word", "\n\x06123456\x9a\x02": "code in a WhatsApp message, code as a word", "\n\x06123456abc": "code in a WhatsApp message",
		"1234567": "", "0123456": "", "123456.75": "", "12.123456": "", "a123456": "", "3EB0123456": "", "9f-123456-0a": "", "123_456": "",
	} {
		if got := found(data, canary{"code", "123456"}); got != want {
			t.Errorf("%q: found %q, want %q", data, got, want)
		}
	}
}

func TestOneSecretIsNotTakenForAnother(t *testing.T) {
	all := []canary{{"password", "ana-pass-1"}, {"e-mail address", "ana@example.org"}}
	if got := found("ana-pass-2 and ana@example.com, ana-pass", all...); got != "" {
		t.Errorf("found %q", got)
	}
}

func FuzzASecretIsFoundInAnything(f *testing.F) {
	f.Add("before", "secret-1", "after")
	f.Fuzz(func(t *testing.T, before, secret, after string) {
		if len(secret) < shortest || len(secret) > tail {
			t.Skip()
		}
		if got := found(before+secret+after, canary{"password", secret}); !strings.Contains(got, "as text") {
			t.Errorf("%q in %q%q: found %q", secret, before, after, got)
		}
	})
}
