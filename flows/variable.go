package flows

import (
	"time"

	"github.com/expr-lang/expr/types"
)

// varType is what a variable of a flow holds. A session keeps each as a [Value];
// varType turns it into what expressions see.
type varType string

const (
	textVar    varType = "text"    // string
	numberVar  varType = "number"  // float64
	wholeVar   varType = "whole"   // a number in a session, int in expressions
	choiceVar  varType = "choice"  // the option's id
	choicesVar varType = "choices" // the options' ids
	truthVar   varType = "truth"   // bool
	listVar    varType = "list"    // strings
	dateVar    varType = "date"    // "2006-01-02"; a time.Time in expressions
	clockVar   varType = "time"    // "15:04"
	photoVar   varType = "photo"   // the photo's reference
	countryVar varType = "country" // the country's code
	zoneVar    varType = "zone"    // the time zone's IANA name
	itemVar    varType = "item"    // an item's id, or that of a choice beside the items

	languageVar varType = "language" // the language's tag
)

const dateForm = "2006-01-02"

// exprType is the type that expressions see.
func (t varType) exprType() types.Type {
	switch t {
	case numberVar:
		return types.Float64
	case wholeVar:
		return types.Int
	case choicesVar, listVar:
		return types.TypeOf([]string{})
	case truthVar:
		return types.Bool
	case dateVar:
		return types.TypeOf(time.Time{})
	}
	return types.String
}

// value turns what a session holds into what expressions see. What is missing,
// or no longer fits because the step was given another type, is the zero value.
func (t varType) value(v Value, zone *time.Location) any {
	if !t.fits(v) {
		v = Value{}
	}
	switch t {
	case numberVar:
		return v.number
	case wholeVar:
		return int(v.number)
	case choicesVar, listVar:
		return v.list
	case truthVar:
		return v.truth()
	case dateVar:
		day, _ := time.ParseInLocation(dateForm, v.text, zone)
		return day
	}
	return v.text
}

// fits says whether a value is of this type.
func (t varType) fits(v Value) bool {
	switch t {
	case numberVar, wholeVar:
		return v.form == numberForm
	case choicesVar, listVar:
		return v.form == listForm
	case truthVar:
		return v.form == truthForm
	}
	return v.form == textForm
}

// stored turns an expression's result into the form a session keeps.
func (t varType) stored(v any) Value {
	switch v := v.(type) {
	case int:
		return numberValue(float64(v))
	case float64:
		return numberValue(v)
	case bool:
		return truthValue(v)
	case string:
		if t == itemVar && v == "" {
			return Value{}
		}
		return textValue(v)
	case time.Time:
		if v.IsZero() {
			return Value{}
		}
		return textValue(v.Format(dateForm))
	}
	return listValue(toStrings(v))
}
