package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// boardWidth is how many columns of monospaced text a phone shows in a group.
const boardWidth = 22

// board is the ranking in monospaced text under its heading; empty when nobody
// is ranked.
func (p pen) board() string {
	b := p.ranking()
	if b == nil {
		return ""
	}
	return blocks(b.Title, b.Mono, b.Note)
}

// ranking is the board of the report; nil when nobody is ranked.
func (p pen) ranking() *Ranking {
	rows := p.r.Board()
	if len(rows) == 0 {
		return nil
	}
	b := &Ranking{Title: p.boardTitle(), Rows: p.ranked(rows)}
	b.Mono = "```" + strings.Join(columns(b.Rows), "\n") + "```"
	for _, row := range b.Rows {
		if strings.HasPrefix(row.Value, "~") {
			b.Note = p.Say("board.estimated")
		}
	}
	for i, row := range rows[:min(len(b.First), len(rows))] {
		b.First[i] = p.medal(row)
	}
	return b
}

// ranked are the cells of the rows, fitted into the columns of a phone.
func (p pen) ranked(rows []digest.Row) []Ranked {
	cells := make([]Ranked, len(rows))
	for i, row := range rows {
		cells[i] = Ranked{Rank: strconv.Itoa(row.Rank), Value: p.cell(row), Days: dots(row)}
	}
	names := p.columnNames(rows, nameColumn(cells))
	for i := range cells {
		cells[i].Name = names[i]
	}
	return cells
}

// widest is how wide the columns of ranks and of values are.
func widest(cells []Ranked) (rank, value int) {
	for _, c := range cells {
		rank, value = max(rank, locale.Width(c.Rank)), max(value, locale.Width(c.Value))
	}
	return min(rank, rankMost), min(value, valueMost)
}

// The most columns that ranks and values take.
const rankMost, valueMost = 3, 7

// nameColumn is how many columns are left for names.
func nameColumn(cells []Ranked) int {
	rank, value := widest(cells)
	return max(1, boardWidth-rank-value-3-len(digest.Row{}.Days))
}

// columns puts cells under each other.
func columns(cells []Ranked) []string {
	rank, value := widest(cells)
	name := nameColumn(cells)
	lines := make([]string, len(cells))
	for i, c := range cells {
		gap := strings.Repeat(" ", max(0, name-locale.Width(c.Name)))
		lines[i] = fmt.Sprintf("%s %s%s %s %s", locale.PadLeft(c.Rank, rank), isolate(c.Name), gap, locale.PadLeft(c.Value, value), c.Days)
	}
	return lines
}

// cell is a row's score in its column, without a unit.
func (p pen) cell(row digest.Row) string {
	n := p.r.Score(row)
	switch p.r.Metric {
	case store.ByTime:
		if n >= 100*60 {
			return strconv.Itoa(n/60) + "h"
		}
		return fmt.Sprintf("%d:%02d", n/60, n%60)
	case store.ByDistance:
		return p.column(p.Single().Distance(p.distance(row), p.r.Sport))
	case store.ByClimb:
		return p.bare(p.Single().Climb(row.Climb))
	case store.ByPoints:
		return strconv.Itoa(row.Points)
	case store.ByEffort:
		if row.Estimated {
			return "~" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// column writes a distance so that decimals stand under each other.
func (p pen) column(s string) string {
	number, unit, _ := strings.Cut(s, " ")
	mark := p.Say("number.decimal")
	if (unit == "km" || unit == "mi") && len(number) < 3 && !strings.Contains(number, mark) {
		return number + mark + "0"
	}
	return number
}

// bare drops the unit, which the heading tells.
func (p pen) bare(s string) string {
	number, _, _ := strings.Cut(s, " ")
	return number
}

// distance is a row's distance in the sport of the board.
func (p pen) distance(row digest.Row) float64 {
	for _, part := range row.Parts {
		if part.Sport == p.r.Sport {
			return part.Distance
		}
	}
	return 0
}

// dots shows how many of seven days were active.
func dots(row digest.Row) string {
	n := min(max(row.ActiveDays, 0), len(row.Days))
	return strings.Repeat("•", n) + strings.Repeat("·", len(row.Days)-n)
}

func (p pen) boardTitle() string {
	switch p.r.Metric {
	case store.ByDistance:
		_, unit, _ := strings.Cut(p.Single().Distance(1e6, p.r.Sport), " ")
		return p.Say("board.distance", "icon", icon(p.r.Sport), "unit", unit, "sport", p.sportOne(p.r.Sport))
	case store.ByClimb:
		_, unit, _ := strings.Cut(p.Single().Climb(100), " ")
		return p.Say("board.climb", "unit", unit)
	case store.ByDays, store.ByTime, store.ByCount, store.ByPoints:
		return p.Say("board." + string(p.r.Metric))
	}
	return p.Say("board.effort")
}

// name is a member's name, harmless in chat text.
func (p pen) name(athlete int64, raw string) string {
	if name := p.harmless(raw); name != "" {
		return name
	}
	return p.Say("name.unknown", "id", strconv.FormatInt(athlete, 10))
}

// harmless is a name that may stand in chat text; empty when nothing is left.
func (p pen) harmless(raw string) string {
	if name := locale.Name(raw); name != "" {
		return isolate(name)
	}
	return ""
}

// isolate keeps a name that is written from right to left from turning round
// the line that it stands in.
func isolate(name string) string {
	for _, r := range name {
		if props, _ := bidi.LookupRune(r); props.Class() == bidi.R || props.Class() == bidi.AL {
			return "\u2068" + name + "\u2069"
		}
	}
	return name
}

// endMost is how many columns of a name's end are kept where names begin alike.
const endMost = 3

// columnNames fits names into a column: whole, or the given name, or that with
// an initial where two would read the same, or cut; where two that were cut read
// the same still, in their middle.
func (p pen) columnNames(rows []digest.Row, columns int) []string {
	whole, short := make([]string, len(rows)), make([]string, len(rows))
	count := map[string]int{}
	for i, row := range rows {
		whole[i] = locale.Unadorned(locale.Name(row.Name))
		if whole[i] == "" {
			whole[i] = "#" + strconv.FormatInt(row.Athlete, 10)
		}
		short[i] = whole[i]
		if locale.Width(whole[i]) > columns {
			short[i], _, _ = strings.Cut(whole[i], " ")
		}
		short[i] = locale.Cut(short[i], columns)
		count[short[i]]++
	}
	for i := range rows {
		given, rest, two := strings.Cut(whole[i], " ")
		if count[short[i]] > 1 && two && short[i] != whole[i] {
			short[i] = locale.Cut(given, columns-2) + " " + firstSign(rest)
		}
	}
	return apart(short, whole, columns)
}

// apart cuts those names in their middle that read the same and are not whole.
func apart(short, whole []string, columns int) []string {
	count := map[string]int{}
	for _, name := range short {
		count[name]++
	}
	names := slices.Clone(short)
	for i, name := range short {
		if count[name] > 1 && name != whole[i] {
			names[i] = locale.CutMiddle(whole[i], columns, endMost)
		}
	}
	return names
}

// firstSign is the first visible sign of a text, if it is narrow.
func firstSign(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	if s == "" || locale.Width(string(r)) != 1 {
		return ""
	}
	return string(r)
}
