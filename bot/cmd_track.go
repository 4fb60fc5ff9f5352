package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// Tracks reads what the kept files of workouts recorded.
type Tracks interface {
	// Tracks returns the moments of the first workouts, of at most so many, by
	// their number. One of which no file is kept that could be read is missing.
	Tracks(ctx context.Context, athlete int64, most int, activities ...int64) (map[int64][]store.Moment, error)
}

// drawing makes a picture of one workout; none where the file does not tell it.
type drawing struct {
	draw func(w render.Workout, l *locale.Locale) (render.Card, bool, error)
	none string // what is said then
}

// drawings are the pictures of one workout, which nobody but its owner gets.
func drawings(word string) (d drawing, ok bool) {
	switch word {
	case "route", "map", "track", "strecke", "karte", "ruta", "recorrido", "mapa", "percurso", "rota", "trajeto",
		"parcours", "itineraire", "carte", "trace", "percorso", "tragitto", "mappa", "kaart", "traject":
		return drawing{render.RoutePicture, "bot.track.route.none"}, true
	case "pace", "pulse", "tempo", "puls", "pulso", "ritmo", "allure", "pouls", "passo", "andatura", "polso", "hartslag":
		return drawing{render.PacePicture, "bot.track.pace.none"}, true
	}
	return drawing{}, false
}

// ownTrack owes a picture of one of the sender's last workouts, of the last one
// without a number.
func (t *turn) ownTrack(ctx context.Context, d drawing, args []string) error {
	all, err := t.latest(ctx)
	if err != nil {
		return err
	}
	n, ok := 1, true
	if word := strings.Join(args, " "); word != "" && !isLast(word) {
		n, ok = choice(word)
	}
	switch {
	case len(all) == 0:
		t.say("bot.hide.nothing")
		return nil
	case !ok || n < 1 || n > len(all):
		t.say("bot.track.which", "n", len(all))
		return nil
	}
	return t.drawTrack(ctx, d, all[n-1])
}

func (t *turn) drawTrack(ctx context.Context, d drawing, a store.Activity) error {
	tracks, err := t.tracks(ctx, 1, a)
	if err != nil {
		return err
	}
	if len(tracks) == 0 {
		t.trackless()
		return nil
	}
	hide, err := t.hides(ctx)
	if err != nil {
		return err
	}
	card, drawn, err := d.draw(render.Workout{Activity: a, Who: t.athlete.Name, Track: tracks[a.ID], Hide: hide}, t.loc)
	if err == nil && !drawn {
		t.say(d.none)
	}
	t.show(ctx, card, drawn, err)
	return nil
}

// hides chooses how the ends of the sender's routes are hidden: always alike,
// and so that nobody else can tell.
func (t *turn) hides(ctx context.Context) (string, error) {
	person, err := t.Store.Person(ctx, t.athlete.ID)
	if err != nil {
		return "", fmt.Errorf("ends of routes: %w", err)
	}
	return "ends of routes: " + person, nil
}

// How many routes are on the picture of a year, and for how many workouts files
// are looked for.
const (
	onWall   = 16
	tryWall  = 64
	wallFrom = 2000.0 // metres
)

// wall returns the sender's longest workouts of a period whose tracks are kept,
// as they were done.
func (t *turn) wall(ctx context.Context, span store.Span) ([]render.Workout, error) {
	if t.Tracks == nil {
		return nil, nil
	}
	hide, err := t.hides(ctx)
	if err != nil {
		return nil, err
	}
	all, err := t.Store.Activities(ctx, t.athlete.ID, span)
	if err != nil {
		return nil, fmt.Errorf("activities: %w", err)
	}
	all = slices.DeleteFunc(all, func(a store.Activity) bool { return a.Distance < wallFrom })
	slices.SortFunc(all, func(a, b store.Activity) int {
		return cmp.Or(cmp.Compare(b.Distance, a.Distance), cmp.Compare(a.ID, b.ID))
	})
	all = all[:min(tryWall, len(all))]
	tracks, err := t.tracks(ctx, onWall, all...)
	if err != nil {
		return nil, err
	}
	var found []render.Workout
	for _, a := range all {
		if track, ok := tracks[a.ID]; ok {
			found = append(found, render.Workout{Activity: a, Track: track, Hide: hide})
		}
	}
	slices.SortFunc(found, func(a, b render.Workout) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID)) })
	return found, nil
}

// tracks reads the tracks of workouts, of at most so many.
func (t *turn) tracks(ctx context.Context, most int, all ...store.Activity) (map[int64][]store.Moment, error) {
	if t.Tracks == nil {
		return nil, nil
	}
	ids := make([]int64, len(all))
	for i, a := range all {
		ids[i] = a.ID
	}
	return t.Tracks.Tracks(ctx, t.athlete.ID, most, ids...)
}

// trackless says why there is no file to draw from.
func (t *turn) trackless() {
	switch {
	case t.Settings.Files == "none":
		t.say("bot.files.none")
	case !t.athlete.Prefs.Files:
		t.say("bot.track.off")
	default:
		t.say("bot.track.nothing")
	}
}
