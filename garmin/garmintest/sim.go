package garmintest

import (
	"encoding/json"
	"net/http"
)

// sim answers what the simulation itself is asked, on each host:
//
//	GET  /_sim/codes    the newest code of everyone, by e-mail
//	POST /_sim/disturb  {"email": "", "what": "429", "arg": "sso"}, as Disturb takes it
func (s *Server) sim(q *http.Request, path string, body []byte) reply {
	switch {
	case path == "codes" && q.Method == http.MethodGet:
		return jsonReply(http.StatusOK, s.newestCodes())
	case path == "disturb" && q.Method == http.MethodPost:
		var f struct{ Email, What, Arg string }
		err := json.Unmarshal(body, &f)
		if err == nil {
			err = s.disturb(f.Email, f.What, f.Arg)
		}
		if err != nil {
			return jsonReply(http.StatusBadRequest, map[string]string{"error": err.Error()})
		}
		return reply{status: http.StatusNoContent}
	}
	return notFoundPage()
}
