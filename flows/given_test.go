package flows_test

import (
	"testing"

	"kintsugi/flows"
)

func TestACopyIsAsNewAsWhatCameLast(t *testing.T) {
	first := flows.Given{Exchange: 7, Version: 1, Kind: "goal", Text: "A walk."}
	copied, fresh := first.Copy(flows.Item{})
	if !fresh || copied.State != flows.ItemOpen || copied.Kind != "their-goal" || copied.Shared != 7 {
		t.Fatalf("first it is %+v, fresh %t", copied, fresh)
	}
	if _, fresh := first.Copy(copied); fresh {
		t.Error("the same came twice and was fresh")
	}
	second := flows.Given{Exchange: 7, Version: 2, Kind: "goal", Text: "A long walk."}
	if copied, fresh = second.Copy(copied); !fresh || copied.Text != "A long walk." {
		t.Errorf("changed it is %+v, fresh %t", copied, fresh)
	}
	if again, fresh := first.Copy(copied); fresh || again.Text != "A long walk." {
		t.Errorf("an older one came late: %+v, fresh %t", again, fresh)
	}
	back, _ := flows.Given{Exchange: 7, Version: 3, Kind: "goal", Withdrawn: true}.Copy(copied)
	if back.Stands() || back.Text != "A long walk." {
		t.Errorf("taken back it is %+v", back)
	}
}

func TestWhatWasLetGoStaysSoWhateverComes(t *testing.T) {
	copied, _ := flows.Given{Exchange: 7, Version: 1, Kind: "promise", Text: "I ring."}.Copy(flows.Item{})
	copied.State = "dropped"
	if later, _ := (flows.Given{Exchange: 7, Version: 2, Kind: "promise", Text: "I write."}).Copy(copied); later.Stands() {
		t.Errorf("it stands again: %+v", later)
	}
}
