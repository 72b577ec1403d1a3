"""What the letters of a release tell of a case's answers and of its levy, read from their templates.

A letter that tells of an answer which was never given goes out with a gap in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.bpmn.charts import LEVY
from engine.deployment import Deployment

FRAME = "kop.typ"  # on every paper: it names all there is without telling of it
_IMPORT = re.compile(r'#import\s+"([^"]+)"')
_ANSWER = re.compile(r'\bisian\s*,\s*"([^"]+)"')
_LEVY = re.compile(r"\((?:data,\s*\"retribusi\"|retribusi)\b")


def papers(release: Deployment) -> Mapping[str, frozenset[str]]:
    """Letter -> the steps of whose answers it tells, and the levy where it tells of that."""
    return {one.code: frozenset(_told(release.letters, one.template)) for one in release.catalogue.letters.values()}


def _told(templates: Mapping[str, bytes], name: str) -> set[str]:
    found, seen, pending = set[str](), {FRAME}, [name]
    while pending:
        name = pending.pop()
        if name not in seen and name in templates:
            seen.add(name)
            text = templates[name].decode()
            pending.extend(_IMPORT.findall(text))
            found |= {*_ANSWER.findall(text), *({LEVY} if _LEVY.search(text) else ())}
    return found
