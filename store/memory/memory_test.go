package memory_test

import (
	"testing"

	"kintsugi/store"
	"kintsugi/store/memory"
	"kintsugi/store/storetest"
)

func open(*testing.T) store.Backend { return memory.New() }

func TestBackend(t *testing.T) { storetest.Run(t, open) }

func TestRecords(t *testing.T) { storetest.RunRecords(t, open) }

func BenchmarkRecordsTurn(b *testing.B) {
	storetest.BenchTurns(b, memory.New(), 20_000, 1)
}
