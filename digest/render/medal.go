package render

import (
	"cmp"
	"slices"
	"strings"

	"clubrun/digest"
	"clubrun/store"
)

// medals are the first three of the report's further boards, a line each.
// Time and number of workouts say much the same as effort and days: a digest
// leaves them out.
func (p pen) medals() []string {
	var lines []string
	for _, b := range p.r.Boards {
		if b.Metric == store.ByTime || b.Metric == store.ByCount {
			continue
		}
		lines = append(lines, p.further(b)...)
	}
	return lines
}

// further is the line of a board that is not the report's own.
func (p pen) further(b digest.Board) []string {
	if b.Metric == p.r.Metric && b.Sport == p.r.Sport || crowded(b) {
		return nil
	}
	return kept([]string{p.boardLine(b, medalRows)})
}

// crowded says whether more share the first place than there are medals.
func crowded(b digest.Board) bool {
	return len(b.Rows) > medalRows && b.Rows[medalRows].Rank == 1
}

// medalRows is how many have a medal.
const medalRows = 3

// boardLine is a board in a line: "⛰️ *Climb*  🥇 Ben 1,740 m  🥈 Eli 1,100 m".
func (p pen) boardLine(b digest.Board, most int) string {
	q := p.of(b)
	var first []string
	for _, row := range b.Rows {
		if len(first) < most && row.Rank >= 1 && row.Rank <= medalRows && q.r.Score(row) > 0 {
			first = append(first, q.medal(row))
		}
	}
	if len(first) == 0 {
		return ""
	}
	return q.Say("board.line", "title", q.boardName(), "list", strings.Join(first, "  "))
}

// of is a pen that writes a further board of the report.
func (p pen) of(b digest.Board) pen {
	p.r.Metric, p.r.Sport = b.Metric, b.Sport
	return p
}

// medal is a row of the first three.
func (p pen) medal(row digest.Row) string {
	sign := "▫️"
	if row.Rank >= 1 && row.Rank <= medalRows {
		sign = [...]string{"🥇", "🥈", "🥉"}[row.Rank-1]
	}
	return sign + " " + p.name(row.Athlete, row.Name) + " " + p.figure(row)
}

// boardName is the short heading of a board in a line.
func (p pen) boardName() string {
	if p.r.Metric == store.ByDistance {
		return p.Say("board.name.distance", "icon", icon(p.r.Sport), "sport", p.sportName(p.r.Sport))
	}
	if key := "board.name." + string(p.r.Metric); p.Has(key) {
		return p.Say(key)
	}
	return p.Say("board.name.effort")
}

// pointed is the report with its members ranked by points; as it is, where
// there are none.
func pointed(r digest.Report) digest.Report {
	any := slices.ContainsFunc(r.Rows, func(row digest.Row) bool { return row.Points > 0 })
	if !any {
		return r
	}
	r.Metric, r.Sport, r.Rows = store.ByPoints, "", slices.Clone(r.Rows)
	slices.SortStableFunc(r.Rows, func(a, b digest.Row) int {
		return cmp.Or(after(a.Paused, b.Paused), cmp.Compare(b.Points, a.Points), before(a, b))
	})
	for i := range r.Rows {
		row := &r.Rows[i]
		row.Change = nil
		switch {
		case row.Paused:
			row.Rank = 0
		case i > 0 && row.Points == r.Rows[i-1].Points:
			row.Rank = r.Rows[i-1].Rank
		default:
			row.Rank = i + 1
		}
	}
	return r
}

// after orders what is so behind what is not.
func after(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// pointsNote says how points are counted.
func (p pen) pointsNote() string {
	if p.r.Metric != store.ByPoints || len(p.r.Board()) == 0 {
		return ""
	}
	return p.Say("board.points.note")
}
