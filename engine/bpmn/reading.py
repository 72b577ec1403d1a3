"""Files read safely: bytes in, an XML tree or one located problem out."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from engine.bpmn import breakage, lines
from engine.errors import Finding, Problem

MAX_BYTES = 2_000_000
MAX_ELEMENTS = 40_000
MAX_DEPTH = 64
MAX_ATTRIBUTES = 500

_UTF7 = re.compile(rb"encoding\s*=\s*[\"'](utf-?7|unicode-1-1-utf-7)", re.IGNORECASE)


class Unreadable(Exception):
    """A file that cannot be read; holds the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read(file: str, data: bytes) -> Any:
    """The root element of an XML file; raise Unreadable, in bounded time, when it is broken or hostile."""
    _measure(file, data)
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = _fed(file, data, parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None) or 1
        raise _refusal(file, "xml", breakage.sentence(error), _HINT_XML, line) from error
    lines.number(root, data)
    return root


_HINT_XML = "Buka dan simpan ulang diagram dengan penyunting BPMN."


def _measure(file: str, data: bytes) -> None:
    if not data.strip():
        raise _refusal(file, "empty", "Berkas kosong", "Pilih berkas diagram yang berisi.")
    if len(data) > MAX_BYTES:
        raise _refusal(file, "too-large", "Berkas lebih besar dari 2 MB", "Pecah diagram menjadi beberapa proses.")
    if _UTF7.search(data[:400].replace(b"\0", b"")):
        raise _refusal(file, "encoding", "Penyandian UTF-7 tidak diterima", "Simpan berkas sebagai UTF-8.")
    # Duplicate attributes are searched in quadratic time before any event reaches us.
    pieces = (one for one in data.replace(b"\0", b"").split(b"<") if len(one) > MAX_ATTRIBUTES)
    if any(_attributes(one) > MAX_ATTRIBUTES for one in pieces):
        raise _refusal(file, "attributes", "Satu elemen mempunyai terlalu banyak atribut", _HINT_XML)


# What stands between "<" and its ">": a ">" within quotes belongs to a value.
_TAG = re.compile(rb"""(?:[^"'>]|"[^"]*"|'[^']*')*""")
_GIVEN = re.compile(rb"""=\s*["']""")
_NO_TAG = (b"!--", b"![CDATA[", b"?", b"/")


def _attributes(piece: bytes) -> int:
    """How many attributes a start tag has; text, comments and CDATA have none."""
    if piece.startswith(_NO_TAG):
        return 0
    found = _TAG.match(piece)
    return len(_GIVEN.findall(found.group())) if found else 0


def _fed(file: str, data: bytes, parser: Any) -> Any:
    count = 0
    root: Any = None
    for start in range(0, len(data), 65_536):
        parser.feed(data[start : start + 65_536])
        for _, node in parser.read_events():
            if root is None:
                root = node
                _refuse_doctype(file, root)
            count += 1
            if count > MAX_ELEMENTS:
                raise _refusal(
                    file,
                    "too-large",
                    Finding("Berkas memuat lebih dari %(most)s elemen", most=MAX_ELEMENTS),
                    _HINT_XML,
                )
    root = parser.close()
    _refuse_doctype(file, root)
    _refuse_depth(file, root)
    return root


def _refuse_doctype(file: str, root: Any) -> None:
    if root.getroottree().docinfo.doctype:
        raise _refusal(file, "doctype", "DOCTYPE tidak diterima", "Hapus baris <!DOCTYPE …> dari berkas.")


def _refuse_depth(file: str, root: Any) -> None:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in node]
        if not level:
            return
    raise _refusal(file, "depth", "Elemen bersarang terlalu dalam", _HINT_XML, level[0].sourceline or 1)


def _refusal(file: str, code: str, message: str, hint: str, line: int = 1) -> Unreadable:
    return Unreadable(Problem(file, "", line, "error", code, message, hint))
