package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// ladder says which of our packages a package may import. A new arrow is a
// design change: it is edited here, in the commit that needs it, with the
// reason.
var ladder = map[string]string{
	"store":                     "",
	"store/failpoint":           "",
	"store/seal":                "",
	"charts":                    "",
	"garmin":                    "",
	"bot/whatsapp/whatsapptest": "",

	"digest":            "store",
	"digest/locale":     "store",
	"bot/access":        "store",
	"bot/dashboard":     "digest/locale store", // locale for the page on which members sign in
	"bot/outbox":        "store",
	"bot/schedule":      "store",
	"bot/whatsapp":      "store",
	"garmin/account":    "garmin store",
	"garmin/decode":     "store",
	"garmin/garmintest": "garmin",
	"store/sqlite":      "store store/seal",

	"digest/gather":   "digest store",
	"digest/render":   "digest digest/locale charts store",
	"garmin/encode":   "garmin/decode store",        // what decode reads is what it writes
	"garmin/ingest":   "garmin garmin/decode store", // garmin for the kinds of its errors
	"store/storetest": "store store/seal store/sqlite",

	"bot":            "bot/access store digest digest/gather digest/locale digest/render",
	"bot/takeout":    "garmin/decode garmin/encode store", // what has no FIT file gets one, also from the track of a GPX or TCX file
	"digest/publish": "digest digest/gather digest/locale digest/render store",

	// The roof: the house wires all rooms, control carries the operator's commands
	// to a running one and operate knows them, the story plays a house against
	// both simulated networks, the gallery shows what they would say, the command
	// reads flags.
	"cmd/clubrun/house":   "*",
	"cmd/clubrun/control": "",
	"cmd/clubrun/operate": "bot/schedule bot/takeout cmd/clubrun/control cmd/clubrun/house digest/locale digest/publish garmin garmin/account garmin/ingest store store/sqlite", // garmin, garmin/account: how Garmin stands
	"cmd/clubrun/story":   "cmd/clubrun/control cmd/clubrun/house cmd/clubrun/operate garmin/decode garmin/encode garmin/garmintest bot/whatsapp/whatsapptest store",            // decode, encode: what the simulation does not read of what is uploaded
	"cmd/clubrun/gallery": "cmd/clubrun/story digest digest/locale digest/render garmin/decode garmin/garmintest store",
	"cmd/clubrun":         "*",
}

// anywhere may be imported by any room: named points have no direction.
const anywhere = "store/failpoint"

// simulated are the packages that only demo, stories and tests may import.
var simulated = []string{"garmin/garmintest", "bot/whatsapp/whatsapptest", "store/storetest"}

// modules are the third-party modules that our code may import, with what each
// is for.
var modules = map[string]string{
	"go.mau.fi/whatsmeow":                   "given: WhatsApp's multi-device protocol",
	"github.com/mattn/go-sqlite3":           "given: SQLite",
	"github.com/robfig/cron/v3":             "given: cron lines and timers",
	"github.com/tormoder/fit":               "given: FIT files",
	"github.com/wcharczuk/go-chart/v2":      "given: the drawing engine",
	"golang.org/x/crypto":                   "given: XChaCha20-Poly1305, HKDF",
	"github.com/rs/zerolog":                 "given: the log",
	"go.mau.fi/libsignal":                   "whatsmeow's Signal protocol: its logger, and the simulated phones",
	"go.mau.fi/util":                        "whatsmeow's helpers, for its store interfaces",
	"google.golang.org/protobuf":            "whatsmeow's messages",
	"github.com/coder/websocket":            "whatsmeow's websocket, for the simulated server",
	"github.com/golang/freetype":            "round strokes of go-chart's rasterizer",
	"github.com/go-text/typesetting":        "shaping of names in pictures",
	"github.com/rivo/uniseg":                "grapheme clusters of names",
	"golang.org/x/image":                    "scaling of pictures",
	"golang.org/x/text":                     "Unicode normal forms",
	"golang.org/x/sync":                     "errgroup",
	"golang.org/x/term":                     "whether somebody looks, how wide, and a password that is not shown",
	"github.com/spf13/cobra":                "commands and flags",
	"github.com/BurntSushi/toml":            "clubrun.toml, and the rules of the digest",
	"github.com/mdp/qrterminal/v3":          "the QR code in the terminal",
	"rsc.io/qr":                             "the QR code of a group's invitation; qrterminal's own encoder",
	"github.com/refraction-networking/utls": "the TLS handshake of another program, for sign-ins at Garmin where an operator asks for it",
	"github.com/prometheus/client_golang":   "what Prometheus reads of the running bot",
	"github.com/google/go-cmp":              "differences in tests",
	"github.com/muktihari/fit":              "tests only: a second FIT decoder to hold ours against",
}

