package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kintsugi/store"
)

// op is one thing that a transaction does.
type op struct {
	what       string
	key, value []byte
	in         store.Range
}

// testModel runs random transactions on the backend and on a map, and wants the
// same of both.
func testModel(t *testing.T, b store.Backend) {
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		table := fmt.Sprint("round ", round)
		model := make(map[string][]byte)
		for range rapid.IntRange(1, 5).Draw(rt, "transactions") {
			ops := rapid.SliceOfN(drawOp(), 1, 30).Draw(rt, "ops")
			fails := rapid.Bool().Draw(rt, "fails")
			model = runModel(rt, b, table, model, ops, fails)
		}
		err := b.View(context.Background(), func(tx store.Tx) error {
			return errors.Join(
				scanModel(tx, table, model, store.Range{}),
				scanModel(tx, table, model, store.Range{Reverse: true}),
			)
		})
		if err != nil {
			rt.Fatal(err)
		}
	})
}

func drawOp() *rapid.Generator[op] {
	key := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 'a', 'b', 0xff}), 1, 3)
	end := rapid.OneOf(rapid.Just([]byte(nil)), key)
	return rapid.Custom(func(t *rapid.T) op {
		return op{
			what:  rapid.SampledFrom([]string{"put", "put", "delete", "get", "scan"}).Draw(t, "what"),
			key:   key.Draw(t, "key"),
			value: rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "value"),
			in:    store.Range{From: end.Draw(t, "from"), To: end.Draw(t, "to"), Reverse: rapid.Bool().Draw(t, "reverse")},
		}
	})
}

var errUndo = errors.New("undo")

// runModel runs one transaction and gives the model as it is afterwards.
func runModel(rt *rapid.T, b store.Backend, table string, before map[string][]byte, ops []op, fails bool) map[string][]byte {
	var model map[string][]byte
	err := b.Update(context.Background(), func(tx store.Tx) error {
		model = maps.Clone(before)
		for _, o := range ops {
			if err := runOp(tx, table, model, o); err != nil {
				return err
			}
		}
		if fails {
			return errUndo
		}
		return nil
	})
	if fails && err == errUndo {
		return before
	}
	if err != nil {
		rt.Fatal(err)
	}
	return model
}

func runOp(tx store.Tx, table string, model map[string][]byte, o op) error {
	switch o.what {
	case "put":
		model[string(o.key)] = o.value
		return tx.Put(table, o.key, o.value)
	case "delete":
		delete(model, string(o.key))
		return tx.Delete(table, o.key)
	case "scan":
		return scanModel(tx, table, model, o.in)
	}
	got, err := tx.Get(table, o.key)
	want, found := model[string(o.key)]
	if err == nil && (found != (got != nil) || !bytes.Equal(got, want)) {
		err = fmt.Errorf("%q has the value %q, want %q", o.key, got, want)
	}
	return err
}

// scanModel makes sure that a scan gives the rows of the model that are in range.
func scanModel(tx store.Tx, table string, model map[string][]byte, in store.Range) error {
	keys := slices.Sorted(maps.Keys(model))
	keys = slices.DeleteFunc(keys, func(k string) bool {
		return k < string(in.From) || in.To != nil && k >= string(in.To)
	})
	if in.Reverse {
		slices.Reverse(keys)
	}
	var got []string
	err := tx.Scan(table, in, func(k, v []byte) bool {
		got = append(got, string(k))
		return bytes.Equal(v, model[string(k)])
	})
	if err == nil && !slices.Equal(got, keys) {
		err = fmt.Errorf("a scan of %q to %q (backwards: %t) gives %q, want %q", in.From, in.To, in.Reverse, got, keys)
	}
	return err
}
