package whatsapptest

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"go.mau.fi/whatsmeow/store"
)

const (
	mediaHost = "mmg.whatsapp.net"
	mediaPath = "/v/t62.sim/"
	maxMedia  = 100 << 20 // bytes
)

// serveUpload keeps an encrypted file under its hash.
func (n *Network) serveUpload(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxMedia))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	sum := sha256.Sum256(body)
	token := strings.TrimRight(r.URL.Query().Get("token"), "=") // some clients leave the padding out
	if token != base64.RawURLEncoding.EncodeToString(sum[:]) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	id := base64.RawURLEncoding.EncodeToString(sum[:15])
	n.mu.Lock()
	n.media[id] = body
	n.mu.Unlock()
	direct := mediaPath + id + "?ccb=11-4&oh=sim&oe=FFFFFFFF"
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{
		"url": "https://" + n.opts.MediaHost + direct + "&mms3=true", "direct_path": direct,
	})
}

// serveDownload hands an encrypted file out.
func (n *Network) serveDownload(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodDelete {
		w.WriteHeader(http.StatusOK)
		return
	}
	n.mu.Lock()
	body, ok := n.media[strings.TrimPrefix(r.URL.Path, mediaPath)]
	n.mu.Unlock()
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_, _ = w.Write(body)
}

// serveVersion tells whatsmeow.GetLatestVersion that its version is current.
func (n *Network) serveVersion(w http.ResponseWriter, _ *http.Request) {
	_, _ = fmt.Fprintf(w, `{"client_revision":%d,}`, store.GetWAVersion()[2])
}
