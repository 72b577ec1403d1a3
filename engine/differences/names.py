"""Fields, forms and tables that only got another name: the older version is read as though it had said it already.

Each is known again by everything else that it says; where two could be meant, both are told as other things.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from engine import field_names, renaming
from engine.bpmn import reading
from engine.changed_files import kept
from engine.differences import tables
from engine.differences.values import CHANGED, Change
from engine.errors import Refused, SubmissionInvalid

NAME, ID, FILE = "nama", "id", "nama berkas"  # properties that change
FOLDER = "forms/"


@dataclass(frozen=True)
class Named:
    """`files`: the older ones under the newer names, those that bear another path under both; `lines`: by path what is
    told of it; `moved`: newer path -> older."""

    files: dict[str, bytes]
    lines: dict[str, tuple[Change, ...]]
    moved: dict[str, str]


def followed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Named:
    """What got another name between two versions; what cannot be read got none."""
    found = Named(dict(before), {}, {})
    for act in (_forms, _tables, _fields):
        with suppress(RecursionError):  # of a file that is nested too deep, which is told where it is compared
            act(found, after)
    return found


def _tell(found: Named, path: str, line: Change) -> None:
    found.lines[path] = (*found.lines.get(path, ()), line)


def _only(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs that are like one another and like nothing else; each under what it is known again by."""
    for name, mark in was.items():
        like = [one for one in now if now[one] == mark]
        if len(like) == 1 and sum(other == mark for other in was.values()) == 1:
            yield name, like[0]


def _apart(found: Named, after: Mapping[str, bytes], ending: str) -> tuple[list[str], list[str]]:
    """Paths that only the older version has, and those that only the newer has."""
    both = ((found.files, after), (after, found.files))
    gone, came = ([path for path in some if path.endswith(ending) and path not in other] for some, other in both)
    return gone, came


def _forms(found: Named, after: Mapping[str, bytes]) -> None:
    gone, came = _apart(found, after, ".json")
    was, now = (
        {p: form for p in paths if (form := _form(p, files[p]))}
        for paths, files in ((gone, found.files), (came, after))
    )
    rest = [{path: json.dumps(one | {"key": ""}, sort_keys=True) for path, one in some.items()} for some in (was, now)]
    for old, new in _only(*rest):
        if _carried(found, "form", *(path.removeprefix(FOLDER).removesuffix(".json") for path in (old, new))):
            title = str(now[new].get("title", ""))
            _tell(found, new, Change(CHANGED, "formulir", "", title, NAME, _key(old), _key(new)))
            found.moved[new] = old


def _key(path: str) -> str:
    return path.removeprefix(FOLDER).removesuffix(".json")


def _form(path: str, content: bytes) -> dict[str, Any] | None:
    """None for what is no form."""
    if not path.startswith(FOLDER) or path.endswith(".schema.json"):
        return None
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) and raw.get("sections") else None


def _carried(found: Named, kind: renaming.Kind, old: str, new: str) -> bool:
    """Whether all that says the old name could be read under the new one."""
    try:
        found.files.update(kept(renaming.renamed(found.files, kind, old, new)))
    except (Refused, SubmissionInvalid, ValueError, KeyError, TypeError, AttributeError):
        return False  # whatever is wrong with a file is told where it is compared
    return True


def _tables(found: Named, after: Mapping[str, bytes]) -> None:
    gone, came = _apart(found, after, ".dmn")
    _moved(found, after, gone, came)
    for path in (one for one in after if one.endswith(".dmn") and found.files.get(one, after[one]) != after[one]):
        was, now = _decisions(path, found.files[path]), _decisions(path, after[path])
        for old, new in _pairs(was, now):
            if _carried(found, "decision", old, new):
                _tell(found, path, Change(CHANGED, "decision", new, now[new][0].name, ID, old, new))


def _moved(found: Named, after: Mapping[str, bytes], gone: list[str], came: list[str]) -> None:
    """Files of tables that are called otherwise, whether or not the tables in them are."""
    was = {path: _decisions(path, found.files[path]) for path in gone}
    now = {path: _decisions(path, after[path]) for path in came}
    like: tuple[Callable[[Any], Any], ...] = (
        list,
        lambda some: list(some.values()),
    )  # ids of the tables, what they say
    for mark in like:
        old_ones, new_ones = ({path: mark(one) for path, one in some.items() if one} for some in (was, now))
        for old, new in _only(old_ones, new_ones):
            found.files[new], found.moved[new] = found.files[old], old
            id, [table, *_rest] = next(iter(now[new].items()))
            _tell(found, new, Change(CHANGED, "decision", id, table.name, FILE, old, new))
            del was[old], now[new]


def _pairs(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Tables of one file with another id: those that say the same, else the only one, where its name is the same."""
    gone = {id: one for id, one in was.items() if id not in now}
    came = {id: one for id, one in now.items() if id not in was}
    if len(gone) == len(came) == 1:
        [(old, one)], [(new, other)] = gone.items(), came.items()
        return [(old, new)] if one[0].name == other[0].name else []
    return list(_only(gone, came))


def _decisions(path: str, content: bytes) -> dict[str, tuple[Any, ...]]:
    try:
        return tables.decisions(path, content)
    except reading.Unreadable:
        return {}


def _fields(found: Named, after: Mapping[str, bytes]) -> None:
    for path in (one for one in after if found.files.get(one, after[one]) != after[one]):
        while pairs := _again(path, found.files[path], after[path]):  # one that is known makes what asks for it known
            for old, new, label in pairs:
                if not _carried(found, "field", f"{_key(path)}.{old}", new):  # what reads it elsewhere is told
                    found.files[path] = field_names.inside(found.files[path], old, new)
                _tell(found, path, Change(CHANGED, "isian", f"isian {new}", label, NAME, old, new))


def _again(path: str, before: bytes, after: bytes) -> list[tuple[str, str, str]]:
    was, now = (_marks(_form(path, content)) for content in (before, after))
    gone = {name: mark for name, mark in was.items() if name not in now}
    came = {name: mark for name, mark in now.items() if name not in was}
    return [(old, new, str(json.loads(came[new]).get("label", ""))) for old, new in _only(gone, came)]


def _marks(form: dict[str, Any] | None) -> dict[str, str]:
    """Name of a field -> all else that it says; none for a form in which a name stands twice."""
    sections = form["sections"] if form and isinstance(form["sections"], list) else []
    lists = [one["fields"] for one in sections if isinstance(one, dict) and isinstance(one.get("fields"), list)]
    rows = [row for some in lists for row in some]
    named = [row for row in rows if isinstance(row, dict) and isinstance(row.get("name"), str)]
    found = {row["name"]: json.dumps(row | {"name": ""}, sort_keys=True) for row in named}
    return found if len(found) == len(rows) else {}
