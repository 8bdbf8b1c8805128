package bottest

import (
	"bytes"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// pipeRoom is how many bytes a direction holds before a Write waits.
const pipeRoom = 64 << 10

// pipeConn is one end of a connection. Like a TCP connection it has room for what
// nobody reads yet.
type pipeConn struct {
	in, out *stream
	onClose func()

	mu     sync.Mutex // guards what follows
	resets bool       // closing is a reset
	closed bool
}

func newPipeConns() (here, there *pipeConn) {
	a, b := newStream(), newStream()
	return &pipeConn{in: a, out: b, onClose: func() {}}, &pipeConn{in: b, out: a, onClose: func() {}}
}

// SetLinger is that of [net.TCPConn]: with 0, Close resets the connection, and the
// other end loses what it has not read.
func (c *pipeConn) SetLinger(seconds int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.resets = seconds == 0
	return nil
}

func (c *pipeConn) Close() error {
	c.mu.Lock()
	closed, resets := c.closed, c.resets
	c.closed = true
	c.mu.Unlock()
	if closed {
		return pipeError("close", net.ErrClosed)
	}
	if resets {
		c.in.reset()
		c.out.reset()
	}
	c.in.closeRead()
	c.out.closeWrite()
	c.onClose()
	return nil
}

func (c *pipeConn) Read(p []byte) (int, error)  { return c.in.read(p) }
func (c *pipeConn) Write(p []byte) (int, error) { return c.out.write(p) }
func (c *pipeConn) LocalAddr() net.Addr         { return pipeAddr{} }
func (c *pipeConn) RemoteAddr() net.Addr        { return pipeAddr{} }

func (c *pipeConn) SetDeadline(t time.Time) error {
	c.in.setDeadline(&c.in.reading, t)
	c.out.setDeadline(&c.out.writing, t)
	return nil
}

func (c *pipeConn) SetReadDeadline(t time.Time) error {
	c.in.setDeadline(&c.in.reading, t)
	return nil
}

func (c *pipeConn) SetWriteDeadline(t time.Time) error {
	c.out.setDeadline(&c.out.writing, t)
	return nil
}

// stream is one direction of a connection.
type stream struct {
	mu       sync.Mutex // guards what follows
	changed  sync.Cond
	waiting  bytes.Buffer // written and not yet read
	broken   bool         // reset
	finished bool         // the writer has closed
	deaf     bool         // the reader has closed
	reading  deadline
	writing  deadline
}

// deadline is a time after which an end waits no longer.
type deadline struct {
	at    time.Time
	timer *time.Timer
}

func newStream() *stream {
	s := new(stream)
	s.changed.L = &s.mu
	return s
}

func (s *stream) read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.deaf:
			return 0, pipeError("read", net.ErrClosed)
		case s.broken:
			return 0, pipeError("read", syscall.ECONNRESET)
		case s.reading.passed():
			return 0, pipeError("read", os.ErrDeadlineExceeded)
		case len(p) == 0:
			return 0, nil
		case s.waiting.Len() > 0:
			n, _ := s.waiting.Read(p)
			s.changed.Broadcast()
			return n, nil
		case s.finished:
			return 0, io.EOF
		}
		s.changed.Wait()
	}
}

func (s *stream) write(p []byte) (written int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch room := pipeRoom - s.waiting.Len(); {
		case s.finished:
			return written, pipeError("write", net.ErrClosed)
		case s.broken:
			return written, pipeError("write", syscall.ECONNRESET)
		case s.deaf:
			return written, pipeError("write", syscall.EPIPE)
		case s.writing.passed():
			return written, pipeError("write", os.ErrDeadlineExceeded)
		case room > 0 && len(p) > 0:
			n, _ := s.waiting.Write(p[:min(room, len(p))])
			written, p = written+n, p[n:]
			s.changed.Broadcast()
		}
		if len(p) == 0 {
			return written, nil
		}
		s.changed.Wait()
	}
}

func (s *stream) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = true
	s.waiting = bytes.Buffer{}
	s.changed.Broadcast()
}

func (s *stream) closeRead() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deaf = true
	s.waiting = bytes.Buffer{}
	s.reading.stop()
	s.changed.Broadcast()
}

func (s *stream) closeWrite() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finished = true
	s.writing.stop()
	s.changed.Broadcast()
}

func (s *stream) setDeadline(d *deadline, t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d.stop()
	d.at = t
	if !t.IsZero() {
		d.timer = time.AfterFunc(time.Until(t), s.wake)
	}
	s.changed.Broadcast()
}

func (s *stream) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changed.Broadcast()
}

func (d *deadline) passed() bool { return !d.at.IsZero() && !time.Now().Before(d.at) }

func (d *deadline) stop() {
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
}
