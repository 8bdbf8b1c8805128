package store

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// sealVersion is the first byte of every sealed value.
const sealVersion = 1

// sealOverhead is how much longer a sealed value is than what it holds, in bytes.
const sealOverhead = 1 + chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

// keys are what is derived from the master key.
type keys struct {
	wrap    box    // seals the data keys of people
	own     box    // seals what belongs to nobody
	address []byte // keys the hash of addresses
	names   []byte // keys the hash of names of records
	codes   []byte // keys the hash of codes
}

func deriveKeys(master MasterKey) (*keys, error) {
	derived := make(map[string][]byte, 5)
	for _, use := range []string{"wrap", "own", "address", "names", "codes"} {
		key, err := hkdf.Key(sha256.New, master.secret[:], nil, "kintsugi store 1 "+use, keySize)
		if err != nil {
			return nil, fmt.Errorf("deriving keys: %w", err)
		}
		derived[use] = key
	}
	wrap, err := newBox(derived["wrap"])
	if err != nil {
		return nil, err
	}
	own, err := newBox(derived["own"])
	if err != nil {
		return nil, err
	}
	return &keys{wrap: wrap, own: own, address: derived["address"], names: derived["names"], codes: derived["codes"]}, nil
}

// addressKey hides an address: it can be looked up by whoever knows the address
// and the master key, and by nobody else.
func (k *keys) addressKey(a Address) []byte {
	mac := hmac.New(sha256.New, k.address)
	mac.Write([]byte(a.Platform))
	mac.Write([]byte{0})
	mac.Write([]byte(a.ID))
	return mac.Sum(nil)
}

// nameSize is the size of a hidden name, in bytes. Two of one person's few names
// meet in it about once in 2^60.
const nameSize = 8

// nameKey hides the name of a record of somebody's, so that it tells nothing on disk:
// not what it is, nor that somebody else has one of the same name.
func (k *keys) nameKey(p PersonID, words ...string) []byte {
	mac := hmac.New(sha256.New, k.names)
	mac.Write(personKey(p))
	for _, word := range words {
		mac.Write([]byte(word))
		mac.Write([]byte{0})
	}
	return mac.Sum(nil)[:nameSize]
}

// box seals values with one key.
type box struct{ aead cipher.AEAD }

func newBox(key []byte) (box, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return box{}, fmt.Errorf("using a key: %w", err)
	}
	return box{aead}, nil
}

// seal closes plain for its place: the key of a row in a table.
func (b box) seal(table string, key, plain []byte) []byte {
	head := 1 + chacha20poly1305.NonceSizeX
	out := make([]byte, head, len(plain)+sealOverhead)
	out[0] = sealVersion
	rand.Read(out[1:])
	return b.aead.Seal(out, out[1:head], plain, place(table, key))
}

// open opens what seal closed for the same place. The error is [ErrBroken].
func (b box) open(table string, key, sealed []byte) ([]byte, error) {
	if len(sealed) < sealOverhead || sealed[0] != sealVersion {
		return nil, ErrBroken
	}
	nonce, text := sealed[1:1+chacha20poly1305.NonceSizeX], sealed[1+chacha20poly1305.NonceSizeX:]
	plain, err := b.aead.Open(make([]byte, 0, len(text)), nonce, text, place(table, key))
	if err != nil {
		return nil, ErrBroken
	}
	return plain, nil
}

// place is what a sealed value is bound to.
func place(table string, key []byte) []byte {
	out := make([]byte, 0, len(table)+1+len(key))
	out = append(out, table...)
	out = append(out, 0)
	return append(out, key...)
}
