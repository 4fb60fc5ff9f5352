package whatsapp

import (
	"github.com/rs/zerolog"
	signal "go.mau.fi/libsignal/logger"
)

// quiet keeps whatsmeow's debug lines out of the log: they hold whole stanzas,
// with phone numbers in them.
func quiet(log zerolog.Logger) zerolog.Logger {
	if log.GetLevel() < zerolog.WarnLevel {
		return log.Level(zerolog.WarnLevel)
	}
	return log
}

// SignalLog sends libsignal's own log, which prints to standard output, to log.
// The library has one logger for the whole process: call it once, at start.
func SignalLog(log zerolog.Logger) {
	var l signal.Loggable = signalLog{quiet(log)}
	signal.Setup(&l)
}

type signalLog struct{ log zerolog.Logger }

func (l signalLog) Debug(string, string)      {}
func (l signalLog) Info(string, string)       {}
func (l signalLog) Warning(caller, _ string)  { l.log.Warn().Str("at", caller).Msg("signal warning") }
func (l signalLog) Error(caller, _ string)    { l.log.Warn().Str("at", caller).Msg("signal error") }
func (l signalLog) Configure(settings string) {}
