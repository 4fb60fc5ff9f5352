package garmin

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnEmptyFileIsTheBuiltInTable(t *testing.T) {
	got, err := ParseSignIn(nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(builtIn(), got); diff != "" {
		t.Error(diff)
	}
	if len(got.Headers) < 8 || got.Roads[0] != roadMobile || got.Mobile.Pause != (Pause{2, 5}) {
		t.Errorf("%+v", got)
	}
}

func TestALineReplacesItsOwnAndNothingElse(t *testing.T) {
	got, err := ParseSignIn([]byte("roads = [\"widget\"]\n[mobile]\nclient = \"GCM_ANDROID_DARK\"\n[headers]\nx-gcexperience = \"GC6\"\nUser-Agent = \"GCM-iOS-5.22.1.4\"\nX-Lang = \"\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := *builtIn()
	if len(want.Roads) != 2 || want.Headers["X-Lang"] != "en" {
		t.Errorf("the built-in table has changed: %+v", want)
	}
	if len(got.Headers) != len(want.Headers) || got.Headers["X-Gcexperience"] != "GC6" || got.Headers["User-Agent"] != "GCM-iOS-5.22.1.4" {
		t.Errorf("%v", got.Headers)
	}
	want.Roads, want.Mobile.Client, want.Headers = []string{roadWidget}, "GCM_ANDROID_DARK", got.Headers
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Error(diff)
	}
	c := &Client{Table: got}
	if h := c.native(acceptJSON); h.Get("User-Agent") != "GCM-iOS-5.22.1.4" || h.Values("X-Lang") != nil {
		t.Errorf("%v", h)
	}
}

func TestWhatIsNoTableIsRefusedByName(t *testing.T) {
	for file, says := range map[string]string{
		"[mobile]\nhost = \"evil.example\"\n":                      "mobile.host",
		"sso = \"evil.example\"\n":                                 "hosts cannot be set",
		"[hosts]\napi = \"evil.example\"\n":                        "hosts",
		"[mobile]\nlogin = \"//evil.example/x\"\n":                 "mobile.login",
		"[mobile]\nlogin = \"@evil.example/x\"\n":                  "mobile.login",
		"[mobile]\nservice = \"https://evil.example\"\n":           "mobile.service",
		"[token]\npath = \"/../x\"\n":                              "token.path",
		"[token]\npath = \":8443/x\"\n":                            "token.path",
		"[headers]\nHost = \"evil.example\"\n":                     "headers.Host",
		"[headers]\nauthorization = \"x\"\n":                       "headers.authorization",
		"[headers]\nX-A = \"a\\r\\nHost: b\"\n":                    "headers.X-A",
		"[headers]\n\"X A\" = \"a\"\n":                             "headers.X A",
		"roads = []\n":                                             "roads is empty",
		"roads = [\"portal\"]\n":                                   "\"portal\"",
		"roads = [\"mobile\", \"mobile\"]\n":                       "each once",
		"[mobile]\npause = [5, 2]\n":                               "mobile.pause",
		"[widget]\npause = [0, 0]\n":                               "widget.pause",
		"[widget]\npause = [nan, 9]\n":                             "widget.pause",
		"[widget]\nagent = \"\"\n":                                 "widget.agent",
		"[widget\n":                                                "line 2",
		"[mobile]\nclient = 7\n":                                   "mobile.client",
		"[mobile]\nagent = \"x\"\n" + strings.Repeat("#\n", 1<<15): "at most",
	} {
		_, err := ParseSignIn([]byte(file))
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%.60q: %v does not say %q", file, err, says)
		}
	}
}

// FuzzParseSignIn: whatever an operator writes, requests go to Garmin's hosts.
func FuzzParseSignIn(f *testing.F) {
	f.Add(signInFile)
	f.Add([]byte("roads = [\"widget\"]\n[token]\npath = \"/x\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := ParseSignIn(data)
		if err != nil {
			return
		}
		c := &Client{Table: table}
		for _, address := range []string{c.Page(), mobile{client: c}.page(), mobile{client: c}.service()} {
			if !strings.HasPrefix(address, "https://sso.garmin.com/") && !strings.HasPrefix(address, "https://mobile.integration.garmin.com/") {
				t.Errorf("address %q", address)
			}
		}
	})
}
