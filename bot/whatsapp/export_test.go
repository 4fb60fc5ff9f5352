package whatsapp

// Bounded is bounded, for tests.
var Bounded = bounded

// Broken is what pairing ends with.
var Broken = broken
