"""The line on which an element begins: the parser knows only where its start tag ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from lxml import etree

MOST = 65_535  # what the parser's nodes can hold
# What may look like a tag and is none, then start tags; a ">" within quotes belongs to a value.
_TAGS = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|</[^>]*>|<(?P<start>[^\s/>!?](?:[^"'<>]|"[^"]*"|'[^']*')*)>""",
    re.DOTALL,
)
_ENDS = re.compile(r"\r\n|\r|\n")


def number(root: Any, data: bytes) -> None:
    """Give each element the line on which it begins; left as it is where text and tree do not agree."""
    text = _decoded(root, data)
    starts = [one.start() for one in _TAGS.finditer(text) if one.group("start") is not None]
    nodes = list(root.iter(etree.Element))
    if len(starts) != len(nodes):
        return
    breaks = [one.end() for one in _ENDS.finditer(text)]
    for node, start in zip(nodes, starts, strict=True):
        node.sourceline = min(bisect_right(breaks, start) + 1, MOST)


def _decoded(root: Any, data: bytes) -> str:
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "UTF-16"
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return ""
