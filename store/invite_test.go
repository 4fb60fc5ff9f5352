package store

import "testing"

func TestACodeIsMadeOfTheNameAndChecked(t *testing.T) {
	for name, letters := range map[string]string{
		"Parkside RC": "PRC", "Tuesday Runners": "TRU", "Läufer": "LUF", "run": "RUN", "": "RUN", "🏃‍♀️": "RUN", "Бегуны": "RUN",
		"a b c d e": "ABC", "TV Hof": "TVH", "O": "ORU",
	} {
		for n := range 30 {
			code := InviteCode(name, n)
			if code[:3] != letters {
				t.Errorf("%q: %s, want letters %s", name, code, letters)
			}
			if read, ok := ParseInvite(" " + code + " "); !ok || read != code || !CheckedInvite(code) {
				t.Errorf("%s is not read as a code: %q, %v", code, read, ok)
			}
		}
	}
	seen := map[string]bool{}
	for n := range 1000 {
		code := InviteCode("Parkside RC", n)
		if seen[code] {
			t.Errorf("%s was given before", code)
		}
		seen[code] = true
	}
}

// A slip of the finger leads into no other group.
func TestMostSlipsShow(t *testing.T) {
	slips, found := 0, 0
	for n := range 40 {
		code := InviteCode("Parkside RC", n)
		for i := range code {
			for _, r := range "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" {
				wrong := code[:i] + string(r) + code[i+1:]
				if _, ok := ParseInvite(wrong); !ok || wrong == code {
					continue
				}
				slips++
				if !CheckedInvite(wrong) {
					found++
				}
			}
		}
	}
	if 100*found < 85*slips {
		t.Errorf("%d of %d slips show", found, slips)
	}
}

func TestWhatIsNoCode(t *testing.T) {
	for _, text := range []string{"", "cn", "chat", "PRC", "7", "123456", "PR7", "PRCX", "PRC7X", "P7C7", "ÄBC7", "PRC12345"} {
		if code, ok := ParseInvite(text); ok {
			t.Errorf("%q was read as %s", text, code)
		}
	}
}
