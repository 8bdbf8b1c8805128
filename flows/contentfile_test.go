package flows_test

import (
	"io/fs"
	"reflect"
	"testing"
	"testing/fstest"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

func TestABookThatIsOpenedHoldsTheSameFlowsAsOneThatIsLoaded(t *testing.T) {
	loaded, err := flows.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := flows.Open(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := opened.IDs(), loaded.IDs(); !reflect.DeepEqual(a, b) {
		t.Fatalf("%d flows are opened, and %d are loaded", len(a), len(b))
	}
	for _, same := range []struct {
		of   string
		a, b any
	}{
		{"commands", opened.Commands(), loaded.Commands()},
		{"practices", opened.Practices(), loaded.Practices()},
		{"menu", opened.Menu("en"), loaded.Menu("en")},
	} {
		if !reflect.DeepEqual(same.a, same.b) {
			t.Errorf("the %s are %v opened, and %v loaded", same.of, same.a, same.b)
		}
	}
	for _, id := range loaded.IDs() {
		a, b := opened.Flow(id), loaded.Flow(id)
		if a.Graph() != b.Graph() {
			t.Errorf("%s goes otherwise once it is opened:\n%s", id, a.Graph())
		}
		if !reflect.DeepEqual(a.Heading, b.Heading) {
			t.Errorf("%s has another heading once it is opened: does a line of it stand below its steps?", id)
		}
	}
}

func TestAMistakeBelowAHeadingIsAPanicOnceTheFlowIsOpened(t *testing.T) {
	files := fstest.MapFS{"odd.yaml": {Data: []byte("id: odd.way\ntitle: An odd way\nsteps:\n  - {id: a, goto: nowhere}\n")}}
	err := fs.WalkDir(content.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[name] = &fstest.MapFile{}
			files[name].Data, err = fs.ReadFile(content.FS, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := flows.Load(files); err == nil {
		t.Error("the mistake was not found by loading")
	}
	book, err := flows.Open(files)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		broken, ok := recover().(*flows.BrokenError)
		if !ok || len(broken.Problems) != 1 || broken.Problems[0].File != "odd.yaml" || broken.Problems[0].Line != 4 {
			t.Errorf("the mistake was told of as %v", broken)
		}
	}()
	book.Flow("odd.way")
}
