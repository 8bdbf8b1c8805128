package store

import (
	"bytes"
	"errors"
	"testing"
)

func testBox(t testing.TB) box {
	t.Helper()
	k, err := deriveKeys(NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	return k.own
}

func TestSealedOpensInItsPlaceOnly(t *testing.T) {
	b := testBox(t)
	for _, plain := range [][]byte{{}, []byte("some words"), bytes.Repeat([]byte{7}, 100_000)} {
		sealed := b.seal("table", []byte("key"), plain)
		if len(sealed) != len(plain)+sealOverhead {
			t.Errorf("%d bytes became %d", len(plain), len(sealed))
		}
		got, err := b.open("table", []byte("key"), sealed)
		if err != nil || got == nil || !bytes.Equal(got, plain) {
			t.Errorf("a sealed value did not open: %v", err)
		}
		for _, place := range [][2]string{{"other", "key"}, {"table", "other"}, {"tablekey", ""}, {"", "table\x00key"}, {"tabl", "e\x00key"}} {
			if _, err := b.open(place[0], []byte(place[1]), sealed); err != ErrBroken {
				t.Errorf("it opens at %q", place)
			}
		}
		if _, err := testBox(t).open("table", []byte("key"), sealed); err != ErrBroken {
			t.Error("it opens with another key")
		}
	}
}

func TestSealingTwiceDiffers(t *testing.T) {
	b := testBox(t)
	if bytes.Equal(b.seal("t", []byte("k"), []byte("words")), b.seal("t", []byte("k"), []byte("words"))) {
		t.Error("the same words were sealed the same")
	}
}

func TestAnyChangeBreaksASeal(t *testing.T) {
	b := testBox(t)
	sealed := b.seal("table", []byte("key"), []byte("some words"))
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := b.open("table", []byte("key"), changed); err != ErrBroken {
			t.Errorf("with byte %d changed: %v", i, err)
		}
		if _, err := b.open("table", []byte("key"), sealed[:i]); err != ErrBroken {
			t.Errorf("cut at byte %d: %v", i, err)
		}
	}
}

func TestAddressKeysTellAddressesApart(t *testing.T) {
	k, err := deriveKeys(NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	other, err := deriveKeys(NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	one := k.addressKey(Address{"telegram", "12"})
	if !bytes.Equal(one, k.addressKey(Address{"telegram", "12"})) {
		t.Error("an address has two keys")
	}
	for _, a := range []Address{{"telegram", "1"}, {"discord", "12"}, {"telegram1", "2"}, {"", "telegram12"}} {
		if bytes.Equal(one, k.addressKey(a)) {
			t.Errorf("%v has the key of another address", a)
		}
	}
	if bytes.Equal(one, other.addressKey(Address{"telegram", "12"})) {
		t.Error("the hash of an address does not depend on the master key")
	}
}

func TestDerivedKeysDiffer(t *testing.T) {
	k, err := deriveKeys(NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	sealed := k.own.seal("t", []byte("k"), []byte("words"))
	if _, err := k.wrap.open("t", []byte("k"), sealed); err != ErrBroken {
		t.Error("what one derived key sealed, another opens")
	}
}

func FuzzOpenSealed(f *testing.F) {
	b := testBox(f)
	f.Add("people", []byte("key"), []byte{})
	f.Add("people", []byte("key"), b.seal("people", []byte("other"), []byte("words")))
	f.Add("people", []byte{}, bytes.Repeat([]byte{sealVersion}, sealOverhead))
	f.Fuzz(func(t *testing.T, table string, key, sealed []byte) {
		if _, err := b.open(table, key, sealed); !errors.Is(err, ErrBroken) {
			t.Errorf("made-up bytes open: %v", err)
		}
		r := &Records{keys: &keys{own: b}, boxes: map[PersonID]box{1: b}}
		message := outboxRow(Message{}, sealed)
		if _, err := r.openMessage(outboxKey(1, ReplyLane, 1), message[:min(len(message), len(sealed))]); !errors.Is(err, ErrBroken) {
			t.Errorf("a made-up message opens: %v", err)
		}
		var row entryRow
		if err := openJSON(b, table, key, b.seal(table, key, sealed), &row); err != nil && !errors.Is(err, ErrBroken) {
			t.Errorf("sealed nonsense: %v", err)
		}
	})
}
