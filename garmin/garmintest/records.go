package garmintest

import (
	"fmt"
	"math"
)

// Record is one moment of a simulated workout; what its device did not measure
// is NaN.
type Record struct {
	Seconds, Distance, Speed, Heart, Lat, Lon, Altitude float64
}

// Records returns what the device recorded of a member's activity, by its id.
func (s *Server) Records(email string, id int64) ([]Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.find(email)
	if err != nil {
		return nil, err
	}
	for _, w := range s.workouts(m, s.now()) {
		if w.id == id && !w.manual {
			return w.moments(m.body), nil
		}
	}
	return nil, fmt.Errorf("garmintest: %s has no recording %d", m.Name, id)
}

func (w *workout) moments(b body) []Record {
	ways, hearts := w.progress(), w.heart(b)
	var spots []point
	if w.gps() {
		spots = w.track(ways)
	}
	out := make([]Record, len(ways))
	for i, way := range ways {
		r := Record{Seconds: w.at(i), Distance: way, Speed: math.NaN(), Heart: float64(hearts[i]), Lat: math.NaN(), Lon: math.NaN(), Altitude: math.NaN()}
		if i > 0 && r.Seconds > out[i-1].Seconds {
			r.Speed = (way - ways[i-1]) / (r.Seconds - out[i-1].Seconds)
		}
		if spots != nil {
			r.Lat, r.Lon = spots[i].lat, spots[i].lon
			r.Altitude = w.height(way / max(w.distance, 1))
		}
		out[i] = r
	}
	return out
}
