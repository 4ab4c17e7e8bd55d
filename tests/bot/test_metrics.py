"""The figures, in Prometheus' words."""

from bot.metrics import DELIVERIES, OUTBOX, TURN_SECONDS, Metrics


def test_counts_gauges_and_times_are_told():
    metrics = Metrics()
    metrics.count(DELIVERIES, door="slack", outcome="sent")
    metrics.count(DELIVERIES, door="slack", outcome="sent")
    metrics.show(OUTBOX, 3, door="slack", state="new")
    metrics.took(TURN_SECONDS, 0.005)
    metrics.took(TURN_SECONDS, 0.3)
    metrics.took(TURN_SECONDS, 99.0)

    lines = metrics.text().splitlines()

    assert "# TYPE metodcoach_deliveries_total counter" in lines
    assert 'metodcoach_deliveries_total{door="slack",outcome="sent"} 2' in lines
    assert 'metodcoach_outbox{door="slack",state="new"} 3' in lines
    buckets = [line.rpartition(" ")[2] for line in lines if line.startswith("metodcoach_turn_seconds_bucket")]
    assert buckets == ["1", "1", "1", "1", "1", "1", "2", "2", "2", "2", "2", "3"]
    assert "metodcoach_turn_seconds_count 3" in lines


def test_a_figure_that_is_forgotten_is_counted_anew():
    metrics = Metrics()
    metrics.show(OUTBOX, 3, door="slack", state="dead")

    metrics.forget(OUTBOX)

    assert "metodcoach_outbox" not in metrics.text()


def test_a_label_cannot_break_out():
    metrics = Metrics()
    metrics.count(DELIVERIES, door='a"\n\\b')

    assert r'{door="a\"\n\\b"} 1' in metrics.text()
