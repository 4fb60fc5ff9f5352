package garmintest

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
)

// digest hashes the seed and a path of words: the source of all that looks
// random, so that the same world is the same byte for byte.
func digest(seed int64, path ...any) [32]byte {
	var b strings.Builder
	fmt.Fprint(&b, seed)
	for _, p := range path {
		fmt.Fprintf(&b, "\x00%v", p)
	}
	return sha256.Sum256([]byte(b.String()))
}

// draw returns a generator for one purpose.
func draw(seed int64, path ...any) *rand.Rand {
	d := digest(seed, path...)
	return rand.New(rand.NewPCG(binary.LittleEndian.Uint64(d[:8]), binary.LittleEndian.Uint64(d[8:16])))
}

// word returns n letters and digits, at most 40.
func word(n int, seed int64, path ...any) string {
	d := digest(seed, path...)
	s := base64.RawURLEncoding.EncodeToString(d[:])
	return strings.NewReplacer("-", "x", "_", "Q").Replace(s)[:n]
}

// uuid returns an identifier in the form of a UUID.
func uuid(seed int64, path ...any) string {
	d := digest(seed, path...)
	h := hex.EncodeToString(d[:16])
	return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-a" + h[17:20] + "-" + h[20:32]
}

// sixDigits returns a code; 000000 is never one.
func sixDigits(seed int64, path ...any) string {
	return fmt.Sprintf("%06d", 1+draw(seed, path...).IntN(999999))
}
