//go:build !race

package main

// racing says that this binary looks for data races.
const racing = false
