package bot

import "strings"

// phrase returns the command that a whole folded sentence stands for in a
// direct message, or "" for one that nobody prepared for.
func phrase(s string) string {
	switch strings.TrimLeft(trim(s), "/") {
	case "new code", "resend code", "another code", "neuer code", "neuen code", "nuevo codigo", "codigo nuevo", "otro codigo", "mandame otro", "mandame otro codigo", "reenvialo", "novo codigo", "codigo novo", "outro codigo", "manda outro", "manda-me outro", "me manda outro", "reenvia", "nouveau code", "autre code",
		"nuovo codice", "altro codice", "nieuwe code", "andere code":
		return "resend"
	case "who are you", "what is this", "what are you", "what can you do", "wer bist du", "quien eres", "quem es tu", "qui es-tu", "chi sei", "wie ben je":
		return "help"
	case "is this a scam", "is this safe", "scam", "ist das betrug", "es una estafa", "isto e fraude", "c'est une arnaque", "e una truffa", "is dit oplichting":
		return "privacy"
	case "salut", "slt", "coucou", "cc", "bjr", "bsr", "bonsoir", "salve", "buongiorno", "buonasera", "hoi", "hoi hoi", "goedendag", "goedemorgen", "goedemiddag", "goedenavond", "dag":
		return "help"
	case "garmin":
		return "link"
	}
	return ""
}
