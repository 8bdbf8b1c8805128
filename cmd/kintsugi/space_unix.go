//go:build linux || darwin

package main

import "syscall"

// freeSpace gives the bytes that are free where a folder is, if that can be known.
func freeSpace(dir string) (bytes uint64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
