"""The files of two releases: which differ, and in what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine import drafting, scenarios
from engine.bpmn import reading
from engine.differences import data, diagrams, identity, letters, names, plays, tables
from engine.differences.office import Office
from engine.differences.values import Change

# By the end of a path, and by its beginning: what sort of file it is.
DIAGRAM, TABLE, FORM, CATALOGUE, LETTER = "diagram", "tabel", "formulir", "katalog", "surat"
SCENARIO, OTHER = "skenario", "lain"


@dataclass(frozen=True)
class FileChange:
    """`change`: "baru" | "berubah" | "dihapus"; `readable`: whether both versions could be read and compared;
    `follows`: it says nothing else than ids or names that others bear now."""

    path: str
    sort: str
    change: drafting.Changed
    changes: tuple[Change, ...] = ()
    readable: bool = True
    follows: bool = False


@dataclass(frozen=True)
class _Versions:
    """`readings`: the older files saying the names and the ids of the newer ones, saying these ids alone; each with
    the ids by diagram."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    readings: tuple[tuple[Mapping[str, bytes], Mapping[str, identity.Ids]], ...]
    named: names.Named
    office: Office


def sort_of(path: str) -> str:
    if path.endswith(".bpmn"):
        return DIAGRAM
    if path.endswith(".dmn"):
        return TABLE
    if path.startswith("forms/") and path.endswith(".json"):
        return FORM
    if path.endswith(".json"):
        return SCENARIO if path.startswith(scenarios.FOLDER) else CATALOGUE
    return LETTER if path.endswith(".typ") else OTHER


def compare(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[FileChange, ...]:
    """Every file that differs, by sort and name; a file that cannot be read is named without its content."""
    both = _versions(before, after)
    moved = set(both.named.moved.values())
    changed = ((path, what) for path, what in drafting.changed(before, after).items() if path not in moved)
    found = (_one(path, "berubah" if path in both.named.moved else what, both) for path, what in changed)
    order = (DIAGRAM, TABLE, FORM, CATALOGUE, LETTER, SCENARIO, OTHER)
    return tuple(sorted(found, key=lambda each: (order.index(each.sort), each.path)))


def _versions(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> _Versions:
    named = names.followed(before, after)
    under_both = identity.carried(named.files, after)
    alone = identity.carried(before, after) if named.lines else under_both
    return _Versions(before, after, (under_both, alone), named, Office(after, under_both[0]))


def _one(path: str, what: drafting.Changed, both: _Versions) -> FileChange:
    """One file; new and dropped ones are told as a whole."""
    sort = sort_of(path)
    if what != "berubah":
        return FileChange(path, sort, what)
    try:
        found = (*both.named.lines.get(path, ()), *_of(sort, path, both))
    except (reading.Unreadable, ValueError, RecursionError):
        return FileChange(path, sort, what, (), False)
    follows = not found and both.readings[0][0][path] != both.before[path]
    return FileChange(path, sort, what, found, follows=follows)


def _of(sort: str, path: str, both: _Versions) -> tuple[Change, ...]:
    """Of what says steps and fields by their names, too, the shortest list: whoever renamed by hand may have left it
    as it was."""
    now, office = both.after[path], both.office
    if sort == DIAGRAM:
        return _drawn(path, both)[0]
    known = both.readings[:1] if path in both.named.lines else both.readings
    texts = [files[path] for files, _ids in known]
    texts += [] if path in both.named.lines else [both.before[path]]
    return min((_told(sort, path, was, now, office) for was in dict.fromkeys(texts)), key=len)


def _drawn(path: str, both: _Versions) -> tuple[tuple[Change, ...], bytes, identity.Ids]:
    """What is told of a diagram, what of the older version it is told from, and the ids that this says already."""
    read = [(files[path], ids.get(path, {})) for files, ids in both.readings]
    now = both.after[path]
    told = ((diagrams.changes(path, was, now, both.office, ids), was, ids) for was, ids in read)
    return min(told, key=lambda one: len(one[0]))


def carried(path: str, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[bytes | None, identity.Ids]:
    """A diagram of the older version as it is compared, None where it has none; and the ids of steps that it says as
    the newer one does: older -> newer."""
    if path not in before or path not in after:
        return before.get(path), {}
    try:
        _told, content, ids = _drawn(path, _versions(before, after))
    except reading.Unreadable:
        return before[path], {}
    return content, ids


def _told(sort: str, path: str, was: bytes, now: bytes, office: Office) -> tuple[Change, ...]:
    if sort == TABLE:
        return tables.changes(path, was, now, office)
    if sort == SCENARIO:
        return plays.changes(was, now, office)
    if sort == FORM:
        return data.form_changes(was, now)
    if sort == CATALOGUE:
        return data.law_changes(was, now, office)
    return letters.changes(was, now)


def places(path: str, content: bytes) -> frozenset[str]:
    """Ids of whatever in a file a difference can be told of; empty for what cannot be read."""
    sort = sort_of(path)
    try:
        if sort == DIAGRAM:
            return diagrams.places(path, content)
        if sort == TABLE:
            return tables.places(path, content)
        if sort == SCENARIO:
            return plays.places(content)
        if sort in (FORM, CATALOGUE):
            return data.places(content, sort == FORM)
    except (reading.Unreadable, ValueError, RecursionError):
        return frozenset()
    return frozenset(str(n + 1) for n in range(len(content.splitlines())))
