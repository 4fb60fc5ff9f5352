package render

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"
	"unicode/utf8"
)

// What a template may take. The limits are counted, not timed, so that what
// was written once can be written again.
const (
	sourceMost = 16 << 10 // bytes of a template
	outputMost = 16 << 10 // bytes of a text
	stepsMost  = 20_000   // turns of loops and uses of parts
	stringMost = 16 << 10 // bytes that a function returns
)

// partsName is the template whose parts all others may use.
const partsName = "parts"

// builtins are the built-in templates by name.
var builtins = sync.OnceValue(func() map[string]*template.Template {
	all := map[string]*template.Template{}
	for _, name := range styles {
		all[name], _ = parseTemplate(name, files()[name]) // a test reads the errors
	}
	return all
})

// parseTemplate reads a template together with the parts.
func parseTemplate(name, text string) (*template.Template, error) {
	if len(text) > sourceMost {
		return nil, fmt.Errorf("template %q: it is longer than %d bytes", name, sourceMost)
	}
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("template %q: it is not written in UTF-8", name)
	}
	t := template.New(name).Funcs(functions(new(int))).Option("missingkey=error")
	if _, err := t.New(partsName).Parse(source(files()[partsName])); err != nil {
		return nil, sentence(name, err)
	}
	if _, err := t.Parse(source(text)); err != nil {
		return nil, sentence(name, err)
	}
	for _, part := range t.Templates() {
		if part.Tree != nil {
			count(part.Root)
		}
	}
	return t, nil
}

// count puts a step at the beginning of a part and of each loop in it.
func count(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.IfNode:
			count(n.List)
			count(n.ElseList)
		case *parse.WithNode:
			count(n.List)
			count(n.ElseList)
		case *parse.RangeNode:
			count(n.List)
			count(n.ElseList)
		}
	}
	list.Nodes = append([]parse.Node{step(list.Pos)}, list.Nodes...)
}

// step is the action {{step}}.
func step(at parse.Pos) parse.Node {
	trees, err := parse.Parse("step", "{{step}}", "", "", map[string]any{"step": 0})
	if err != nil {
		return &parse.TextNode{NodeType: parse.NodeText, Pos: at}
	}
	return trees["step"].Root.Nodes[0]
}

var (
	errSteps  = errors.New("it does not come to an end")
	errOutput = fmt.Errorf("its text is longer than %d bytes", outputMost)
	errString = errors.New("a text in it grows without end")
	errWidth  = errors.New("printf takes no widths above 99 and no *")
)

// functions are what templates may call besides what a View has. Those of the
// language that make long texts out of short ones have limits.
func functions(steps *int) template.FuncMap {
	return template.FuncMap{
		"step": func() (string, error) {
			if *steps++; *steps > stepsMost {
				return "", errSteps
			}
			return "", nil
		},
		"dots":     func(parts ...any) (string, error) { return short(dotted(flat(parts)...)) },
		"lines":    func(parts ...any) (string, error) { return short(strings.Join(kept(flat(parts)), "\n")) },
		"join":     func(by string, parts ...any) (string, error) { return short(strings.Join(kept(flat(parts)), by)) },
		"first":    func(n int, list []string) []string { return list[:max(0, min(n, len(list)))] },
		"print":    func(args ...any) (string, error) { return short(fmt.Sprint(args...)) },
		"println":  func(args ...any) (string, error) { return short(fmt.Sprintln(args...)) },
		"html":     func(args ...any) (string, error) { return short(template.HTMLEscaper(args...)) },
		"js":       func(args ...any) (string, error) { return short(template.JSEscaper(args...)) },
		"urlquery": func(args ...any) (string, error) { return short(template.URLQueryEscaper(args...)) },
		"printf": func(format string, args ...any) (string, error) {
			if wide.MatchString(format) {
				return "", errWidth
			}
			return short(fmt.Sprintf(format, args...))
		},
	}
}

// wide are the verbs of printf that make long texts.
var wide = regexp.MustCompile(`%[^a-zA-Z%]*(\*|[0-9]{3})`)

func short(s string) (string, error) {
	if len(s) > stringMost {
		return "", errString
	}
	return s, nil
}

// flat are texts and lists of texts in one list.
func flat(parts []any) []string {
	var all []string
	for _, part := range parts {
		switch s := part.(type) {
		case string:
			all = append(all, s)
		case []string:
			all = append(all, s...)
		default:
			all = append(all, fmt.Sprint(s))
		}
	}
	return all
}

// page takes what a template writes, up to its limit.
type page struct{ strings.Builder }

func (p *page) Write(b []byte) (int, error) {
	if p.Len()+len(b) > outputMost {
		return 0, errOutput
	}
	return p.Builder.Write(b)
}

// execute fills a template once.
func execute(name string, t *template.Template, v *View) (text string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("template %q: %v", name, r)
		}
	}()
	one, err := t.Clone()
	if err != nil {
		return "", sentence(name, err)
	}
	var out page
	if err := one.Funcs(functions(new(int))).Execute(&out, v); err != nil {
		return "", sentence(name, err)
	}
	text = tidy(out.String())
	if text == "" || !utf8.ValidString(text) {
		return "", fmt.Errorf("template %q: it writes nothing that can be read", name)
	}
	return text, nil
}

// place is where the library found a fault.
var place = regexp.MustCompile(`^template: ([^:]+):(\d+)(?::\d+)?: (?:executing "[^"]*" at <(.*?)>: )?(.*)$`)

// sentence names template, line and fault.
func sentence(name string, err error) error {
	for _, plain := range []error{errSteps, errOutput, errString, errWidth} {
		if errors.Is(err, plain) {
			return fmt.Errorf("template %q: %w", name, plain)
		}
	}
	m := place.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return fmt.Errorf("template %q: %w", name, err)
	}
	fault := strings.ReplaceAll(m[4], "*render.View", "the report")
	if m[3] != "" {
		fault = m[3] + ": " + fault
	}
	return fmt.Errorf("template %q, line %s: %s", name, m[2], fault)
}

// try fills a template with reports of every situation.
func try(name string, t *template.Template) error {
	for _, s := range Samples() {
		if _, err := (pen{trialLocale(), styled(s.Report)}).write(name, t); err != nil {
			return fmt.Errorf("%w (in the situation %q)", err, s.Name)
		}
	}
	return nil
}
