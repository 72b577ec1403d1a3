"""Fields, forms and tables that got another name: the older version is read as though it had said it already.

Each is known again by everything else that it says, or by most of that (see `likeness`); where two could be meant, both
are told as other things.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from engine import field_names, renaming
from engine.bpmn import reading
from engine.changed_files import as_json, kept
from engine.differences import data, likeness, renamed_fields, tables
from engine.differences.likeness import Pairs, Said
from engine.differences.renamed_fields import NAME
from engine.differences.values import CHANGED, ROW, Change, Thing
from engine.errors import Refused, SubmissionInvalid

ID, FILE = "id", "nama berkas"  # properties that change
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
    for old, new in _alike((_whole,), _parts, was, now):
        if _carried(found, "form", *(path.removeprefix(FOLDER).removesuffix(".json") for path in (old, new))):
            title = str(now[new].get("title", ""))
            _tell(found, new, Change(CHANGED, "formulir", "", title, NAME, _key(old), _key(new)))
            found.moved[new] = old


def _alike(
    marks: Iterable[Callable[[Any], Any]], said: Callable[[Any], Said], was: Mapping[str, Any], now: Mapping[str, Any]
) -> Pairs:
    """What is the same by the first of `marks`, of the rest by the next, at last what says most of the same."""
    found: Pairs = []
    for mark in marks:
        found += likeness.same(*_left(mark, found, was, now))
    return found + likeness.nearly(*_left(said, found, was, now))


def _left(
    mark: Callable[[Any], Any], found: Pairs, was: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    known = {name for pair in found for name in pair}
    older, newer = ({name: mark(one) for name, one in some.items() if name not in known} for some in (was, now))
    return older, newer


def _whole(form: dict[str, Any]) -> str:
    return json.dumps(form | {"key": ""}, sort_keys=True)


def _parts(form: dict[str, Any]) -> Said:
    """What is said of each thing in a form."""
    rest = {word: one for word, one in form.items() if word != "key"}
    things = data.form_things(rest).items()
    return str(form.get("title", "")), Counter((id, *pair) for id, thing in things for pair in thing.properties.items())


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
        for old, new in _again(was, now):
            if _carried(found, "decision", old, new):
                _tell(found, path, Change(CHANGED, "decision", new, now[new][0].name, ID, old, new))


def _moved(found: Named, after: Mapping[str, bytes], gone: list[str], came: list[str]) -> None:
    """Files of tables that are called otherwise, whether or not the tables in them are."""
    was, now = (
        {path: some for path in paths if (some := _decisions(path, files[path]))}
        for paths, files in ((gone, found.files), (came, after))
    )
    # By the ids of the tables, then by what the tables say.
    for old, new in _alike((list, _contents), lambda some: _rows(*some.values()), was, now):
        found.files[new], found.moved[new] = found.files[old], old
        id, [table, *_rest] = next(iter(now[new].items()))
        _tell(found, new, Change(CHANGED, "decision", id, table.name, FILE, old, new))


def _contents(some: Mapping[str, tuple[Thing, ...]]) -> list[tuple[Thing, ...]]:
    return list(some.values())


def _rows(*some: tuple[Thing, ...]) -> Said:
    """Of tables what each says of itself, each column and each row as a whole."""
    things = [
        (thing.kind, "" if thing.kind == ROW else thing.name, *thing.properties.values())
        for table in some
        for thing in table
    ]
    return "\n".join(table[0].name for table in some), Counter(things)


def _again(was: Mapping[str, Any], now: Mapping[str, Any]) -> Pairs:
    """Tables of one file with another id: the only one, where its name is the same, else those that say the same."""
    gone = {id: one for id, one in was.items() if id not in now}
    came = {id: one for id, one in now.items() if id not in was}
    if len(gone) == len(came) == 1:
        [(old, one)], [(new, other)] = gone.items(), came.items()
        if one[0].name == other[0].name:
            return [(old, new)]
    return _alike((tuple,), _rows, gone, came)


def _decisions(path: str, content: bytes) -> dict[str, tuple[Any, ...]]:
    try:
        return tables.decisions(path, content)
    except reading.Unreadable:
        return {}


def _fields(found: Named, after: Mapping[str, bytes]) -> None:
    for path in (one for one in after if found.files.get(one, after[one]) != after[one]):
        while pairs := _pairs(path, found.files[path], after[path]):  # one that is known makes what asks for it known
            for old, new, label in pairs:
                if not _carried(found, "field", f"{_key(path)}.{old}", new):  # what reads it elsewhere is told
                    found.files[path] = field_names.inside(found.files[path], old, new)
                _tell(found, path, Change(CHANGED, "isian", f"isian {new}", label, NAME, old, new))
        _within_groups(found, path, after[path])


def _pairs(path: str, before: bytes, after: bytes) -> list[tuple[str, str, str]]:
    was, now = (renamed_fields.outermost(_form(path, content)) for content in (before, after))
    return renamed_fields.pairs(was, now)


def _within_groups(found: Named, path: str, after: bytes) -> None:
    """Fields of groups; what reads them elsewhere is told."""
    was, now = _form(path, found.files[path]), _form(path, after)
    carried, told = renamed_fields.within_groups(was, now) if was and now else ({}, [])
    if told:
        found.files[path] = as_json(carried)
    for line in told:
        _tell(found, path, line)
