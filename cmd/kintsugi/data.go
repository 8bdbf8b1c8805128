package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"kintsugi/store"
	"kintsugi/store/bolt"
)

// dataFile is the data file's name in its folder.
const dataFile = "kintsugi.db"

var errKeyMissing = errors.New("the key is missing, and there is data that was sealed with it")

// openStore opens the data with the master key, or makes both where there is
// neither. tell is called with what the operator should know.
func openStore(ctx context.Context, dir, keyFile string, env func(string) string, tell func(string)) (*store.Store, error) {
	path := filepath.Join(dir, dataFile)
	key, err := masterKey(path, keyFile, env, tell)
	if err != nil {
		return nil, err
	}
	db, err := bolt.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	s, err := store.Open(ctx, db, key)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), db.Close())
	}
	return s, nil
}

// masterKey finds the key. With none, and no data yet, one is made.
func masterKey(data, keyFile string, env func(string) string, tell func(string)) (store.MasterKey, error) {
	key, err := findKey(keyFile, env)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if _, err := os.Stat(data); err == nil {
		return key, fmt.Errorf("%s: %w", keyFile, errKeyMissing)
	}
	return makeKey(keyFile, tell)
}

// keyCredential is the name under which a service manager hands the key over.
const keyCredential = "kintsugi.key"

// findKey gives the key: KINTSUGI_KEY holds it, the service manager hands it over, or
// the file at keyFile holds it. The error wraps fs.ErrNotExist if none of them does.
func findKey(keyFile string, env func(string) string) (store.MasterKey, error) {
	from, text := "KINTSUGI_KEY", env("KINTSUGI_KEY")
	if text == "" {
		from = "the credential " + keyCredential
		given, found, err := readCredential(env, keyCredential)
		if err != nil {
			return store.MasterKey{}, err
		}
		if !found {
			return readKeyFile(keyFile)
		}
		text = given
	}
	key, err := store.ParseMasterKey(text)
	if err != nil {
		return key, fmt.Errorf("%s: %w", from, err)
	}
	return key, nil
}

func readKeyFile(keyFile string) (store.MasterKey, error) {
	key, err := store.ReadKeyFile(keyFile)
	if err != nil {
		return key, fmt.Errorf("%s: %w", keyFile, err)
	}
	return key, nil
}

func makeKey(keyFile string, tell func(string)) (store.MasterKey, error) {
	if err := os.MkdirAll(filepath.Dir(keyFile), 0o700); err != nil {
		return store.MasterKey{}, fmt.Errorf("making a folder for the key: %w", err)
	}
	key, err := store.CreateKeyFile(keyFile)
	if err != nil {
		return key, fmt.Errorf("%s: %w", keyFile, err)
	}
	tell("A new key is in " + keyFile + ". Keep a copy of it apart from the data: without it nobody can read what people wrote, and whoever has both can.")
	return key, nil
}
