package dashboard

import (
	"fmt"
	"net/http"
	"sync/atomic"

	"clubrun/store"
)

// traced gives every request a correlation id, which its lines of the log and
// its answer have.
func (s *Server) traced(next http.Handler) http.Handler {
	var served atomic.Uint64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cause := store.NewCause(store.CauseRequest, fmt.Sprintf("%d %d", s.Now().UnixNano(), served.Add(1)))
		r = r.WithContext(store.WithCause(r.Context(), cause))
		w.Header().Set("X-Request-Id", cause)
		next.ServeHTTP(w, r)
		// The pattern, not the path: a path may hold a secret.
		s.Log.Debug().Ctx(r.Context()).Str("page", r.Pattern).Msg("request answered")
	})
}
