package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"kintsugi/bot"
	"kintsugi/store"
)

// newRegistry makes a registry with the figures of what is watched, and of the process.
func newRegistry(w watched) *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(newMetrics(w), collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}

// metrics are the figures for Prometheus. No label of theirs says anything of anybody:
// a label is a platform, a lane or an outcome.
type metrics struct {
	watched
	turns, turnTime, replyTime, sends, up, reconnects *prometheus.Desc
	inHand, inHandAge, waiting, overdue, dueAge       *prometheus.Desc
	lapses, duplicates, quarantined, unsaved          *prometheus.Desc
	givenUp, recovered, nudges                        *prometheus.Desc
}

func newMetrics(w watched) *metrics {
	d := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("kintsugi_"+name, help, labels, nil)
	}
	return &metrics{
		watched:     w,
		turns:       d("turns_total", "Events that were applied.", "platform"),
		turnTime:    d("turn_seconds", "From an event's coming in to the commit of its turn.", "platform"),
		replyTime:   d("reply_seconds", "From an event's coming in to the arrival of a reply to it.", "platform"),
		sends:       d("sends_total", "Sends by what they came to.", "platform", "outcome"),
		up:          d("platform_up", "Whether events can come in.", "platform"),
		reconnects:  d("platform_reconnects_total", "Connections that had to be made again.", "platform"),
		inHand:      d("outbox_in_hand", "Messages in the hands of a sender.", "platform", "lane"),
		inHandAge:   d("outbox_in_hand_oldest_seconds", "How long the oldest message in hand has been owed.", "platform", "lane"),
		waiting:     d("outbox_waiting_queues", "People with messages that wait for a later time, counted up to 10000.", "lane"),
		overdue:     d("outbox_overdue_seconds", "How long ago the first waiting message could have been sent.", "lane"),
		dueAge:      d("due_overdue_seconds", "How long ago the first reminder or wait was due that has not had its turn."),
		lapses:      d("lapsed_turns_total", "Turns of reminders and of waits that lapsed."),
		duplicates:  d("duplicate_events_total", "Events that had been applied before."),
		quarantined: d("quarantined_total", "Events that were put aside because their turn failed."),
		unsaved:     d("unsaved_turns_total", "Turns that could not be committed, each try."),
		givenUp:     d("messages_given_up_total", "Messages that are no longer tried."),
		recovered:   d("messages_recovered_total", "Messages that a crash had left in the hands of a sender."),
		nudges:      d("nudges_total", "Reminders whose time had come: found in time, found more than a minute late, or left out.", "found"),
	}
}

// Describe implements [prometheus.Collector].
func (m *metrics) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		m.turns, m.turnTime, m.replyTime, m.sends, m.up, m.reconnects,
		m.inHand, m.inHandAge, m.waiting, m.overdue, m.dueAge,
		m.lapses, m.duplicates, m.quarantined, m.unsaved,
		m.givenUp, m.recovered, m.nudges,
	} {
		to <- d
	}
}

// Collect implements [prometheus.Collector].
func (m *metrics) Collect(to chan<- prometheus.Metric) {
	now := time.Now()
	for _, p := range m.service.Platforms() {
		m.platform(to, p, now)
	}
	m.stats(to, m.service.Stats())
	m.outbox(to, now)
}

func (m *metrics) platform(to chan<- prometheus.Metric, p bot.PlatformStats, now time.Time) {
	to <- counter(m.turns, p.Turns, p.Name)
	to <- histogram(m.turnTime, p.Turn, p.Name)
	to <- histogram(m.replyTime, p.Reply, p.Name)
	for _, s := range p.Sends {
		to <- counter(m.sends, s.Count, p.Name, s.Outcome)
	}
	to <- gauge(m.up, oneIf(p.Health.Up), p.Name)
	to <- counter(m.reconnects, p.Health.Reconnects, p.Name)
	for lane, hand := range p.Hands {
		to <- gauge(m.inHand, float64(hand.Messages), p.Name, laneNames()[lane])
		to <- gauge(m.inHandAge, secondsSince(hand.Oldest, now), p.Name, laneNames()[lane])
	}
}

func (m *metrics) stats(to chan<- prometheus.Metric, s bot.Stats) {
	to <- counter(m.lapses, s.Lapses)
	to <- counter(m.duplicates, s.Duplicates)
	to <- counter(m.quarantined, s.Quarantined)
	to <- counter(m.unsaved, s.Unsaved)
	to <- counter(m.givenUp, s.GivenUp)
	to <- counter(m.recovered, s.Recovered)
	to <- counter(m.nudges, s.Nudges-s.LateNudges-s.MissedNudges, "in_time")
	to <- counter(m.nudges, s.LateNudges, "late")
	to <- counter(m.nudges, s.MissedNudges, "left_out")
}

// queuesCounted is how far waiting queues are counted, so that a look at the figures
// costs next to nothing however many there are.
const queuesCounted = 10_000

// outbox reads from the store how much waits. What can't be read is left out.
func (m *metrics) outbox(to chan<- prometheus.Metric, now time.Time) {
	ctx, cancel := context.WithTimeout(context.Background(), storeTime)
	defer cancel()
	var depths [2]store.Depth
	err := m.store.View(ctx, func(r *store.Records) (err error) {
		for lane := range depths {
			if depths[lane], err = r.Depth(store.Lane(lane), queuesCounted); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return
	}
	for lane, d := range depths {
		to <- gauge(m.waiting, float64(d.Queues), laneNames()[lane])
		to <- gauge(m.overdue, secondsSince(d.Next, now), laneNames()[lane])
	}
	if due, _, err := m.nextDue(ctx); err == nil {
		to <- gauge(m.dueAge, secondsSince(due, now))
	}
}

// laneNames gives the names of the lanes, by lane.
func laneNames() [2]string { return [2]string{"reply", "nudge"} }

// secondsSince gives 0 for a time to come, and for none.
func secondsSince(t, now time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return max(now.Sub(t).Seconds(), 0)
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func counter(d *prometheus.Desc, n int64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), labels...)
}

func gauge(d *prometheus.Desc, n float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.GaugeValue, n, labels...)
}

func histogram(d *prometheus.Desc, h bot.Histogram, labels ...string) prometheus.Metric {
	up := make(map[float64]uint64, len(h.Buckets))
	for _, b := range h.Buckets {
		up[b.Up.Seconds()] = uint64(b.Count)
	}
	return prometheus.MustNewConstHistogram(d, uint64(h.Count), h.Sum.Seconds(), up, labels...)
}
