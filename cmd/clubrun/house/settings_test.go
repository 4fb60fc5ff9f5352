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

func TestTheOperatorIsKnownByAWholePhoneNumber(t *testing.T) {
	for _, one := range house.Choices() {
		if one.Name != "OPERATOR" {
			continue
		}
		for typed, want := range map[string]string{
			"+351 910 000 123": "351910000123", "351910000123": "351910000123", " +49 1512 3456789 ": "4915123456789", "": "",
			"00351910000123": "-", "0910000123": "-", "910": "-", "+351-910-000-123": "-", "Ben": "-", "+351 910 000 123 456 789": "-", "++351910000123": "-",
		} {
			s := house.Settings{Operator: "-"}
			err := one.Set(&s, typed)
			if (err != nil) != (want == "-") || s.Operator != want {
				t.Errorf("%q: %q, %v", typed, s.Operator, err)
			}
		}
	}
}
