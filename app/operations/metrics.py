"""What a monitoring system reads: how late the office is, what waits, what is broken; counts, never names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from app.operations.retrying import retried
from app.store import transaction

Found = Mapping[str, tuple[str, float]]


class _Read(Collector):
    """Gauges of one look at the database; `states`: open cases by state."""

    def __init__(self, found: Found, states: Mapping[str, int]) -> None:
        self.found, self.states = found, states

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, (told, value) in self.found.items():
            yield GaugeMetricFamily(f"eperizinan_{name}", told, value=value)
        cases = GaugeMetricFamily("eperizinan_cases", "Cases by state.", labels=["state"])
        for state, count in sorted(self.states.items()):
            cases.add_metric([state], count)
        yield cases


def text(at: datetime) -> bytes:
    """The gauges in Prometheus' text format (version 0.0.4)."""
    registry = CollectorRegistry()
    registry.register(_Read(*_look(at)))
    return generate_latest(registry)


@retried
def _look(at: datetime) -> tuple[Found, Mapping[str, int]]:
    with transaction() as store:
        wake, effect = store.case_lists.most_overdue_wake(), store.outbox.oldest_waiting()
        return {
            "incidents_open": ("Incidents that wait for a person.", len(store.case_lists.incidents())),
            "cases_suspended": (
                "Open cases that stand still until resumed.",
                store.steps.standing_still(),
            ),
            "wake_lag_seconds": ("How long the most overdue case waits to be woken.", _since(wake, at)),
            "recount_oldest_seconds": (
                "How long the oldest change waits to be counted through the lists.",
                _since(store.recounts.oldest(), at),
            ),
            "outbox_waiting": ("Effects still to be carried out.", store.outbox.waiting()),
            "outbox_oldest_seconds": ("Age of the oldest of them.", _since(effect, at)),
            "outbox_given_up": ("Effects that were given up and wait for a person.", len(store.outbox.given_up())),
        }, store.case_lists.counts_by_state()


def _since(instant: datetime | None, at: datetime) -> float:
    return max(0.0, (at - instant).total_seconds()) if instant else 0.0
