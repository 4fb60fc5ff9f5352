//go:build race

package bot_test

// racing says that the race detector is on, under which all is many times slower.
const racing = true
