"""Rules about words: what a condition names is one that the form offers, or that the table answers with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking import carried, columns
from engine.bpmn.checking.comparing import LISTS
from engine.bpmn.checking.kinds import left_by, once, parts_of
from engine.bpmn.checking.members import lists_of, repeated
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.checking.texts import evaluated, rows
from engine.bpmn.decisions import POLICIES, SINGLE
from engine.bpmn.elements import HUMAN, data_objects, decision, local, properties, result_of
from engine.bpmn.expressions import ExpressionFault
from engine.bpmn.mentions import Word
from engine.errors import Finding, Problem

Words = frozenset[Word] | None  # None: anything
Values = frozenset[str | bool | None] | None  # None: anything
Path = tuple[str, str]  # data name and part
_WHOLE = ""  # the part of a name that is a value by itself


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    words = words_of(known)
    told = "%(what)s menyebut %(word)s untuk %(where)s, yang tidak pernah berisi itu"
    of_cell = "%(what)s tidak pernah berisi %(word)s"  # its column says where
    for pattern, some in ((told, evaluated(sheet)), (of_cell, rows(sheet, known))) if words else ():
        for one in some:
            for path, word in strange(one.text, words, known):
                message = Finding(pattern, what=one.what, word=word, where=".".join(filter(None, path)))
                yield problem(sheet, one.node, "unknown-word", message, possible(words[path]))


def possible(words: Iterable[Word]) -> Finding:
    return Finding("Yang mungkin: %(listed)s.", listed=", ".join(sorted(map(str, words))))


def strange(text: str, words: Mapping[Path, frozenset[Word]], known: Set) -> Iterator[tuple[Path, Word]]:
    """What a text holds against a word that it can never be, or never hold."""
    try:
        found = mentions.worded(text)
    except ExpressionFault:  # told where texts are checked
        return
    for path, word, within in found:
        alike = [one for one in words.get(path, ()) if type(one) is type(word)]  # of other kinds other rules tell
        if word and alike and not _may_hold(alike, word, within, _is_list(path, known)):
            yield path, word


def _may_hold(offered: Sequence[Word], word: Word, within: bool, is_list: bool) -> bool:
    if within and not is_list:
        return any(str(word) in str(one) for one in offered)
    return word in offered or within is not is_list  # a list that is held against a word is of another kind


def _is_list(path: Path, known: Set) -> bool:
    return parts_of(known).get(path[0], {}).get(path[1]) in LISTS


@lru_cache(maxsize=2)
def words_of(known: Set) -> Mapping[Path, frozenset[Word]]:
    """Fields of forms with a choice of words, answers of tables, members of such lists -> their only words."""
    beside = words_of(known.beside) if known.beside else {}
    left = list(_left(known))
    walked = [*_walked(known, {**beside, **_closed(left)}), *carried.received(known, {**beside, **_closed(left)})]
    written = {name for (name, _), _ in (*left, *walked)}
    under = {path: words for path, words in beside.items() if path[0] not in written}
    return {**under, **_closed((*left, *walked))}


@lru_cache(maxsize=2)
def always_of(known: Set) -> Mapping[Path, tuple[str | bool | None, ...]]:
    """What always holds one of a few words, yes or no, or nothing -> these: outcomes, choices, answers of tables."""
    beside = always_of(known.beside) if known.beside else {}
    written: dict[Path, Values] = {}
    for path, values in _surely(known):
        before = written.get(path, frozenset())
        written[path] = None if before is None or values is None else before | values
    own = {path: tuple(sorted(some, key=repr)) for path, some in written.items() if some and _agreed(path, some, known)}
    under = {path: some for path, some in beside.items() if path not in written}
    return {**under, **own, **{(task, "keputusan"): some for task, some in known.offers.items() if some}}


def _agreed(path: Path, values: frozenset[str | bool | None], known: Set) -> bool:
    """Whether nothing else leaves other values under this name."""
    words: Words = frozenset(one for one in values if isinstance(one, str))
    return words == words_of(known).get(path) if words else parts_of(known).get(path[0], {}).get(path[1]) == "boolean"


def _surely(known: Set) -> Iterator[tuple[Path, Values]]:
    """Every part that tasks and tables leave, and all that it may hold; None where that may be anything."""
    for node in once(known.sheets, *HUMAN, "businessRuleTask"):
        name, table = node.get("id", ""), known.decisions.get(decision(node))
        if local(node) in HUMAN:
            key = properties(node).get("formKey", "")
            fields = known.catalogue.routes.get(key, {})
            yield from (((name, part), _held(key, part, known)) for part in fields if part != "keputusan")
        elif table is not None:
            single = table.policy in SINGLE
            answers = [(part, columns.words(table, at) if single else None) for at, part in enumerate(table.outputs)]
            whole = [columns.answers_always(table, at) for at in range(len(answers))]
            pairs = zip(answers, whole, strict=True)
            yield from (((name, part), _texts(some) if sure else None) for (part, some), sure in pairs)


def _held(key: str, part: str, known: Set) -> Values:
    """All that a field of a form may hold: its words, yes and no, and nothing where it may be left empty."""
    given, kind = known.catalogue, known.catalogue.routes[key][part]
    sure, empty = part in given.certain.get(key, ()), part in given.optional.get(key, ())
    if kind not in ("text", "boolean") or not (sure or empty):
        return None
    values = frozenset({True, False}) if kind == "boolean" else _texts(given.words.get(key, {}).get(part))
    return values if sure or values is None else values | {None}


def _texts(words: Words) -> Values:
    """Words that are no figures; None where there are figures among them."""
    found = frozenset(one for one in words or () if isinstance(one, str))
    return found if words and len(found) == len(words) else None


def _closed(written: Iterable[tuple[Path, Words]]) -> dict[Path, frozenset[Word]]:
    """Of what several elements write the words of all; nothing where one of them may write anything."""
    found: dict[Path, Words] = {}
    for path, words in written:
        before = found.get(path, frozenset())
        found[path] = None if before is None or words is None else before | words
    opened = {name for (name, part), words in found.items() if words is None and part == _WHOLE}
    return {path: words for path, words in found.items() if words is not None and path[0] not in opened}


def _left(known: Set) -> Iterator[tuple[Path, Words]]:
    for node in once(known.sheets, *HUMAN, "businessRuleTask"):
        parts, words = left_by(node, known), _words(node, known)
        yield from (((node.get("id", ""), part), words.get(part)) for part in (*(parts or (_WHOLE,)), *_inner(words)))
        kept = {**words, **_outcomes(node, known)}
        for name in data_objects(node):
            yield from (((name, part), kept.get(part)) for part in (*(parts or (_WHOLE,)), *_inner(words)))
    for node in once(known.sheets, "serviceTask", "sendTask"):  # their words are told by other rules
        yield (result_of(node), _WHOLE), None


def _words(node: Any, known: Set) -> Mapping[str, Words]:
    """What a task or a table leaves -> its only words; an aggregator makes figures of its own."""
    table = known.decisions.get(decision(node))
    if local(node) == "businessRuleTask" and table is not None and not table.aggregation:
        sound = table.policy in POLICIES and len({*table.outputs}) == len(table.outputs)
        return {name: columns.words(table, at) for at, name in enumerate(table.outputs)} if sound else {}
    return _of_form(properties(node).get("formKey", ""), known) if local(node) in HUMAN else {}


def _of_form(key: str, known: Set) -> Mapping[str, Words]:
    """Fields of a form, members of its lists (`layanan[]`), fields of their rows (`alat[].kondisi`) -> their words."""
    words, kinds = known.catalogue.words.get(key, {}), known.catalogue.routes.get(key, {})
    members = {f"{name}[]": some for name, some in words.items() if kinds.get(name) in LISTS}
    rows = {f"{name}[].{field}": some for (name, field), some in known.catalogue.row_words.get(key, {}).items()}
    return {**words, **members, **rows}


def _inner(words: Mapping[str, Words]) -> list[str]:
    return [part for part in words if "[]" in part]


def _outcomes(node: Any, known: Set) -> Mapping[str, Words]:
    """A task's outcomes as words: where they are read under another name than its own no other rule tells."""
    offered = known.catalogue.forms.get(properties(node).get("formKey", ""), ()) if local(node) in HUMAN else ()
    return {"keputusan": frozenset(offered)} if offered else {}


