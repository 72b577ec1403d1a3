"""Keadaan kahar and failures of central systems of a report as plain JSON: as frozen, with the counts beside."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from app.operations.report_told import Contents
from engine.reporting import Anew, Standing, Whole, account, anew_as_json, disruptions_as_json


def as_json(told: Contents) -> dict[str, Any] | None:
    """None of a report that was frozen before reports told of it; fractions as "7/2"."""
    if told.disruptions is None:
        return None
    found, known = disruptions_as_json(told.disruptions), account(told.disruptions, told.sums)
    assert known.whole is not None  # of a report that tells of disruptions
    for one, row in zip(told.disruptions.declared, found["declared"], strict=True):
        row |= _counted(known.standings[one.code], known.whole)
        if one.elsewhere:
            places = told.elsewhere(one)
            row["elsewhere"] = [{"period": each.code, "corrected_here": here} for each, here in places]
    for failure, row in zip(told.disruptions.failures, found["failures"], strict=True):
        row["cases"] = known.standings[failure.code].cases
    found["together"] = _together(known.whole)
    return found


def _counted(one: Standing, whole: Whole) -> dict[str, Any]:
    hk = None if one.hk is None else str(one.hk)
    return {"cases": one.cases, "share": _plain(whole.share(one.of.minutes)), "hk": hk}


def _together(whole: Whole) -> dict[str, Any]:
    return {"cases": whole.cases, "hk": str(whole.hk), "share": _plain(whole.share(whole.suspended))}


def _plain(part: Fraction | None) -> str | None:
    return None if part is None else str(part)


def anew(found: Anew) -> dict[str, Any]:
    """What a correction tells anew, in one word what happened to each, and the shares beside the minutes."""
    made = anew_as_json(found)
    for one, row in zip(found.changes, made["changes"], strict=True):
        row["how"] = one.how
        for name, standing, whole in (("before", one.before, found.before), ("after", one.after, found.after)):
            if standing is not None and whole is not None:
                row[name]["share"] = _plain(whole.share(standing.of.minutes))
    for name, whole in (("before", found.before), ("after", found.after)):
        if whole is not None:
            made[name]["share"] = _plain(whole.share(whole.suspended))
    return made
