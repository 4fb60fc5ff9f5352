package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clubrun/cmd/clubrun/house"

	"github.com/spf13/cobra"
)

// configured reads the settings as a command does whose data folder has this
// clubrun.toml.
func configured(t *testing.T, file string) (house.Settings, error) {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "clubrun.toml"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CLUBRUN_DATA", folder)
	cmd := &cobra.Command{}
	settingFlags(cmd)
	return configure(cmd)
}

func TestAMistypedSettingIsRefusedWithTheOneThatIsMeant(t *testing.T) {
	for given, meant := range map[string]string{
		"CLUBRUN_PUBLICURL":            "CLUBRUN_PUBLIC_URL",
		"CLUBRUN_OPERATER":             "CLUBRUN_OPERATOR",
		"CLUBRUN_CHATPASSWORDS":        "CLUBRUN_CHAT_PASSWORDS",
		"CLUBRUN_LOGLEVEL_FILE":        "CLUBRUN_LOG_LEVEL",
		"CLUBRUN_LOGFORMAT":            "CLUBRUN_LOG_FORMAT",
		"CLUBRUN_TIMEZONE":             "CLUBRUN_ZONE",
		"CLUBRUN_KEEPFILE":             "CLUBRUN_KEEP_FILES",
		"public_ulr = \"https://a.b\"": "public_url",
	} {
		t.Run(given, func(t *testing.T) {
			file := ""
			if strings.HasPrefix(given, "CLUBRUN_") {
				t.Setenv(given, "x")
			} else {
				file = given
			}
			_, err := configured(t, file)
			if wrong := new(house.ConfigError); !errors.As(err, &wrong) || !strings.HasSuffix(err.Error(), "did you mean "+meant+"?") {
				t.Errorf("%v, want a word of %s", err, meant)
			}
		})
	}
}

// A pod of Kubernetes beside a service called clubrun finds its address in the
// environment.
func TestWhatKubernetesAddsIsNoSetting(t *testing.T) {
	for _, name := range []string{"CLUBRUN_PORT", "CLUBRUN_PORT_8080_TCP_ADDR", "CLUBRUN_SERVICE_HOST", "CLUBRUN_SERVICE_PORT_HTTP"} {
		t.Setenv(name, "tcp://10.0.0.1:8080")
	}
	if _, err := configured(t, ""); err != nil {
		t.Error(err)
	}
}

func TestTheEnvironmentGoesBeforeTheFile(t *testing.T) {
	t.Setenv("CLUBRUN_OPERATOR", "+15550000001")
	s, err := configured(t, "operator = \"+15550000002\"\npublic_url = \"https://club.example.org\"\n")
	if err != nil || !strings.HasSuffix(s.Operator, "15550000001") || s.PublicURL != "https://club.example.org" {
		t.Errorf("%q %q %v", s.Operator, s.PublicURL, err)
	}
}

func TestTheLogHasTheFormThatIsSet(t *testing.T) {
	for format, want := range map[string]string{house.LogText: " INF hello kilometres=12\n", house.LogJSON: `"message":"hello"`} {
		t.Setenv("CLUBRUN_LOG_FORMAT", format)
		s, err := configured(t, "")
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		log, _ := redactedLog(&out, s.LogLevel, s.LogFormat)
		log.Info().Int("kilometres", 12).Msg("hello")
		if !strings.Contains(out.String(), want) || json.Valid([]byte(out.String())) != (format == house.LogJSON) {
			t.Errorf("%s: %s", format, out.String())
		}
	}
	t.Setenv("CLUBRUN_LOG_FORMAT", "xml")
	if _, err := configured(t, ""); err == nil || !strings.Contains(err.Error(), "neither text nor json") {
		t.Error(err)
	}
}
