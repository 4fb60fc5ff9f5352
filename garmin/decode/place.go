package decode

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// nothing is what is left of a record of which nothing may be kept.
const nothing = "null"

// WithoutPlaces returns a raw record without what tells where somebody was:
// coordinates, names of locations and drawn tracks, at any depth. All other
// fields stay in their order with their values byte for byte, known or not;
// white space between them goes. What is no JSON may hold places that cannot
// be told apart: of it null is left.
func WithoutPlaces(raw json.RawMessage) json.RawMessage {
	if !json.Valid(raw) {
		return json.RawMessage(nothing)
	}
	p := pruner{raw: raw, dec: json.NewDecoder(bytes.NewReader(raw)), out: make([]byte, 0, len(raw))}
	for {
		err := p.next()
		if errors.Is(err, io.EOF) {
			return p.out
		}
		if err != nil {
			return json.RawMessage(nothing) // cannot be: it is valid
		}
	}
}

// isPlace says whether a field tells where somebody was. Garmin's own are
// startLatitude, startLongitude, endLatitude, endLongitude, locationName and
// geoPolylineDTO; hasPolyline only says that there is a track.
func isPlace(name string) bool {
	name = strings.ToLower(name)
	switch {
	case strings.HasPrefix(name, "has"):
		return false
	case name == "location", name == "locationname":
		return true
	}
	return strings.Contains(name, "latitude") || strings.Contains(name, "longitude") || strings.Contains(name, "polyline")
}

// pruner copies valid JSON token by token, without the members that are
// places.
type pruner struct {
	raw  []byte
	dec  *json.Decoder
	out  []byte
	open []nest
}

// nest is an object or a list that is open.
type nest struct {
	object bool
	value  bool // the next token begins a member's value
	filled bool // it has an element already
}

func (p *pruner) next() error {
	before := p.dec.InputOffset()
	token, err := p.dec.Token()
	if err != nil {
		return err
	}
	text := bytes.TrimLeft(p.raw[before:p.dec.InputOffset()], " \t\r\n,:")
	if token == json.Delim('}') || token == json.Delim(']') {
		p.open = p.open[:len(p.open)-1]
		p.out = append(p.out, text...)
		return nil
	}
	if n := p.inner(); n.object && !n.value {
		if name, _ := token.(string); isPlace(name) {
			var cut json.RawMessage
			return p.dec.Decode(&cut)
		}
		p.element(n, text)
		p.out = append(p.out, ':')
		n.value = true
		return nil
	}
	p.element(p.inner(), text)
	if token == json.Delim('{') || token == json.Delim('[') {
		p.open = append(p.open, nest{object: token == json.Delim('{')})
	}
	return nil
}

// inner is what is open innermost.
func (p *pruner) inner() *nest {
	if len(p.open) == 0 {
		return &nest{}
	}
	return &p.open[len(p.open)-1]
}

// element copies a name or a value, with the comma that it needs.
func (p *pruner) element(n *nest, text []byte) {
	if n.filled && !n.value {
		p.out = append(p.out, ',')
	}
	n.filled, n.value = true, false
	p.out = append(p.out, text...)
}
