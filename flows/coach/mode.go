package coach

// Mode is the kind of draft that a text is read as.
type Mode uint8

const (
	Statement Mode = iota // an I-statement
	Apology
	Request
	Promise
	crisisMode
	scopeMode
	modeCount
)

// modeFolders are the folders of a language's data that the patterns of a mode stand in,
// and its names.
var modeFolders = [modeCount]string{"statement", "apology", "request", "promise", "crisis", "scope"}

// ModeNames are the names of the kinds of draft.
func ModeNames() []string { return modeFolders[:crisisMode:crisisMode] }

// ParseMode gives the kind of draft of a name.
func ParseMode(name string) (Mode, bool) {
	for m, n := range ModeNames() {
		if n == name {
			return Mode(m), true
		}
	}
	return 0, false
}

func (m Mode) String() string { return modeFolders[m] }
