package whatsapp

// Bounded is bounded, for tests.
var Bounded = bounded
