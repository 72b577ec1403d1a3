"""What differs between two versions, in the office's words: what a thing is called, which property of it changed."""

from __future__ import annotations

from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.web import law_difference
from app.web.difference_names import ACTS, KINDS, PLAYED, PROPERTIES, SIGNS, SORTS, UNDRAWN
from app.web.difference_values import LONGEST, parted, said, value
from app.web.drawing_words import editor_words
from app.web.form_words import builder_words
from app.web.words import translated
from engine.differences import ADDED, REMOVED, Change

__all__ = [
    "ACTS",
    "LONGEST",
    "SIGNS",
    "SORTS",
    "UNDRAWN",
    "coded",
    "kind",
    "name",
    "named",
    "parted",
    "played",
    "told",
    "value",
    "what",
]

PARAMETER = "serviceTaskOperator.parameter."
FORMS = ("formulir", "bagian", "isian", "tombol")


def kind(change: Change) -> str:
    """What sort of thing it is."""
    return str(KINDS.get(change.kind, change.kind))


def name(change: Change) -> str:
    """What people call it, else its id."""
    if not change.name:
        return law_difference.entry(change) if change.kind == "butir" else change.id
    return translated(change.name)


def named(change: Change) -> Markup:
    """What people call it, on a page: what has no English is marked as Indonesian."""
    return said(change.name) if change.name else escape(name(change))


def coded(change: Change) -> str:
    """Of a field or a table that came or went the name in the data: another one may be called as it is; else ""."""
    if change.act not in (ADDED, REMOVED) or change.kind not in ("isian", "decision") or not change.name:
        return ""
    return change.id.removeprefix("isian ")


def what(change: Change) -> str:
    """The property that changed; of a cell the column it stands in."""
    if change.kind == "butir":
        return law_difference.place(change)
    side, _dot, column = change.what.partition(".")
    if side == "input":
        return str(_("syarat %(kolom)s", kolom=translated(column)))
    if side == "output":
        return str(_("hasil %(kolom)s", kolom=translated(column)))
    known = PROPERTIES.get(change.what) or PROPERTIES.get(change.what.rpartition(".")[2])
    if known is not None:
        return str(known)
    return _asked(change) if change.kind in FORMS else _given(change.what)


def _given(what: str) -> str:
    """A property of an element that has no word of its own: what a service is given, else as the file names it."""
    words = editor_words()["parameter_nama"] if what.startswith(PARAMETER) else {}
    last = what.rpartition(".")[2]
    return str(words.get(last, "")).lower() or str(_("sifat %(nama)s", nama=last.replace("_", " ")))


def _asked(change: Change) -> str:
    """The way to a property of a form in the words of its builder: "terlihat bila, isian"."""
    words = builder_words()["pembangun"]
    known = words["kata"] | words["bila"] | _more_asked()
    names = change.called or ("",) * len(change.what.split("."))
    steps = (
        translated(name) or _low(known.get(step, step))
        for step, name in zip(change.what.split("."), names, strict=True)
    )
    return ", ".join(steps)


def _more_asked() -> dict[str, str]:
    """Words of a form that its builder shows as they are written."""
    return {
        "field": _("isian"),
        "fields": _("isian"),
        "reason": _("perlu sebab tertulis"),
        "bulk": _("isi semua sekaligus"),
        "fill": _("mengisi"),
        "ask": _("menanyakan"),
        "unsent": _("bila tidak dikirim"),
        "place": _("tempat"),
        "kinds": _("jenis permohonan"),
        "measured": _("diukur dari"),
        "what": _("apa"),
        "declared": _("yang dinyatakan"),
        "of": _("dari"),
        "remark": _("keterangan"),
        "unit_field": _("satuan"),
        "accuracy": _("ketelitian"),
        "beyond": _("di luar batas"),
        "autocomplete": _("diisi peramban dengan"),
    }


def _low(word: object) -> str:
    said = str(word).replace("_", " ")
    return said if said[:2].isupper() else said[:1].lower() + said[1:]


def told(sort: str, change: Change) -> str:
    """A thing that differs, by itself: "langkah Verifikasi", "baris 12"."""
    if sort == "skenario":
        return played(change)
    if sort in ("surat", "lain"):
        return f"{_('baris')} {change.id}"
    return name(change) if change.kind == "butir" and change.what else f"{kind(change)} {name(change)}"


def played(change: Change) -> str:
    """What of a scenario changed: "langkah 7", "hasil akhir, jam"."""
    if change.kind == "langkah":
        return f"{KINDS['langkah']} {change.name}"
    part = translated(change.name) or PLAYED.get(change.what)
    words = [KINDS[change.kind], *([part] if part else [])]
    return ", ".join(map(str, words))
