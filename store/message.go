package store

import "time"

// Incoming is a message that was received: a row in the inbox before anything
// acts on it. Chat, Sender and Message together are unique.
type Incoming struct {
	ID       int64
	Chat     Chat
	Sender   string // WhatsApp user id
	Phone    string // the sender's number where known
	Name     string // the name the sender goes by
	Message  string // WhatsApp message id
	Group    bool   // written in a group
	Text     string
	Withheld bool   // Text may hold a secret: it is not stored, memory only
	Edits    string // id of the message that this one replaces
	Quotes   string // id of the bot's message that this one says to answer
	Mentions bool   // it names the bot behind an @, which Text leaves out; not stored
	Document *Document
	Sent     time.Time // the server's time
	Received time.Time
	Attempts int
}

// What the text of an Incoming is where somebody sent what nobody here can
// read: a voice note, or a picture or a film.
const (
	VoiceNote    = "🎤"
	PictureAlone = "📷"
)

// Cause returns the message's correlation id: of all that happens because of
// it, and what somebody is told who may ask the operator.
func (in Incoming) Cause() string {
	return NewCause(CauseMessage, string(in.Chat)+" "+in.Sender+" "+in.Message)
}

// Document is a file that came with a message; its bytes are fetched apart.
type Document struct {
	Name   string
	Mime   string
	Size   int64  // bytes, as the sender tells
	Handle []byte // by what the messenger fetches it, also after a restart; kept until the message is answered
}

// Reply is what a handled message leaves behind; it is stored in the
// transaction of the effect, so that effect and answer happen together.
type Reply struct {
	To   int64      // inbox row that is now done; 0 for none
	Talk *Talk      // the sender's dialogue from now on; nil leaves it as it is
	Owed []Outgoing // answers
}

// Talk is an unfinished dialogue with one person. It never holds a secret.
type Talk struct {
	User  string
	Topic string // which dialogue; empty ends it
	Step  string // what is awaited
	Data  string // the dialogue's own notes, JSON
	Until time.Time
}

// Kind is the kind of an outgoing message.
type Kind string

// The kinds of outgoing messages.
const (
	KindText     Kind = "text"
	KindImage    Kind = "image"
	KindReaction Kind = "reaction"
	KindDocument Kind = "document"
	// KindAlbum comes before the pictures of an album, which name it as their
	// Target; its Text is how many they are.
	KindAlbum Kind = "album"
	// KindPoll asks what stands in the first line of its Text, with the other
	// lines as options.
	KindPoll Kind = "poll"
)

// Urgency decides the pace at which a message is sent.
type Urgency string

// The urgencies.
const (
	UrgencyReply  Urgency = "reply"  // somebody waits for it
	UrgencyDigest Urgency = "digest" // unsolicited
)

// OutState is the state of an outgoing message:
// queued → sending → accepted → delivered, or expired, or dead.
type OutState string

// The states of an outgoing message.
const (
	OutQueued    OutState = "queued"
	OutSending   OutState = "sending" // in doubt after a crash
	OutAccepted  OutState = "accepted"
	OutDelivered OutState = "delivered"
	OutExpired   OutState = "expired"
	OutDead      OutState = "dead"
)

// Outgoing is a message that is owed: a row in the outbox before it is sent.
// Key is unique, so owing it twice is harmless; the WhatsApp message id is
// derived from it, so sending it twice is harmless too.
type Outgoing struct {
	ID       int64
	Key      string // "re:<message>:<n>", "re:<message>:g<group>:<n>", "digest:<group>:<week>:<part>"
	Chat     Chat
	Kind     Kind
	Urgency  Urgency
	Text     string // body, caption or emoji
	Target   Target // what a reaction refers to; of a picture, its album
	Media    *Media
	Due      time.Time // not before
	Expires  time.Time // not after; zero means never
	State    OutState
	Message  string // WhatsApp message id, set when it is first sent
	Attempts int
	Error    string
	Updated  time.Time
	Cause    string // correlation id of what caused it
}

// Target is the message that a reaction refers to, or the album of a picture.
type Target struct {
	Message string
	Sender  string // WhatsApp user id of who wrote it; empty for the bot itself
}

// Media is the payload of an image or a document.
type Media struct {
	Mime      string
	Name      string // file name of a document
	Data      []byte
	Thumbnail []byte // small JPEG
	Width     int    // pixels
	Height    int    // pixels
	Alt       string // what the picture shows, in one sentence
}
