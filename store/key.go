package store

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

const (
	keyPrefix = "kintsugi-key-1:"
	keySize   = 32
	// keyFileMax is far more than a key file ever holds, in bytes.
	keyFileMax = 4096
)

// MasterKey seals the data keys of all people. It lives outside the store.
// Printing and logging it in any way shows only that it is one.
type MasterKey struct{ secret [keySize]byte }

// NewMasterKey draws a key at random.
func NewMasterKey() MasterKey {
	var k MasterKey
	rand.Read(k.secret[:]) // never fails: it would end the program
	return k
}

// ParseMasterKey reads the text form that [MasterKey.Text] gives, with space
// around it. Its error is [ErrBadKey] and never holds any of the text.
func ParseMasterKey(text string) (MasterKey, error) {
	encoded, ok := strings.CutPrefix(strings.TrimSpace(text), keyPrefix)
	if !ok || len(encoded) != base64.StdEncoding.EncodedLen(keySize) || strings.ContainsAny(encoded, "\r\n") {
		return MasterKey{}, ErrBadKey
	}
	secret, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || len(secret) != keySize {
		return MasterKey{}, ErrBadKey
	}
	return MasterKey{secret: [keySize]byte(secret)}, nil
}

// Text gives the key in words that [ParseMasterKey] reads: one line, without its
// end. It is the secret itself; nothing but a key file should ever see it.
func (k MasterKey) Text() string {
	return keyPrefix + base64.StdEncoding.EncodeToString(k.secret[:])
}

// String hides the key.
func (k MasterKey) String() string { return "MasterKey(hidden)" }

// GoString hides the key.
func (k MasterKey) GoString() string { return k.String() }

// Format hides the key, whatever the verb.
func (k MasterKey) Format(s fmt.State, _ rune) { io.WriteString(s, k.String()) }

// LogValue hides the key.
func (k MasterKey) LogValue() slog.Value { return slog.StringValue(k.String()) }

// MarshalText refuses: a key is never part of another document.
func (k MasterKey) MarshalText() ([]byte, error) {
	return nil, errors.New("a master key is not written into other documents")
}

// ReadKeyFile reads the key in the file at path. A file that its group or others
// may read or write is refused with [ErrKeyExposed], one that holds something else
// with [ErrBadKey].
func ReadKeyFile(path string) (MasterKey, error) {
	f, err := os.Open(path)
	if err != nil {
		return MasterKey{}, fmt.Errorf("reading the key file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return MasterKey{}, fmt.Errorf("reading the key file: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return MasterKey{}, ErrKeyExposed
	}
	text, err := io.ReadAll(io.LimitReader(f, keyFileMax))
	if err != nil {
		return MasterKey{}, fmt.Errorf("reading the key file: %w", err)
	}
	return ParseMasterKey(string(text))
}

// CreateKeyFile draws a key and writes it into a new file at path, which only its
// owner may read. When it returns, the file is on the disk. A file that exists is
// left alone: the error then wraps fs.ErrExist.
func CreateKeyFile(path string) (MasterKey, error) {
	k := NewMasterKey()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return MasterKey{}, fmt.Errorf("creating the key file: %w", err)
	}
	_, err = io.WriteString(f, k.Text()+"\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		os.Remove(path)
		return MasterKey{}, fmt.Errorf("writing the key file: %w", err)
	}
	return k, nil
}

// syncFolder makes the names in a folder durable.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
