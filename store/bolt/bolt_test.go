package bolt_test

import (
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"kintsugi/store"
	"kintsugi/store/bolt"
	"kintsugi/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T) store.Backend {
	b, err := bolt.Open(filepath.Join(t.TempDir(), "kintsugi.db"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBackend(t *testing.T) { storetest.Run(t, open) }

func TestRecords(t *testing.T) { storetest.RunRecords(t, open) }
