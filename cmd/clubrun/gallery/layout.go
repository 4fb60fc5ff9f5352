package gallery

import (
	_ "embed"
	"html/template"
	"regexp"
	"strings"
)

//go:embed page.html
var source string

var layout = template.Must(template.New("page").Funcs(template.FuncMap{"chat": chat}).Parse(source))

// marks are how WhatsApp writes bold, italic and fixed-width text; those of
// more than one line come first.
var marks = []struct {
	find *regexp.Regexp
	tag  string
}{
	{regexp.MustCompile("(?s)```(.+?)```"), "pre"},
	{regexp.MustCompile("`([^`\n]+)`"), "code"},
	{regexp.MustCompile(`\*([^\s*][^*\n]*)\*`), "b"},
	{regexp.MustCompile(`\b_([^_\n]+)_`), "i"},
}

// chat shows a text as a chat does.
func chat(s string) template.HTML {
	s = template.HTMLEscapeString(s)
	for _, m := range marks {
		s = m.find.ReplaceAllString(s, "<"+m.tag+">$1</"+m.tag+">")
	}
	return template.HTML(strings.ReplaceAll(s, "</pre>\n", "</pre>")) // the text is escaped above
}
