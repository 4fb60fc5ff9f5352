package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"text/tabwriter"
	"time"

	"clubrun/garmin/decode"
)

// inspectedFile is the JSON of one file; what is unknown is absent.
type inspectedFile struct {
	File     string             `json:"file"`
	Format   string             `json:"format,omitempty"`
	Error    string             `json:"error,omitempty"`
	Sessions []inspectedSession `json:"sessions"`
}

type inspectedSession struct {
	Sport    string   `json:"sport,omitempty"`
	SubSport string   `json:"sub_sport,omitempty"`
	Start    string   `json:"start,omitempty"` // RFC 3339, UTC
	Elapsed  *float64 `json:"elapsed_s,omitempty"`
	Timer    *float64 `json:"timer_s,omitempty"`
	Moving   *float64 `json:"moving_s,omitempty"`
	Distance *float64 `json:"distance_m,omitempty"`
	Ascent   *float64 `json:"ascent_m,omitempty"`
	Calories *float64 `json:"calories,omitempty"`
	AvgHR    *float64 `json:"avg_hr,omitempty"`
	MaxHR    *float64 `json:"max_hr,omitempty"`
	Records  int      `json:"records"`
	Laps     int      `json:"laps"`
}

func inspectJSON(w io.Writer, in inspected) error {
	out := inspectedFile{File: in.file, Format: in.rec.Format, Sessions: []inspectedSession{}}
	if in.err != nil {
		out.Error = in.err.Error()
	}
	for _, s := range in.rec.Sessions {
		out.Sessions = append(out.Sessions, inspectSession(s))
	}
	var line bytes.Buffer
	e := json.NewEncoder(&line)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err := w.Write(line.Bytes())
	return err
}

func inspectSession(s decode.Session) inspectedSession {
	figure := func(f decode.Figure, v float64) *float64 {
		if !s.Knows(f) {
			return nil
		}
		v = math.Round(v*1000) / 1000
		return &v
	}
	return inspectedSession{
		Sport: s.Sport, SubSport: s.SubSport, Start: inspectStart(s.Start),
		Elapsed: figure(decode.HasElapsed, s.Elapsed.Seconds()), Timer: figure(decode.HasTimer, s.Timer.Seconds()),
		Moving: figure(decode.HasMoving, s.Moving.Seconds()), Distance: figure(decode.HasDistance, s.Distance),
		Ascent: figure(decode.HasAscent, s.Ascent), Calories: figure(decode.HasCalories, s.Calories),
		AvgHR: figure(decode.HasAvgHR, s.AvgHR), MaxHR: figure(decode.HasMaxHR, s.MaxHR),
		Records: s.Records, Laps: s.Laps,
	}
}

func inspectStart(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// inspectTable prints a file for people: its name, then a line a session.
func inspectTable(w io.Writer, in inspected) error {
	head := in.file
	if in.rec.Format != "" {
		head += " (" + in.rec.Format + ")"
	}
	if in.err != nil {
		head += ": " + in.err.Error()
	}
	if _, err := fmt.Fprintln(w, head); err != nil {
		return err
	}
	if len(in.rec.Sessions) == 0 {
		return nil
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "  SPORT\tSTART (UTC)\tELAPSED\tTIMER\tDISTANCE\tASCENT\tKCAL\tHR\tRECORDS\tLAPS")
	for _, s := range in.rec.Sessions {
		inspectRow(table, s)
	}
	return table.Flush()
}

func inspectRow(w io.Writer, s decode.Session) {
	sport := s.Sport
	if s.SubSport != "" && s.SubSport != "generic" {
		sport += "/" + s.SubSport
	}
	start := ""
	if !s.Start.IsZero() {
		start = s.Start.UTC().Format(time.DateTime)
	}
	cell := func(f decode.Figure, format string, v any) string {
		if !s.Knows(f) {
			return "-"
		}
		return fmt.Sprintf(format, v)
	}
	fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%d\n", inspectDash(sport), inspectDash(start),
		cell(decode.HasElapsed, "%v", s.Elapsed.Round(time.Second)), cell(decode.HasTimer, "%v", s.Timer.Round(time.Second)),
		cell(decode.HasDistance, "%.2f km", s.Distance/1000), cell(decode.HasAscent, "%.0f m", s.Ascent),
		cell(decode.HasCalories, "%.0f", s.Calories), cell(decode.HasAvgHR, "%.0f", s.AvgHR), s.Records, s.Laps)
}

func inspectDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
