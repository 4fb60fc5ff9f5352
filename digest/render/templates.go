package render

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template"
	"unicode/utf8"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

//go:embed templates/*.tmpl
var builtin embed.FS

// The built-in styles of a digest.
const (
	StyleFull   = "full"
	StyleShort  = "short"
	StylePoints = "points"
)

// styles are the built-in ones, in the order in which they are offered.
var styles = [...]string{StyleFull, StyleShort, StylePoints}

// Templates are the styles in which a digest can be written: the built-in ones
// and an operator's own. Nil has the built-in ones alone. They are safe for
// many callers.
type Templates struct{ own map[string]*template.Template }

// ParseTemplates reads an operator's own templates by name and puts them
// beside the built-in ones. Templates are Go text/templates over a View; a
// blank line of a template is a gap, and a line that comes out empty is left
// out. Each is tried with reports of every situation: one that fails is
// refused by a sentence that names template, line and fault.
func ParseTemplates(own map[string]string) (*Templates, error) {
	t := &Templates{own: map[string]*template.Template{}}
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if err := named(name); err != nil {
			return nil, err
		}
		parsed, err := parseTemplate(name, own[name])
		if err != nil {
			return nil, err
		}
		if err := try(name, parsed); err != nil {
			return nil, err
		}
		t.own[name] = parsed
	}
	return t, nil
}

// named says whether an own template may have that name.
func named(name string) error {
	if slices.Contains(styles[:], name) {
		return fmt.Errorf("template %q: the built-in style of that name stays; choose another", name)
	}
	strange := strings.ContainsFunc(name, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
	if name == "" || len(name) > 20 || strange {
		return fmt.Errorf("template %q: a name is up to 20 small letters, digits and dashes", name)
	}
	return nil
}

// Names returns the styles that can be chosen, the built-in ones first.
func (t *Templates) Names() []string {
	names := slices.Clone(styles[:])
	if t != nil {
		names = append(names, slices.Sorted(maps.Keys(t.own))...)
	}
	return names
}

// Has says whether there is a style of that name; the empty one is full.
func (t *Templates) Has(name string) bool { return name == "" || slices.Contains(t.Names(), name) }

// Digest writes the weekly message of a group in the group's style. The text
// is always there: where the style is unknown or fails, it is the full one,
// and the error says why.
func (t *Templates) Digest(r digest.Report, l *locale.Locale) (Text, error) {
	p := pen{l, styled(r)}
	name := r.Group.Style
	parsed, err := t.find(name)
	if err == nil {
		text, err := p.write(name, parsed)
		if err == nil {
			return text, nil
		}
		full, _ := t.find(StyleFull)
		text, _ = p.write(StyleFull, full)
		return text, err
	}
	full, _ := t.find(StyleFull)
	text, _ := p.write(StyleFull, full)
	return text, err
}

func (t *Templates) find(name string) (*template.Template, error) {
	if name == "" {
		name = StyleFull
	}
	if slices.Contains(styles[:], name) {
		return builtins()[name], nil
	}
	if t != nil && t.own[name] != nil {
		return t.own[name], nil
	}
	return nil, fmt.Errorf("template %q: there is none; there are %s", name, strings.Join(t.Names(), ", "))
}

// write fills a template, with less and less in it until the text fits.
func (p pen) write(name string, parsed *template.Template) (Text, error) {
	v := p.view()
	if name == StyleShort {
		v.Limit = shortText
	}
	for left := trims[:]; ; {
		body, err := execute(name, parsed, v)
		if err != nil {
			return Text{}, err
		}
		if utf8.RuneCountInString(body) <= v.Limit || len(left) == 0 {
			return Text{Body: body, Mentions: v.mentions(body)}, nil
		}
		for taken := false; !taken && len(left) > 0; left = left[1:] {
			taken = left[0](v)
		}
	}
}

// styled is the report as its style ranks it: by points, where the style is
// that of points and there are any.
func styled(r digest.Report) digest.Report {
	if r.Group.Style != StylePoints || r.Metric == store.ByPoints {
		return r
	}
	return pointed(r)
}

// source is a template with its blank lines marked as gaps.
func source(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.TrimSpace(line) == "" && i < len(lines)-1 {
			lines[i] = gap
		}
	}
	return strings.Join(lines, "\n")
}

// gap stands for a blank line of a template, so that it can be told from a
// line that came out empty.
const gap = "\x01"

// tidy drops the lines that came out empty and leaves the gaps.
func tidy(text string) string {
	var parts []string
	for line := range strings.SplitSeq(text, "\n") {
		switch line = strings.TrimRight(line, " \t\r"); {
		case strings.HasSuffix(line, gap) && strings.Trim(line, gap) == "":
			parts = append(parts, "")
		case line != "":
			parts = append(parts, strings.ReplaceAll(line, gap, ""))
		}
	}
	return blocks(parts...)
}

// files are the texts of the built-in templates by name.
func files() map[string]string {
	all := map[string]string{}
	paths, _ := fs.Glob(builtin, "templates/*.tmpl")
	for _, file := range paths {
		text, _ := builtin.ReadFile(file)
		all[strings.TrimSuffix(path.Base(file), ".tmpl")] = string(text)
	}
	return all
}