def _walked(known: Set, words: Mapping[Path, frozenset[Word]]) -> Iterator[tuple[Path, Words]]:
    """The members that repetitions walk through have the words of their list, or of what was collected."""
    for _, one in repeated(known):
        name, _, part = one.items.partition(".")
        fields = _row(name, part, known, words) if part else _round(name, known, words)
        yield from (((one.item, field), some) for field, some in fields.items())
        if not fields:
            yield (one.item, _WHOLE), words.get((name, part)) if part else None


def _row(name: str, part: str, known: Set, words: Mapping[Path, frozenset[Word]]) -> Mapping[str, Words]:
    """The fields of the rows of a list, with their words."""
    row = lists_of(known).get((name, part))
    fields = () if row is None or isinstance(row, str) else row
    return {field: words.get((name, f"{part}[].{field}")) for field in fields}


def _round(name: str, known: Set, words: Mapping[Path, frozenset[Word]]) -> Mapping[str, Words]:
    """What a repetition collected of each round, with its words; nothing where several collect under one name."""
    found = [(node, one) for node, one in repeated(known) if one.output == name]
    if len(found) != 1:
        return {}
    node, one = found[0]
    if local(node) in ("subProcess", "callActivity"):
        offered = known.offers.get(one.result, ())
        said: dict[str, Words] = {"keputusan": frozenset(offered)} if offered else {}
        return {part: said.get(part, words.get((one.result, part))) for part in parts_of(known).get(one.result, {})}
    parts = (left_by(node, known) if local(node) != "receiveTask" else None) or {}
    kept = {**_words(node, known), **_outcomes(node, known)}
    return {part: kept.get(part) for part in parts}
