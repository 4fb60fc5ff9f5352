package gallery

import (
	"fmt"

	"clubrun/cmd/clubrun/story"
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// drawing makes one picture in a language.
type drawing struct {
	name string
	draw func(l *locale.Locale) (render.Card, bool, error)
}

// drawings are all pictures of all situations in which there is one.
func drawings(h history) ([]drawing, error) {
	runs, err := longRuns(story.Default(), 1, "Ana", 1, longAgo)
	if err != nil {
		return nil, err
	}
	all := append(append(ofWorkout(runs[0]), invitation(story.Default())), h.drawings()...)
	for _, s := range render.Samples() {
		all = append(all, ofReport(s.Name, s.Report)...)
	}
	return all, nil
}

// ofWorkout are the pictures of one recorded workout.
func ofWorkout(w render.Workout) []drawing {
	return []drawing{
		{"workout-route", func(l *locale.Locale) (render.Card, bool, error) { return render.RoutePicture(w, l) }},
		{"workout-pace", func(l *locale.Locale) (render.Card, bool, error) { return render.PacePicture(w, l) }},
	}
}

// invitation is the picture that leads to the first group of a world.
func invitation(w story.World) drawing {
	name := w.Groups[0].Name
	code := store.InviteCode(name, 0)
	return drawing{"invitation", func(l *locale.Locale) (render.Card, bool, error) {
		c, err := render.InvitationPicture(render.Invitation{Group: name, Link: "wa.me/351900000?text=/link%20" + code, Code: code}, l)
		return c, err == nil, err
	}}
}

// ofReport are the pictures that a report gives rise to.
func ofReport(name string, r digest.Report) []drawing {
	var all []drawing
	add := func(kind string, draw func(l *locale.Locale) (render.Card, bool, error)) {
		all = append(all, drawing{name + "-" + kind, draw})
	}
	add("week", func(l *locale.Locale) (render.Card, bool, error) { return render.Picture(r, l) })
	add("news", func(l *locale.Locale) (render.Card, bool, error) { return render.News(r, l) })
	add("goal", func(l *locale.Locale) (render.Card, bool, error) { return render.GoalPicture(r, l) })
	if len(r.Rows) > 0 {
		own := r.Rows[0].Athlete
		add("own", func(l *locale.Locale) (render.Card, bool, error) { return render.OwnPicture(r, own, l) })
		add("streak", func(l *locale.Locale) (render.Card, bool, error) { return render.StreakPicture(r, own, l) })
		add("year", func(l *locale.Locale) (render.Card, bool, error) { return render.YearPicture(r, own, l) })
	}
	return all
}

// styles are the built-in ones.
var styles = [...]string{render.StyleFull, render.StyleShort, render.StylePoints}

// texts are what is said in a language in every situation, style and unit
// system in which it differs.
func texts(lang string, h history) ([]text, error) {
	all := h.texts(locale.For(lang, store.Kilometres))
	for _, s := range render.Samples() {
		for _, style := range styles {
			r := s.Report
			r.Group.Style = style
			made, err := (*render.Templates)(nil).Digest(r, locale.For(lang, store.Kilometres))
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", s.Name, style, err)
			}
			all = append(all, text{s.Name + ", " + style, made.Body})
		}
		l := locale.For(lang, store.Kilometres)
		month, year := s.Report, s.Report // as if nothing else had happened in them
		month.Span, year.Span = store.MonthOf(s.Report.Span.Start), store.YearOf(s.Report.Span.Start)
		all = append(all, text{s.Name + ", so far", render.SoFar(s.Report, l)}, text{s.Name + ", /stats", render.Longer(month, year, l)})
		if len(s.Report.Rows) > 0 {
			all = append(all, text{s.Name + ", /me", render.Own(s.Report, month, year, s.Report.Rows[0].Athlete, l)})
		}
	}
	for _, units := range []store.Units{store.Miles, store.Both} {
		made, err := (*render.Templates)(nil).Digest(render.Samples()[0].Report, locale.For(lang, units))
		if err != nil {
			return nil, err
		}
		all = append(all, text{"small, " + string(units), made.Body})
	}
	return all, nil
}
