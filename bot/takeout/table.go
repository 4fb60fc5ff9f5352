package takeout

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"clubrun/store"
)

// column is a column of the table of activities.
type column struct {
	head string
	cell func(store.Activity) string
}

// columns are those of the table, units in their heads. What is not known is
// empty.
func columns(named map[int64]store.File) []column {
	return []column{
		{"activity", func(a store.Activity) string { return strconv.FormatInt(a.ID, 10) }},
		{"start_utc", func(a store.Activity) string { return a.Start.UTC().Format(time.RFC3339) }},
		{"start_local", func(a store.Activity) string { return a.Local.Format(time.RFC3339) }},
		{"name", func(a store.Activity) string { return harmless(a.Name) }},
		{"sport", func(a store.Activity) string { return harmless(string(a.Sport)) }},
		{"type", func(a store.Activity) string { return harmless(a.Type) }},
		{"distance_m", func(a store.Activity) string { return number(a.Distance) }},
		{"climb_m", func(a store.Activity) string { return number(a.Climb) }},
		{"elapsed_s", func(a store.Activity) string { return number(a.Elapsed.Seconds()) }},
		{"timer_s", func(a store.Activity) string { return number(a.Timer.Seconds()) }},
		{"moving_s", func(a store.Activity) string { return number(a.Moving.Seconds()) }},
		{"calories_kcal", func(a store.Activity) string { return number(a.Calories) }},
		{"avg_hr_bpm", func(a store.Activity) string { return number(a.AvgHR) }},
		{"max_hr_bpm", func(a store.Activity) string { return number(a.MaxHR) }},
		{"hr_zone_1_s", func(a store.Activity) string { return number(a.Metrics.Zones[0]) }},
		{"hr_zone_2_s", func(a store.Activity) string { return number(a.Metrics.Zones[1]) }},
		{"hr_zone_3_s", func(a store.Activity) string { return number(a.Metrics.Zones[2]) }},
		{"hr_zone_4_s", func(a store.Activity) string { return number(a.Metrics.Zones[3]) }},
		{"hr_zone_5_s", func(a store.Activity) string { return number(a.Metrics.Zones[4]) }},
		{"moderate_min", func(a store.Activity) string { return number(float64(a.Moderate)) }},
		{"vigorous_min", func(a store.Activity) string { return number(float64(a.Vigorous)) }},
		{"load", func(a store.Activity) string { return number(a.Metrics.Load) }},
		{"device", func(a store.Activity) string { return harmless(a.Metrics.Device) }},
		{"race", func(a store.Activity) string { return yes(a.Race) }},
		{"record", func(a store.Activity) string { return yes(a.Record) }},
		{"private", func(a store.Activity) string { return yes(a.Private) }},
		{"hidden", func(a store.Activity) string { return yes(!a.Hidden.IsZero()) }},
		{"typed", func(a store.Activity) string { return yes(a.Manual) }},
		{"source", func(a store.Activity) string { return harmless(a.Source) }},
		{"source_id", func(a store.Activity) string { return harmless(a.External) }},
		{"leg_of_source_id", func(a store.Activity) string { return harmless(a.Parent) }},
		{"file", func(a store.Activity) string {
			if f, kept := named[a.ID]; kept {
				return harmless(inArchive(f))
			}
			return ""
		}},
	}
}

// table writes the activities as RFC 4180 has it, one row each.
func (m *Maker) table(ctx context.Context, w io.Writer, athlete int64, named map[int64]store.File) error {
	all := columns(named)
	row := make([]string, len(all))
	for i, c := range all {
		row[i] = c.head
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(row); err != nil {
		return err
	}
	err := m.eachActivity(ctx, athlete, func(a store.Activity) error {
		for i, c := range all {
			row[i] = c.cell(a)
		}
		return out.Write(row)
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

// number writes a figure with a decimal point and no more digits than it has;
// zero is unknown.
func number(x float64) string {
	if x == 0 {
		return ""
	}
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 3, 64), "0"), ".")
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// harmless keeps a text from being taken for a formula: a spreadsheet would run
// it. The sign in front says that it is a text.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}
