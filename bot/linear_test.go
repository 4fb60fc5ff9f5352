package bot

import (
	"fmt"
	"strings"
	"testing"

	"clubrun/digest/locale"
)

// patterns are texts that would make a careless reader go back and forth.
var patterns = []string{"/week ", "week ", "@a ", "/week e\u0301 ", "!.!. ", "last last ", "the the ", "1 2 ", "1-1 ", "from 1 sep to ", "d'd'd' ", "\u200b/", "aaaa", "ﷺ"}

// "Linear time": what is longer than any command is not read at all, whatever
// WhatsApp lets people send.
func TestWhatIsTooLongIsNotRead(t *testing.T) {
	book := NewBook()
	for _, p := range patterns {
		text := strings.Repeat(p, 1+65536/len(p))
		if n := testing.AllocsPerRun(3, func() { book.Parse(text) }); n != 0 {
			t.Errorf("%q: %v allocations for 64 kB", p, n)
		}
		if r := book.Parse(text); r.Command != "" || r.Slash {
			t.Errorf("%q: %+v", p, r)
		}
	}
}

// "Linear time": four times the text takes no more than four times the memory,
// and a little.
func TestCommandsAreReadInLinearSpace(t *testing.T) {
	book := NewBook()
	for _, p := range patterns {
		short, long := strings.Repeat(p, 240/len(p)), strings.Repeat(p, 960/len(p))
		one := testing.AllocsPerRun(10, func() { book.Parse(short) })
		four := testing.AllocsPerRun(10, func() { book.Parse(long) })
		if four > 4*one+40 {
			t.Errorf("%q: %v allocations, and %v for four times as much", p, one, four)
		}
	}
}

// BenchmarkParse is to be near linear: ns/op grows with the text up to the
// limit of 1024 bytes, and is next to nothing beyond it.
func BenchmarkParse(b *testing.B) {
	book := NewBook()
	for _, size := range []int{64, 256, 1024, 65536} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			text := strings.Repeat("/week last ", 1+size/11)[:size]
			b.SetBytes(int64(size))
			for b.Loop() {
				book.Parse(text)
			}
		})
	}
}

// BenchmarkAsk reads a question about figures from the longest command.
func BenchmarkAsk(b *testing.B) {
	for _, size := range []int{64, 256, 1024} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			words := strings.Fields(strings.Repeat("the last ", 1+size/9)[:size])
			b.SetBytes(int64(size))
			for b.Loop() {
				ask(onWednesday("en"), words, locale.UnitWeek, nil)
			}
		})
	}
}

// BenchmarkEntry reads a typed workout as long as one may be.
func BenchmarkEntry(b *testing.B) {
	for _, size := range []int{30, mostEntry} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			text := "+" + strings.Repeat("5k run 28min ", 1+size/13)[:size-1]
			b.SetBytes(int64(size))
			for b.Loop() {
				readEntry(onWednesday("en"), text, sane)
			}
		})
	}
}
