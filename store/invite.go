package store

import (
	"strconv"
	"strings"
)

// An invitation code leads somebody who taps a group's link to that group. It
// is three letters of the group's name and a number whose last digit checks
// the rest, such as PRC7, so that a code that was typed with a slip is no
// other group's. It opens nothing: whoever is not in the group gets nowhere
// with it.

// codeLetters is how many letters a code has.
const codeLetters = 3

// noLetters stand where a name has no letter from A to Z.
const noLetters = "RUN"

// InviteCode returns the nth code of a name, from 0 on; the first that no
// other group has is the group's.
func InviteCode(name string, n int) string {
	code := initials(name)
	if n > 0 {
		code += strconv.Itoa(n)
	}
	return code + check(code)
}

// ParseInvite reads a code as people type it; ok is false for what is none.
func ParseInvite(s string) (code string, ok bool) {
	code = strings.ToUpper(strings.TrimSpace(s))
	if len(code) <= codeLetters || len(code) > codeLetters+4 {
		return "", false
	}
	for i, r := range []byte(code) {
		letter, digit := r >= 'A' && r <= 'Z', r >= '0' && r <= '9'
		if i < codeLetters && !letter || i >= codeLetters && !digit {
			return "", false
		}
	}
	return code, true
}

// CheckedInvite says whether the last digit of a code fits the rest of it.
func CheckedInvite(code string) bool {
	return len(code) > codeLetters && check(code[:len(code)-1]) == code[len(code)-1:]
}

// check is the digit that a code ends in: by the sum of its signs, each with
// its own weight, so that one wrong sign or two that were swapped show in most
// cases.
func check(s string) string {
	sum := 0
	for i, r := range []byte(s) {
		value := int(r - '0')
		if r >= 'A' {
			value = int(r-'A') + 10
		}
		sum += value * (2*i + 3)
	}
	return strconv.Itoa(sum % 97 % 10)
}

// initials are the first letters of a name's words, and all of a word that is
// short and in capitals (Parkside RC is PRC); where they are too few, letters
// of the last word follow.
func initials(name string) string {
	first, last := "", ""
	for word := range strings.FieldsSeq(name) {
		plain := latin(word)
		if plain == "" {
			continue
		}
		last = strings.ToUpper(plain[1:])
		if len(plain) <= codeLetters && plain == strings.ToUpper(plain) {
			first, last = first+plain, ""
			continue
		}
		first += strings.ToUpper(plain[:1])
	}
	all := first + last + noLetters
	return all[:codeLetters]
}

// latin are the letters from A to Z of a word.
func latin(word string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, word)
}
