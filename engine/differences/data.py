"""JSON files by the things in them: sections and fields of forms, entries of the catalogue, with their properties."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from engine.differences import said
from engine.differences.office import Office, choices, fields
from engine.differences.values import ADDED, CHANGED, REMOVED, Change, Thing, Things, between
from engine.errors import joined

# By which of its properties a member of a list is known again, the first that it has.
KEYS = ("name", "key", "code", "value", "id", "version", "valid_from", "title", "label")
TIME = re.compile(r"\d\d:\d\d")
NAMES = ("label", "title", "name", "subject")


def form_changes(before: bytes, after: bytes) -> tuple[Change, ...]:
    """Field by field.  Raises ValueError."""
    old, new = _read(before), _read(after)
    known = {str(one.get("name")): one for raw in (old, new) for one in fields(raw if isinstance(raw, dict) else {})}
    was, now = form_things(old), form_things(new)
    return tuple(_answered(one, was, now, known) for one in between(was, now))


def law_changes(before: bytes, after: bytes, office: Office) -> tuple[Change, ...]:
    """Entry by entry; `office`: what the two versions call things.  Raises ValueError."""
    was, now = _entries(_read(before)), _entries(_read(after))
    # What an entry is called is one of its properties, too.
    found = (one for one in between(was, now) if one.what != "nama")
    parts = (part for one in found for part in _listed(one))
    named = (_worded(one, partial(said.of_law, one.what, office)) for one in parts)
    return tuple(_whole(named, was, now))


def _listed(one: Change) -> Iterator[Change]:
    """Of a list of codes what came and went, each by itself; of another order the whole."""
    was, now = (text.split(", ") if text else [] for text in (one.before, one.after))
    if one.act != CHANGED or one.what not in said.LISTED or set(was) == set(now):
        yield one
        return
    yield from (replace(one, act=REMOVED, before=each, after="") for each in was if each not in now)
    yield from (replace(one, act=ADDED, before="", after=each) for each in now if each not in was)


def _answered(one: Change, was: Things, now: Things, known: Mapping[str, Mapping[str, Any]]) -> Change:
    """A change of a form in the words of its fields."""
    one = replace(one, called=tuple(said.called(one.id.removeprefix("isian "), one.what, known)))
    way, _dot, last = one.what.rpartition(".")
    if not way.endswith("visible_if") or last == "field":
        return _worded(one, lambda text: said.of_form(one.what, text, known))
    asked = [side[one.id].properties.get(f"{way}.field", "") if one.id in side else "" for side in (was, now)]
    both = zip((one.before, one.after), asked, strict=True)
    before, after = (said.chosen(text, known.get(name, {})) if text else "" for text, name in both)
    return replace(one, before=before, after=after) if before != after else one


def _worded(one: Change, say: Callable[[str], str]) -> Change:
    """As it is written where the words say less than that."""
    before, after = say(one.before), say(one.after)
    return replace(one, before=before, after=after) if before != after else one


def _whole(found: Iterable[Change], was: Things, now: Things) -> Iterator[Change]:
    """What came or went within an entry as a whole, a version of a standard, told once with all that it says."""
    parts: dict[tuple[str, str, str], list[Change]] = {}
    for one in found:
        act, other = (ADDED, was) if not one.before else (REMOVED, now)
        part = _part(one, other) if one.act == CHANGED and not (one.before and one.after) else ""
        parts.setdefault((act, one.id, part) if part else ("", one.id, one.what or one.act), []).append(one)
    for (act, _id, part), some in parts.items():
        yield from [_joined(act, part, some)] if act else some


def _part(one: Change, other: Things) -> str:
    """The way to what the other version has nothing of; "" where only a plain value is filled in."""
    steps, known = one.what.split("."), other[one.id].properties
    prefixes = (".".join(steps[:depth]) for depth in range(1, len(steps)))
    return next((each for each in prefixes if not any(name.startswith(f"{each}.") for name in known)), "")


def _joined(act: str, part: str, some: list[Change]) -> Change:
    # Its name is told already, and a bare yes or no says nothing but that a figure is an example.
    aside = (part.rpartition(".")[2], _said(True), _said(False))
    texts = (said.EXAMPLE if _is_example(one) else one.after or one.before for one in some)
    told = [text for text in texts if text not in aside]
    words = joined(told, "; ") if told else part.rpartition(".")[2]
    before, after = ("", words) if act == ADDED else (words, "")
    return replace(some[0], act=act, what=part, before=before, after=after)


def _is_example(one: Change) -> bool:
    return one.what.endswith(".example") and _said(True) in (one.before, one.after)


def places(content: bytes, form: bool) -> frozenset[str]:
    """Ids of what can be pointed at.  Raises ValueError."""
    return frozenset((form_things if form else _entries)(_read(content)))


def _read(content: bytes) -> Any:
    return json.loads(content.decode("utf-8-sig"))


def form_things(raw: Any) -> Things:
    """A form itself, its sections, its fields and its buttons."""
    whole = raw if isinstance(raw, dict) else {"": raw}
    head = {key: one for key, one in whole.items() if key not in ("sections", "outcomes")}
    found = {"": Thing("formulir", _name(head), dict(flat(head)))}
    for place, section in enumerate(_members(whole.get("sections"))):
        title = str(section.get("title", place))
        rest = {key: one for key, one in section.items() if key != "fields"}
        found[f"bagian {title}"] = Thing("bagian", title, dict(flat(rest)), among="bagian")
        for order, one in enumerate(_members(section.get("fields"))):
            told = {**dict(flat(one)), "bagian": title}
            found[f"isian {one.get('name', order)}"] = Thing("isian", _name(one), told, among=f"isian {title}")
    for place, one in enumerate(_members(whole.get("outcomes"))):
        found[f"tombol {one.get('value', place)}"] = Thing("tombol", _name(one), dict(flat(one)), among="tombol")
    return found


def _members(raw: Any) -> list[dict[str, Any]]:
    return [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []


def _entries(raw: Any) -> Things:
    """The entries of a file: by key, or by what names each member of a list."""
    if isinstance(raw, list):
        return {key: _entry(one) for key, one in zip(_keys(raw), raw, strict=True)}
    if isinstance(raw, dict):
        return {str(key): _entry(one) for key, one in raw.items()}
    return {"": Thing("butir", "", {"nilai": _said(raw)})}


def _entry(raw: Any) -> Thing:
    return Thing("butir", _name(raw), dict(flat(raw)) if isinstance(raw, dict | list) else {"nilai": _said(raw)})


def _name(raw: Any) -> str:
    if not isinstance(raw, dict):
        return ""
    return next((str(raw[key]) for key in NAMES if isinstance(raw.get(key), str) and raw[key]), "")


def _keys(raw: list[Any]) -> Iterator[str]:
    """Of each member of a list its own: holidays of two years that bear one name are told apart by their days."""
    named = [_key(one, place) for place, one in enumerate(raw)]
    often, seen = Counter(named), Counter[str]()
    for key, one in zip(named, raw, strict=True):
        dated = _dated(key, one) if often[key] > 1 else key
        seen[dated] += 1
        yield f"{dated} ({seen[dated]})" if seen[dated] > 1 else dated


def _dated(key: str, raw: Any) -> str:
    since = raw.get("since") if isinstance(raw, Mapping) else None
    return f"{key} {since}" if since else key


def _key(raw: Any, place: int) -> str:
    """By what a member of a list is known again in the other version."""
    if isinstance(raw, Mapping):
        found = next((raw[key] for key in KEYS if isinstance(raw.get(key), str | int)), place)
        return str(found)
    return str(place)


def flat(raw: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each value with the way to it; a list of plain values is one value, so that what is added to it shows.

    Of the options of a field each is one, by the value that it stands for.
    """
    if isinstance(raw, dict):
        for key, one in raw.items():
            yield from flat(one, f"{path}.{key}" if path else str(key))
    elif isinstance(raw, list) and raw and all(map(_is_span, raw)):
        yield path, ", ".join(f"{begin}–{end}".replace(":", ".") for begin, end in raw)
    elif path.rpartition(".")[2] == "options" and raw and len(pairs := choices(raw)) == len(raw):
        yield from ((f"{path}.{code}", label) for code, label in pairs.items())
    elif isinstance(raw, list) and any(isinstance(one, dict | list) for one in raw):
        for key, one in zip(_keys(raw), raw, strict=True):
            yield from flat(one, f"{path}.{key}" if path else key)
    else:
        yield path, _said(raw)


def _is_span(raw: Any) -> bool:
    """Whether it is hours of a day, ["07:30", "12:00"]."""
    return isinstance(raw, list) and len(raw) == 2 and all(isinstance(one, str) and TIME.fullmatch(one) for one in raw)


def _said(raw: Any) -> str:
    if isinstance(raw, bool):
        return "ya" if raw else "tidak"
    if isinstance(raw, list):
        return ", ".join(_said(one) for one in raw)
    return "" if raw is None else str(raw)
