package coach

// Feeling is a word that a person may own: "I felt …".
type Feeling struct {
	Word     string   `yaml:"word"`
	Kind     string   `yaml:"kind"`     // its family, such as sadness
	Strength int      `yaml:"strength"` // 1 (mild) to 3 (strong)
	Forms    []string `yaml:"forms"`    // other forms of the word: "anger" of "angry"
}

// Faux is a word for what somebody else did, in the place of a feeling, with feelings
// that often lie beneath it.
type Faux struct {
	Word    string   `yaml:"word"`
	Beneath []string `yaml:"beneath"`
}

// feelingFile is the list of feelings as it is written.
type feelingFile struct {
	Feelings []Feeling `yaml:"feelings"`
	Faux     []Faux    `yaml:"faux"`
}

// The classes that the list of feelings fills.
const (
	feelingClass = "feeling"
	fauxClass    = "faux"
)

// feelings reads the list, and makes classes of it.
func (ld *loader) feelings() {
	var file feelingFile
	if !ld.decode("feelings.yaml", &file) {
		return
	}
	v := ld.l.vocabulary
	for _, f := range file.Feelings {
		v.members[feelingClass] = append(append(v.members[feelingClass], f.Word), f.Forms...)
	}
	for _, f := range file.Faux {
		v.members[fauxClass] = append(v.members[fauxClass], f.Word)
	}
	ld.l.feelings, ld.l.faux = file.Feelings, file.Faux
}

// Beneath gives feelings that often lie beneath a faux feeling, if the words name one.
func (l *Language) Beneath(words string) []string {
	for _, f := range l.faux {
		if f.Word == words {
			return f.Beneath
		}
	}
	return nil
}
