"""What a draft does to what was promised or proved before it: a standard changed under its own date, scenarios gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from engine import scenarios
from engine.amounts import budget
from engine.errors import Problem, Sentence
from engine.json_faults import object_of

PERMITS = "processes/catalogue/permits.json"
DATED = {"standards": "Standar layanan", "legal_limits": "Batas hukum"}


def warnings(base: Mapping[str, bytes], files: Mapping[str, bytes], today: date) -> tuple[Problem, ...]:
    """Of a draft against the release it began with; none of these keeps it from being proposed.

    A version that is in force on `today` already is told when its budget changes: whoever was promised something by it
    finds another one under the same date.  A later version is still free.  A new one whose day is over is told, too.
    """
    was, now = _permits(base), _permits(files)
    return (*_rewritten(was, now, today), *_backdated(was, now, today), *_gone(base, files))


def unserved(files: Mapping[str, bytes], today: date) -> tuple[Problem, ...]:
    """What would keep an active permit from being registered: no version in force on `today`, or two of one day.

    These keep a draft from being proposed: a file of that permit would stop at its first step.
    """
    found = []
    for code, permit in _permits(files).items():
        for word, called in DATED.items() if permit.get("active") else ():
            days = _days(permit.get(word))
            if days and days[0] > today:
                found.append(_none_in_force(code, called, str(permit.get("name", code)), days[0]))
            found += [
                _of_one_day(code, called, str(permit.get("name", code)), day)
                for day, next_ in pairwise(days)
                if day == next_
            ]
    return tuple(found)


def _days(versions: Any) -> list[date]:
    """Since when each version is valid, earliest first; what cannot be read is told by the check."""
    found = []
    for one in versions if isinstance(versions, list) else ():
        try:
            found.append(date.fromisoformat(one["valid_from"]))
        except (TypeError, KeyError, ValueError):
            continue
    return sorted(found)


def _about(called: str, name: str, day: date) -> dict[str, object]:
    return {"apa": Sentence(called), "izin": name, "hari": f"{day:%d/%m/%Y}"}


def _none_in_force(code: str, called: str, name: str, first: date) -> Problem:
    told = Sentence(
        "%(apa)s %(izin)s baru berlaku sejak %(hari)s; sampai hari itu permohonannya tidak dapat diproses.",
        **_about(called, name, first),
    )
    hint = Sentence(
        "Kembalikan versi yang berlaku sekarang dan tambahkan versi baru dengan tanggal berlakunya sendiri."
    )
    return Problem(PERMITS, code, 0, "error", "none-in-force", told, hint)


def _of_one_day(code: str, called: str, name: str, day: date) -> Problem:
    told = Sentence(
        "%(apa)s %(izin)s mempunyai dua versi sejak %(hari)s; tidak jelas mana yang berlaku.",
        **_about(called, name, day),
    )
    hint = Sentence("Hapus salah satunya atau beri tanggal berlakunya sendiri.")
    return Problem(PERMITS, code, 0, "error", "of-one-day", told, hint)


def _permits(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    return {code: one for code, one in object_of(files.get(PERMITS, b"{}")).items() if isinstance(one, dict)}


def _rewritten(before: Mapping[str, Any], after: Mapping[str, Any], today: date) -> Iterator[Problem]:
    for code in (one for one in before if one in after):
        for word, called in DATED.items():
            was, now = _budgets(before[code].get(word)), _budgets(after[code].get(word))
            for day in sorted(was.keys() & now.keys()):
                if was[day] != now[day] and day <= today:
                    yield _in_place(code, called, str(after[code].get("name", code)), day, was[day], now[day])
            for day in sorted(was.keys() - now.keys()):
                if day <= today:
                    yield _taken_out(code, called, str(after[code].get("name", code)), day, was[day])


def _budgets(versions: Any) -> dict[date, str]:
    """Day since which each version is valid -> its budget; what cannot be read is told by the check."""
    found: dict[date, str] = {}
    for one in versions if isinstance(versions, list) else ():
        try:
            found[date.fromisoformat(one["valid_from"])] = str(one["budget"])
        except (TypeError, KeyError, ValueError):
            continue
    return found


def _in_place(code: str, called: str, name: str, day: date, was: str, now: str) -> Problem:
    told = Sentence(
        "%(apa)s %(izin)s yang berlaku sejak %(hari)s diubah dari %(semula)s menjadi %(kini)s.",
        **_about(called, name, day),
        semula=budget(was),
        kini=budget(now),
    )
    hint = Sentence("Kembalikan versi itu dan tambahkan versi baru dengan tanggal berlakunya sendiri.")
    return Problem(PERMITS, code, 0, "warning", "rewritten", told, hint)


def _taken_out(code: str, called: str, name: str, day: date, was: str) -> Problem:
    told = Sentence(
        "%(apa)s %(izin)s yang berlaku sejak %(hari)s, %(semula)s, dihapus atau dipindahkan tanggalnya.",
        **_about(called, name, day),
        semula=budget(was),
    )
    hint = Sentence("Kembalikan versi itu dan tambahkan versi baru dengan tanggal berlakunya sendiri.")
    return Problem(PERMITS, code, 0, "warning", "taken-out", told, hint)


def _backdated(before: Mapping[str, Any], after: Mapping[str, Any], today: date) -> Iterator[Problem]:
    for code in (one for one in before if one in after):
        for word, called in DATED.items():
            was, now = _budgets(before[code].get(word)), _budgets(after[code].get(word))
            moved = was.keys() - now.keys()  # told as such
            for day in sorted(now.keys() - was.keys()):
                if day < today and not moved:
                    yield _since_a_day_that_is_over(code, called, str(after[code].get("name", code)), day)


def _since_a_day_that_is_over(code: str, called: str, name: str, day: date) -> Problem:
    told = Sentence(
        "%(apa)s %(izin)s yang baru bertanggal %(hari)s, hari yang sudah lewat.",
        **_about(called, name, day),
    )
    hint = Sentence(
        "Berkas yang jamnya sudah berjalan tetap memegang janjinya; beri tanggal yang akan datang bila bisa."
    )
    return Problem(PERMITS, code, 0, "warning", "backdated", told, hint)


def _gone(base: Mapping[str, bytes], files: Mapping[str, bytes]) -> Iterator[Problem]:
    told = Sentence("Skenario ini dikeluarkan: alurnya tidak diuji lagi pada setiap pemeriksaan.")
    hint = Sentence("Kembalikan bila alurnya masih berlaku, atau rekam skenario penggantinya.")
    for path in sorted(base):
        if path.startswith(scenarios.FOLDER) and path not in files:
            yield Problem(path, "", 0, "warning", "scenario-gone", told, hint)
