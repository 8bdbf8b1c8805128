package bottest

import (
	"context"
	"net"
	"sync"
	"syscall"
)

// Pipe is a listener without a network, and the way to dial it. Nothing on it waits for
// the kernel, so that a server and its clients can live in a bubble of testing/synctest.
// Its zero value is not ready: use [NewPipe].
type Pipe struct {
	dialed  chan net.Conn
	closed  chan struct{}
	closing sync.Once

	mu      sync.Mutex // guards what follows
	refuses bool
	conns   map[*pipeConn]bool // the dialing ends
}

// NewPipe makes a listener.
func NewPipe() *Pipe {
	return &Pipe{
		dialed: make(chan net.Conn), closed: make(chan struct{}),
		conns: map[*pipeConn]bool{},
	}
}

// Dial connects to whoever accepts, whatever the network and address: it is made to be
// the DialContext of a [net/http.Transport]. It is refused once the Pipe is closed.
func (p *Pipe) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	if p.isRefusing() {
		return nil, pipeError("dial", syscall.ECONNREFUSED)
	}
	here, there := newPipeConns()
	here.onClose = func() { p.forget(here) }
	p.remember(here)
	select {
	case p.dialed <- there:
		return here, nil
	case <-p.closed:
		p.forget(here)
		return nil, pipeError("dial", syscall.ECONNREFUSED)
	case <-ctx.Done():
		p.forget(here)
		return nil, pipeError("dial", ctx.Err())
	}
}

// Accept implements [net.Listener].
func (p *Pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.dialed:
		return c, nil
	case <-p.closed:
		return nil, pipeError("accept", net.ErrClosed)
	}
}

// Close implements [net.Listener]. Connections that were accepted stay.
func (p *Pipe) Close() error {
	p.closing.Do(func() { close(p.closed) })
	return nil
}

// Addr implements [net.Listener].
func (p *Pipe) Addr() net.Addr { return pipeAddr{} }

// Refuse says whether dialing is refused from now on, as where nothing listens.
// Connections that were accepted stay.
func (p *Pipe) Refuse(refuse bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuses = refuse
}

// Cut resets every connection, as when a cable is pulled and somebody notices.
func (p *Pipe) Cut() {
	p.mu.Lock()
	conns := p.conns
	p.conns = map[*pipeConn]bool{}
	p.mu.Unlock()
	for c := range conns {
		c.in.reset()
		c.out.reset()
	}
}

func (p *Pipe) isRefusing() bool {
	select {
	case <-p.closed:
		return true
	default:
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.refuses
}

func (p *Pipe) remember(c *pipeConn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns[c] = true
}

func (p *Pipe) forget(c *pipeConn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, c)
}

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

func pipeError(op string, err error) error {
	return &net.OpError{Op: op, Net: "pipe", Addr: pipeAddr{}, Err: err}
}
