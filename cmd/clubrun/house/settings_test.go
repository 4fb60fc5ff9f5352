package house_test

import (
	"testing"

	"clubrun/cmd/clubrun/house"
)

func TestPasswordsAreTakenOverHTTPSOrOnThisMachineOnly(t *testing.T) {
	for url, want := range map[string]bool{
		"": true, "https://club.example.org": true, "https://club.example.org:8443/bot": true,
		"http://localhost:8080": true, "http://127.0.0.1": true, "http://[::1]:8080": true,
		"http://club.example.org": false, "http://localhost.example.org": false, "ftp://localhost": false,
		"club.example.org": false, "https://": false, "https://ana:secret@club.example.org": false, "https://club.example.org?a=b": false,
	} {
		s := house.Defaults()
		s.PublicURL = url
		if err := s.Check(); (err == nil) != want {
			t.Errorf("PUBLIC_URL %q: %v", url, err)
		}
	}
}
