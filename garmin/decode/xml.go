package decode

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	encodings "golang.org/x/text/encoding/unicode"
)

const maxDepth = 100 // of nested elements

// xmlVisitor is told of elements by their local names; prefixes say nothing,
// since files declare them at will or not at all.
type xmlVisitor interface {
	// open is told of an element's beginning.
	open(name string, attrs []xml.Attr) error
	// close is told of its end, with the text directly in it.
	close(name, parent, text string) error
}

// walkXML reads a document to its end or to its first fault.
func walkXML(data []byte, v xmlVisitor) error {
	in := &tokenReader{in: bufio.NewReader(utf8Of(data))}
	d := xml.NewDecoder(in)
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset
	w := xmlWalk{visitor: v}
	for {
		in.left = maxToken
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return w.end()
		}
		if errors.Is(err, ErrTooLarge) {
			return ErrTooLarge
		}
		if err != nil {
			return faultOf(err)
		}
		if err := w.token(token); err != nil {
			return err
		}
	}
}

// faultOf says where a document is damaged, and how.
func faultOf(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) && syntax.Msg == "unexpected EOF" {
		return fmt.Errorf("%w: the file ends early, on line %d", ErrDamaged, syntax.Line)
	}
	return fmt.Errorf("%w: %s", ErrDamaged, printable(err.Error()))
}

// printable is a text without the bytes of a document that no terminal should
// see.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return '?'
		}
		return r
	}, text)
}

// tokenReader hands out the bytes of one tag or text, and no more than left: the
// decoder keeps all attributes of a tag at once.
type tokenReader struct {
	in   *bufio.Reader
	left int
}

// ReadByte returns the next byte; the decoder reads by it as long as the
// document is in UTF-8.
func (r *tokenReader) ReadByte() (byte, error) {
	if r.left--; r.left < 0 {
		return 0, ErrTooLarge
	}
	return r.in.ReadByte()
}

// Read serves documents in other encodings.
func (r *tokenReader) Read(p []byte) (int, error) {
	if r.left < 0 {
		return 0, ErrTooLarge
	}
	n, err := r.in.Read(p)
	r.left -= n
	return n, err
}

// xmlWalk is the state of a walk: the names of the open elements and the text
// seen in the innermost one.
type xmlWalk struct {
	visitor xmlVisitor
	path    []string
	text    []byte
}

func (w *xmlWalk) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if len(w.path) == maxDepth {
			return fmt.Errorf("%w: elements nest too deeply", ErrDamaged)
		}
		w.path = append(w.path, t.Name.Local)
		w.text = w.text[:0]
		return w.visitor.open(t.Name.Local, t.Attr)
	case xml.CharData:
		w.text = append(w.text, t...)
	case xml.EndElement:
		return w.close(t.Name.Local)
	}
	return nil
}

func (w *xmlWalk) close(name string) error {
	n := len(w.path)
	if n == 0 || w.path[n-1] != name {
		return fmt.Errorf("%w: </%s> closes nothing", ErrDamaged, printable(fmt.Sprintf("%.20s", name)))
	}
	parent := ""
	if n > 1 {
		parent = w.path[n-2]
	}
	text := strings.TrimSpace(string(w.text))
	w.path, w.text = w.path[:n-1], w.text[:0]
	return w.visitor.close(name, parent, text)
}

func (w *xmlWalk) end() error {
	if len(w.path) > 0 {
		return fmt.Errorf("%w: the file ends early", ErrDamaged)
	}
	return nil
}

