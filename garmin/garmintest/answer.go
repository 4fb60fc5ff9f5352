package garmintest

import (
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// reply is an answer before it is written.
type reply struct {
	status  int
	header  http.Header
	cookies []*http.Cookie
	body    []byte
	cut     bool          // the connection ends in the middle of the body
	pause   time.Duration // in the middle of the body
}

func page(status int, title string) reply {
	body := "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>\n"
	return reply{status: status, header: http.Header{"Content-Type": {"text/html;charset=UTF-8"}}, body: []byte(body)}
}

func notFoundPage() reply { return page(http.StatusNotFound, "404 Not Found") }

func jsonReply(status int, v any) reply {
	body, err := json.Marshal(v)
	if err != nil {
		return page(http.StatusInternalServerError, "500 Internal Server Error")
	}
	return reply{status: status, header: http.Header{"Content-Type": {"application/json;charset=UTF-8"}}, body: body}
}

// problem is how the sign-in host refuses what it cannot read.
func problem() reply {
	r := jsonReply(http.StatusBadRequest, map[string]any{"type": "about:blank", "title": "Bad Request", "status": 400})
	r.header.Set("Content-Type", "application/problem+json")
	return r
}

func (r reply) with(name, value string) reply {
	r.header.Set(name, value)
	return r
}

// gzipFrom is the size from which answers are compressed when the client
// takes it.
const gzipFrom = 2 << 10

func (s *Server) write(w http.ResponseWriter, q *http.Request, r reply) {
	h := w.Header()
	for name, values := range r.header {
		h[name] = values
	}
	for _, c := range r.cookies {
		http.SetCookie(w, c)
	}
	h.Set("Date", s.now().Format(http.TimeFormat))
	h.Set("Server", "cloudflare")
	h.Set("Cf-Ray", word(16, s.opts.Seed, "ray", q.URL.Path)+"-FRA")
	h.Set("Cache-Control", "no-cache, no-store, private")
	h.Set("Pragma", "no-cache")
	if (r.cut || r.pause > 0) && len(r.body) > 1 {
		halved(w, q, r)
		return
	}
	compress := len(r.body) >= gzipFrom && strings.Contains(q.Header.Get("Accept-Encoding"), "gzip") &&
		!strings.Contains(h.Get("Content-Type"), "zip")
	if !compress {
		w.WriteHeader(r.status)
		_, _ = w.Write(r.body)
		return
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(r.status)
	z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
	_, _ = z.Write(r.body)
	_ = z.Close()
}

// halved writes half a body and then, after a pause, the rest or nothing: fewer
// bytes than promised make net/http close the connection.
func halved(w http.ResponseWriter, q *http.Request, r reply) {
	half := len(r.body) / 2
	w.Header().Set("Content-Length", strconv.Itoa(len(r.body)))
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body[:half])
	_ = http.NewResponseController(w).Flush()
	if r.cut || !wait(q, r.pause) {
		return
	}
	_, _ = w.Write(r.body[half:])
}
