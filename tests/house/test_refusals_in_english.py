"""Whatever an operation refuses, it refuses in both languages: its sentences stand in the code and are found there."""

import ast
import re

from app.letters import pages
from scripts import translations

PLACE = re.compile(r"%\(\w+\)s")
REFUSING = {"Sentence", "SubmissionInvalid", "Refused", "NotFound", "NotAllowed", "Unreadable", "Unfit", "_Wrong"}
FAULTS = {"errors", "faults", "wrong"}  # mappings of a field to its sentence


def texts(value, known):
    """The texts that an expression may be: itself, a constant of its module, the values of a mapping."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, ast.Name):
        return known.get(value.id, [])
    if isinstance(value, ast.Dict):
        return [text for one in value.values for text in texts(one, known)]
    return (
        [text for one in (value.body, value.orelse) for text in texts(one, known)]
        if isinstance(value, ast.IfExp)
        else []
    )


def refusals(tree):
    known = {}
    for one in ast.walk(tree):
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
            known.setdefault(one.targets[0].id, []).extend(texts(one.value, {}))
    for one in ast.walk(tree):
        if isinstance(one, ast.Call) and one.args:
            name = getattr(one.func, "id", getattr(one.func, "attr", ""))
            yield from texts(one.args[0], known) if name in REFUSING else ()
        elif isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Subscript):
            yield from texts(one.value, known) if getattr(one.targets[0].value, "id", "") in FAULTS else ()


def test_every_refusal_in_the_code_has_its_english():
    catalogues = [translations.read(path) for path in (translations.MESSAGES, translations.OFFICE)]
    said = {*pages.REASONS.values(), pages.UNREADABLE}
    for room in ("app", "engine"):
        for path in (translations.ROOT / room).rglob("*.py"):
            said |= set(refusals(ast.parse(path.read_text())))
    sentences = {one for one in said if " " in one and re.search(r"[^\W\d_]", PLACE.sub("", one))}
    assert len(sentences) > 300
    missing = {one for one in sentences if not any(found.get(one) and found.get(one).string for found in catalogues)}
    assert not missing, "write them into " + translations.MESSAGES.name