// utf8Of turns UTF-16 into UTF-8, drops a byte order mark, and mends what no
// decoder takes: broken letters of what claims to be UTF-8, control characters,
// such as the zeros that a device leaves that lost its power, and version 1.1.
func utf8Of(data []byte) io.Reader {
	switch {
	case hasPrefix(data, "\xff\xfe", "<\x00"):
		return encodings.UTF16(encodings.LittleEndian, encodings.UseBOM).NewDecoder().Reader(bytes.NewReader(data))
	case hasPrefix(data, "\xfe\xff", "\x00<"):
		return encodings.UTF16(encodings.BigEndian, encodings.UseBOM).NewDecoder().Reader(bytes.NewReader(data))
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	head := bytes.ToLower(data[:min(len(data), 200)])
	if !bytes.Contains(head, []byte("encoding=")) || bytes.Contains(head, []byte("utf-")) {
		data = bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	if bytes.IndexFunc(data, isControl) >= 0 {
		data = bytes.Map(func(r rune) rune {
			if isControl(r) {
				return ' '
			}
			return r
		}, data)
	}
	if i := bytes.Index(head, []byte("1.1")); i >= 0 && bytes.HasPrefix(head, []byte("<?xml")) && i < bytes.Index(head, []byte("?>")) {
		data = bytes.Clone(data)
		data[i+2] = '0'
	}
	return bytes.NewReader(data)
}

func hasPrefix(data []byte, any ...string) bool {
	for _, p := range any {
		if bytes.HasPrefix(data, []byte(p)) {
			return true
		}
	}
	return false
}

// isControl says whether XML forbids a character.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}

// charset reads the encodings of one byte a sign that programs still write; an
// unknown one is taken for UTF-8, and UTF-16 has been turned already.
func charset(label string, in io.Reader) (io.Reader, error) {
	label = plainLabel(label)
	if strings.HasPrefix(label, "utf16") {
		return in, nil
	}
	e := encodings.UTF8
	for _, c := range charmap.All {
		if c, ok := c.(*charmap.Charmap); ok && plainLabel(c.String()) == label {
			e = c
		}
	}
	return e.NewDecoder().Reader(in), nil
}

// plainLabel makes equal what people call an encoding. Latin 1 is Windows 1252,
// as browsers have it.
func plainLabel(label string) string {
	label = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(label))
	switch label {
	case "iso88591", "latin1", "l1", "usascii", "ascii", "cp1252", "ansi":
		return "windows1252"
	case "latin2":
		return "iso88592"
	case "latin9":
		return "iso885915"
	case "mac":
		return "macintosh"
	}
	if code, ok := strings.CutPrefix(label, "cp125"); ok {
		return "windows125" + code
	}
	return label
}

// maxHead is how far into a document its first element must begin.
const maxHead = 64 << 10

// rootOf returns the name of a document's first element, "" where the bytes are
// no XML.
func rootOf(data []byte) string {
	data = data[:min(len(data), maxHead)]
	if !bytes.Contains(data, []byte("<")) {
		return ""
	}
	d := xml.NewDecoder(utf8Of(data))
	d.Strict, d.Entity, d.CharsetReader = false, xml.HTMLEntity, charset
	for {
		token, err := d.RawToken()
		if err != nil {
			return ""
		}
		if e, ok := token.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}

// attr returns an attribute's value by its local name.
func attr(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// mostNumber is beyond every figure of a workout in whatever unit.
const mostNumber = 1e12

// number reads a decimal number, also with a decimal comma.
func number(text string) (float64, bool) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		comma, dot := strings.LastIndexByte(text, ','), strings.LastIndexByte(text, '.')
		if comma > dot {
			text = strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
		} else {
			text = strings.ReplaceAll(text, ",", "")
		}
		v, err = strconv.ParseFloat(strings.TrimSpace(text), 64)
	}
	return v, err == nil && math.Abs(v) <= mostNumber
}

// instant reads an ISO 8601 time; without a zone it is taken as UTC, as both
// schemas want.
func instant(text string) (time.Time, bool) {
	text = strings.ToUpper(text)
	for _, layout := range [...]string{
		time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05", "2006-01-02 15:04:05Z07:00",
		"2006-1-2T15:4:5Z07:00", "2006-1-2T15:4:5", "2006-01-02T15:04:05 Z07:00", "2006-01-02 15:04:05 MST", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
		"20060102T150405Z0700", "2006/01/02 15:04:05", "2006-01-02T15:04:05Z07",
	} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), t.Year() > 1
		}
	}
	return time.Time{}, false
}

// heartRate reads beats per minute; 0 and 255 are how devices write none.
func heartRate(text string) (float64, bool) {
	v, ok := number(text)
	return v, ok && v > 0 && v < 255
}

// reads keeps a figure of a point where the text is one.
func (*trackpoint) reads(to *float64, text string) {
	if v, ok := number(text); ok {
		*to = v
	}
}
