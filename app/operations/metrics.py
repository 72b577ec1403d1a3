"""What a monitoring system reads: how late the office is, what waits, what is broken; counts, never names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from app.operations.retrying import retried
from app.store import Store, transaction
from engine.clocks import CROSSED, SHIPPED

Found = Mapping[str, tuple[str, float]]
PASSED = "passed"  # the step of a legal limit that was crossed; the others are named by the working days that were left


@dataclass(frozen=True)
class _Sorted:
    """A gauge with a value for each of several labels."""

    told: str
    label: str
    counts: Mapping[str, int]


class _Read(Collector):
    """Gauges of one look at the database: plain ones, and those with a label."""

    def __init__(self, found: Found, sorted_ones: Mapping[str, _Sorted]) -> None:
        self.found, self.sorted_ones = found, sorted_ones

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, (told, value) in self.found.items():
            yield GaugeMetricFamily(f"eperizinan_{name}", told, value=value)
        for name, one in self.sorted_ones.items():
            gauge = GaugeMetricFamily(f"eperizinan_{name}", one.told, labels=[one.label])
            for label, count in sorted(one.counts.items()):
                gauge.add_metric([label], count)
            yield gauge


def text(at: datetime) -> bytes:
    """The gauges in Prometheus' text format (version 0.0.4)."""
    registry = CollectorRegistry()
    registry.register(_Read(*_look(at)))
    return generate_latest(registry)


@retried
def _look(at: datetime) -> tuple[Found, Mapping[str, _Sorted]]:
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
        }, {
            "cases": _Sorted("Cases by state.", "state", store.case_lists.counts_by_state()),
            "limit_risks_open": _Sorted(
                "Risks of the legal limit that wait for an answer, by how near the limit is.", "step", _risks(store)
            ),
        }


def _risks(store: Store) -> dict[str, int]:
    """Every step that is raised, also those of which nothing waits, so that a graph has no gaps."""
    steps = {days for one in (SHIPPED, *store.calendars.world().policies) for days in one.limit_days}
    found = store.limit_risks.open_by_step()
    return {PASSED if step == CROSSED else str(step): found.get(step, 0) for step in (CROSSED, *steps, *found)}


def _since(instant: datetime | None, at: datetime) -> float:
    return max(0.0, (at - instant).total_seconds()) if instant else 0.0
