package seal

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func newSealer(t *testing.T, fill byte) *Sealer {
	t.Helper()
	s, err := New(Key(bytes.Repeat([]byte{fill}, KeySize)), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSealedValueOpensForItsPlaceOnly(t *testing.T) {
	s := newSealer(t, 1)
	const place = "accounts/7/garmin/tokens"
	sealed, err := s.Seal(place, []byte("refresh"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("refresh")) {
		t.Error("the sealed value shows the value")
	}
	got, err := s.Open(place, sealed)
	if err != nil || string(got) != "refresh" {
		t.Errorf("Open = %q, %v", got, err)
	}
	if _, err := s.Open("accounts/8/garmin/tokens", sealed); !errors.Is(err, ErrBroken) {
		t.Errorf("moved value: %v, want ErrBroken", err)
	}
}

func TestEveryFlippedBitIsRefused(t *testing.T) {
	s := newSealer(t, 1)
	sealed, err := s.Seal("a", []byte("token"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(sealed) * 8 {
		sealed[i/8] ^= 1 << (i % 8)
		if _, err := s.Open("a", sealed); err == nil {
			t.Fatalf("bit %d flipped and still opened", i)
		}
		sealed[i/8] ^= 1 << (i % 8)
	}
	for n := range sealed {
		if _, err := s.Open("a", sealed[:n]); err == nil {
			t.Fatalf("cut to %d bytes and still opened", n)
		}
	}
}

func TestSameValueIsNeverSealedAlike(t *testing.T) {
	s := newSealer(t, 1)
	a, _ := s.Seal("a", []byte("token"))
	b, _ := s.Seal("a", []byte("token"))
	if bytes.Equal(a, b) {
		t.Error("two seals are equal: the nonce repeats")
	}
}

func TestWrongKeyIsToldFromDamage(t *testing.T) {
	one, two := newSealer(t, 1), newSealer(t, 2)
	check, err := one.Check()
	if err != nil {
		t.Fatal(err)
	}
	if err := one.Verify(check); err != nil {
		t.Errorf("own check: %v", err)
	}
	if err := two.Verify(check); !errors.Is(err, ErrWrongKey) {
		t.Errorf("other key's check: %v, want ErrWrongKey", err)
	}
	check[len(check)-1] ^= 1
	if err := one.Verify(check); !errors.Is(err, ErrBroken) {
		t.Errorf("damaged check: %v, want ErrBroken", err)
	}
}

func TestSealFailsWithoutRandomness(t *testing.T) {
	s, err := New(Key{}, strings.NewReader("short"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Seal("a", []byte("token")); err == nil {
		t.Error("sealed with a short nonce")
	}
}

func TestKeyFileIsMadeOnceAndForItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	var keys [8]Key
	var wait sync.WaitGroup
	for i := range keys {
		wait.Go(func() {
			key, err := LoadOrCreate(path, rand.Reader)
			if err != nil {
				t.Error(err)
			}
			keys[i] = key
		})
	}
	wait.Wait()
	for i, key := range keys {
		if key != keys[0] || key == (Key{}) {
			t.Errorf("start %d has another key", i)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	left, _ := os.ReadDir(filepath.Dir(path))
	if len(left) != 1 {
		t.Errorf("%d files in the folder, want the key alone", len(left))
	}
}

func TestFileThatIsNoKeyIsRefusedAndKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	if err := os.WriteFile(path, []byte("c2hvcnQ="), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := LoadOrCreate(path, rand.Reader)
	if err == nil || strings.Contains(err.Error(), "c2hv") {
		t.Errorf("err = %v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != "c2hvcnQ=" {
		t.Errorf("file became %q", text)
	}
}

func TestKeyIsReadFromAnyBase64(t *testing.T) {
	want := Key(bytes.Repeat([]byte{0xfb, 0xff}, KeySize/2))
	for _, text := range []string{
		"+//7//v/+//7//v/+//7//v/+//7//v/+//7//v/+/8=",
		"-__7__v_-__7__v_-__7__v_-__7__v_-__7__v_-_8",
		" +//7//v/+//7//v/+//7//v/+//7//v/+//7//v/+/8=\r\n",
	} {
		got, err := ParseKey(text)
		if err != nil || got != want {
			t.Errorf("ParseKey(%q): %v", text, err)
		}
	}
	for _, text := range []string{"", "!", "c2hvcnQ=", strings.Repeat("A", 44)} {
		if _, err := ParseKey(text); err == nil {
			t.Errorf("ParseKey(%q) is accepted", text)
		}
	}
}

func TestKeyDoesNotPrint(t *testing.T) {
	key := Key(bytes.Repeat([]byte{65}, KeySize))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
		if got := fmt.Sprintf(verb, key); got != redacted {
			t.Errorf("%s prints %q", verb, got)
		}
	}
}

func FuzzOpen(f *testing.F) {
	s, err := New(Key{1}, strings.NewReader(strings.Repeat("n", nonceSize))) // alike in every worker
	if err != nil {
		f.Fatal(err)
	}
	good, _ := s.Seal("a", []byte("token"))
	f.Add(good)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, sealed []byte) {
		value, err := s.Open("a", sealed)
		if err == nil && !bytes.Equal(sealed, good) {
			t.Errorf("forged %q", value)
		}
	})
}
