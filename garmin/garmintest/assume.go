package garmintest

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Assumption describes one switch of Assumptions.
type Assumption struct {
	Name  string // wrong-code-status for WrongCodeStatus
	Other any    // the other choice
	Where string // the part of the protocol whose facts are uncertain
	What  string // what is chosen, and why
}

// Default returns the choice that is made when nobody says otherwise.
func (a Assumption) Default() any {
	r := DefaultAssumptions()
	return r.field(a.Name).Interface()
}

// Set makes a choice: NAME as in Assumed, the value as it prints there.
func (r *Assumptions) Set(name, value string) error {
	f := r.field(name)
	if !f.IsValid() {
		return fmt.Errorf("no such switch: %q", name)
	}
	v, err := parsed(f.Interface(), value)
	if err != nil {
		return fmt.Errorf("%s=%q: like %v, please", name, value, f.Interface())
	}
	f.Set(reflect.ValueOf(v))
	return nil
}

// field finds the field of a switch; the zero Value when there is none.
func (r *Assumptions) field(name string) reflect.Value {
	var camel strings.Builder
	for _, part := range strings.Split(name, "-") {
		switch part {
		case "json", "id", "hrv":
			part = strings.ToUpper(part)
		case "":
			return reflect.Value{}
		}
		camel.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return reflect.ValueOf(r).Elem().FieldByName(camel.String())
}

// parsed reads a value of the kind of a model.
func parsed(model any, value string) (any, error) {
	switch model.(type) {
	case bool:
		return strconv.ParseBool(value)
	case int:
		return strconv.Atoi(value)
	case time.Duration:
		return time.ParseDuration(value)
	}
	if value == "" {
		return nil, strconv.ErrSyntax
	}
	return value, nil
}