// homes are the rooms that may import a module which is for them alone: all
// others tell what they do by hooks.
var homes = map[string]string{
	"github.com/prometheus/client_golang": "bot/dashboard cmd/clubrun/house",
}

// given are the modules that the product is built on: the running bot itself
// must use each of them.
var given = []string{
	"go.mau.fi/whatsmeow", "github.com/mattn/go-sqlite3", "github.com/robfig/cron/v3", "github.com/tormoder/fit",
	"github.com/wcharczuk/go-chart/v2", "golang.org/x/crypto", "github.com/rs/zerolog",
}

type listed struct {
	ImportPath   string
	Name         string
	Doc          string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Standard     bool
	Module       *struct{ Path string }
}

const module = "clubrun"

func list(t *testing.T, args ...string) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-json"}, args...)...)
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func ours(path string) (string, bool) { return strings.CutPrefix(path, module+"/") }

func TestNoArrowLeavesTheLadder(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range list(t, "./...") {
		name, _ := ours(p.ImportPath)
		seen[name] = true
		allowed, known := ladder[name]
		if !known {
			t.Errorf("package %s has no place in the ladder", name)
		}
		if !strings.HasPrefix(p.Doc, "Package ") && p.Name != "main" {
			t.Errorf("package %s has no doc that begins with Package", name)
		}
		for _, i := range p.Imports {
			if to, is := ours(i); is && to != anywhere && allowed != "*" && !slices.Contains(strings.Fields(allowed), to) {
				t.Errorf("%s imports %s, which the ladder does not grant", name, to)
			}
		}
	}
	for name := range ladder {
		if !seen[name] {
			t.Errorf("the ladder has a room %s that does not exist", name)
		}
	}
}

func TestOnlyListedModulesAreImported(t *testing.T) {
	owner := map[string]string{}
	for _, p := range list(t, "-deps", "-test", "./...") {
		if p.Module != nil {
			owner[p.ImportPath] = p.Module.Path
		}
	}
	used := map[string]bool{}
	for _, p := range list(t, "./...") {
		for _, i := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			m := owner[i]
			if m == "" || m == module {
				continue
			}
			used[m] = true
			if modules[m] == "" {
				t.Errorf("%s imports %s of module %s, which is not listed", p.ImportPath, i, m)
			}
			if room, _ := ours(p.ImportPath); homes[m] != "" && !slices.Contains(strings.Fields(homes[m]), room) {
				t.Errorf("%s imports %s of module %s, which is for %s", p.ImportPath, i, m, homes[m])
			}
		}
	}
	for m := range modules {
		if !used[m] {
			t.Errorf("module %s is listed and not imported", m)
		}
	}
}

// The house is what `clubrun run` builds, so what it reaches is the bot.
func TestTheRunningBotUsesEachGivenModule(t *testing.T) {
	direct := map[string]bool{}
	reached := list(t, "-deps", "./cmd/clubrun/house")
	owner := map[string]string{}
	for _, p := range reached {
		if p.Module != nil {
			owner[p.ImportPath] = p.Module.Path
		}
	}
	for _, p := range reached {
		name, is := ours(p.ImportPath)
		if !is {
			continue
		}
		if slices.Contains(simulated, name) {
			t.Errorf("the running bot reaches %s, which is for simulations only", name)
		}
		for _, i := range p.Imports {
			direct[owner[i]] = true
		}
	}
	for _, m := range given {
		if !direct[m] {
			t.Errorf("the running bot does not use %s", m)
		}
	}
}
