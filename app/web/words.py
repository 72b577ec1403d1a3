"""The second language: catalogues compiled at start, the office's words and sentences, diagrams, words of clocks."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask_babel import get_locale, gettext, ngettext
from lxml import etree
from markupsafe import Markup, escape

from app.operations.clock_views import decimal
from engine.amounts import Amount, Instant
from engine.catalogue import Role
from engine.errors import Finding, OwnName, Sentence
from engine.forms.vocabulary import Field

log = logging.getLogger("eperizinan")

# What clocks say (app.operations.clock_views), piece by piece: pattern -> English.
CLOCK_WORDS = (
    (r"^sisa (.+)$", r"\1 left"),
    (r"^lewat kurang dari semenit$", "less than a minute late"),
    (r"^lewat (.+)$", r"\1 late"),
    (r"^ditangguhkan, (.+) tersisa$", r"on hold, \1 left"),
    (r"^terlambat, kini ditangguhkan$", "late, now on hold"),
    (r"^selesai, terlambat$", "done, late"),
    (r"^selesai tepat waktu$", "done on time"),
    (r"^sudah menunggu (.+)$", r"waiting for \1"),
    (r"^tidak dinilai$", "not judged"),
    (r"^belum mulai$", "not started"),
    (r"^belum dapat dijanjikan: kalender belum ditetapkan$", "cannot be promised yet: the calendar is not adopted"),
    (r"^belum dapat dijanjikan: menunggu$", "cannot be promised yet: waiting"),
    (r"\bhari kerja\b", "working days"),
    (r"\bhk\b", "working days"),
    (r"\bhari\b", "days"),
    (r"\bbulan\b", "months"),
    (r"\bjam\b", "h"),
    (r"\bmenit\b", "min"),
)


# What an explanation says (engine.clocks): pieces of a note, after the citations in brackets were set aside.
EXPLAINED = (
    (r"^mulai", "start"),
    (r"^jangka waktu (.+)$", r"time allowed \1"),
    (r"^menurut jam loket$", "in the counter's hours"),
    (r"^menurut jam (.+)$", r"in the hours of \1"),
    (r"^penuh$", "the whole day"),
    (r"^akhir pekan$", "weekend"),
    (r"^libur$", "holiday"),
    (r"^jam khusus", "special hours"),
    (r"^tidak ada jam layanan$", "no service hours"),
    (r"^kuota habis pukul", "time used up at"),
    (r"\bkalender, hari mulai tidak dihitung$", "of the calendar, the first day not counted"),
    (r"^hari terakhir(?= \w{3} \d)", "last day"),
    (r"^(.+) tidak dihitung$", r"\1 not counted"),
    (r"^tanggal janji jatuh dalam keadaan kahar", "the promised date falls into force majeure"),
    (r"^bergeser ke", "moved to"),
    (r"\bkuota habis\b", "time used up at"),
    (r"\bakhir jam layanan\b", "end of service hours"),
    (r"^seluruhnya\b", "all of it"),
    (r"^tumpang tindih dihitung sekali$", "overlap counted once"),
    (r"^keadaan kahar", "force majeure"),
    (r"^menunggu pembayaran", "waiting for payment"),
    (r"^menunggu perbaikan", "waiting for corrections"),
    (r"^pemohon tidak hadir", "applicant absent"),
    (r"^ditunda atas permintaan pemohon", "on hold at the applicant's request"),
    (r"^berkas ditutup lalu dibuka kembali", "file closed, then re-opened"),
    (r"^tidak ada tanggal janji:", "no promised date:"),
    (r"\bjam belum dimulai$", "the clock has not started"),
    (r"\bjeda belum diketahui akhirnya$", "the end of the pause is not known yet"),
    (r"\bdaftar hari libur tahun (\d+) belum ditetapkan$", r"the holidays of \1 are not adopted yet"),
    (r"\bpernyataan kahar atas hari terakhir belum diketahui akhirnya$", "the end of the force majeure is not known"),
    (r"^tanggal janji\b", "promised date"),
    (r"^diperpanjang dengan persetujuan pemohon\b", "extended with the applicant's consent"),
    (r"(?<=\)) sampai (?=\d\d-\d\d-\d{4}$)", " to "),
    (r"^janji semula\b", "the promise before was"),
    (r"^setelah libur dan jeda sejak itu\b", "after holidays and pauses since then"),
    (r"\bpada hari terakhir menggeser tanggal janji ke\b", "on the last day moves the promised date to"),
    (r"\bakhir hari\b", "end of the day"),
    (r"^diperpanjang\b", "extended by"),
    (r"\bberakhir\b", "ends"),
    (r"^hari terakhir tutup: bergeser ke hari layanan berikutnya$", "last day closed: moved to the next service day"),
    (r"\bbelum diketahui\b", "not known yet"),
    (r"\bs\.d\. ", "to "),
)
# What is noted beside a breach and on a withdrawn letter (app.operations.declaring): kept as text, numbers in it.
NOTED = (
    (r"^tepat waktu setelah koreksi kahar \((.+)\)$", r"on time after a force majeure correction (\1)"),
    (r"^kembali terlambat: (.+) diubah dengan (.+)$", r"late again: \1 changed by \2"),
    (r"^kembali terlambat: (.+) berakhir dengan (.+)$", r"late again: \1 ended by \2"),
    (r"^kembali terlambat: (.+) dicabut oleh (.+)$", r"late again: \1 revoked by \2"),
    (r"^dicabut dengan keputusan nomor (.+)$", r"revoked by decree number \1"),
)
SEPARATORS = str.maketrans(".,", ",.")
WEEKDAYS = {"Sen": "Mon", "Sel": "Tue", "Rab": "Wed", "Kam": "Thu", "Jum": "Fri", "Sab": "Sat", "Min": "Sun"}


def compile_catalogues(folder: Path) -> None:
    """Make each `.mo` that is missing or older than its `.po`; a read-only folder keeps what it has."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        made = source.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            _compile(source, made)
        except OSError as fault:
            log.warning("translations of %s not compiled: %s", source, fault)


def _compile(source: Path, made: Path) -> None:
    """Written aside and moved into place: several processes may start at once."""
    with source.open("rb") as opened:
        catalogue = read_po(opened, locale=source.parent.parent.name)
    aside = made.with_suffix(f".{os.getpid()}")
    with aside.open("wb") as target:
        write_mo(target, catalogue)
    aside.replace(made)


def english() -> bool:
    return str(get_locale() or "id") == "en"


def translated(sentence: str) -> str:
    """The office's words and an operation's sentence in the reader's language; itself when nobody translated it."""
    if isinstance(sentence, Instant):
        return _told_instant(sentence)
    if isinstance(sentence, Amount):
        return clock_words(str(sentence))
    if isinstance(sentence, Sentence):
        typed = ("typed", *(sentence.values if isinstance(sentence, Finding) else ()))
        values = {name: _value(one, name in typed) for name, one in sentence.values.items()}
        pattern = str(gettext(sentence.pattern)) if sentence.pattern else ""
        return sentence.told(pattern, values, sentence.values)
    return str(gettext(sentence)) if sentence else ""


def _told_instant(said: Instant) -> str:
    """As the pages tell theirs: Sen 03/08/2026 08.10."""
    from app.web.rendering import exact_moment

    return exact_moment(said.at)


def several(pattern: str, number: int) -> str:
    """A sentence that counts, with `%(num)s` for the number: in English one thing is told otherwise than several."""
    return str(ngettext(pattern, pattern, number))


def counted(pattern: str) -> list[str]:
    """For a script that counts: what it says of one thing and of several, with %n for the number."""
    return [str(ngettext(pattern, pattern, number, n="%n")) for number in (1, 2)]


def as_said(text: str) -> str:
    """A sentence in the reader's language; an id or a name as it is."""
    return translated(text) if isinstance(text, Sentence) else text


def marked(sentence: str) -> Markup:
    """A sentence for a page in the reader's language; names and texts of others in a finding are marked Indonesian."""
    spoken = isinstance(sentence, Instant | Amount)
    if spoken or not isinstance(sentence, Finding) or not sentence.pattern or not english():
        return escape(translated(sentence))
    values = {name: _within(one) for name, one in sentence.values.items()}
    return Markup(sentence.told(escape(gettext(sentence.pattern)), values, sentence.values))


def _within(value: object) -> Markup:
    """A value of a finding: names and words of the office in its English, marked Indonesian where they have none."""
    bare = isinstance(value, Finding) and not value.values and not isinstance(value, Instant | Amount)
    if isinstance(value, OwnName) or (bare and isinstance(value, str)):
        said = translated(value)
        return escape(said) if said != value else _theirs(value)
    return marked(value) if isinstance(value, Sentence) else _theirs(value)


def _theirs(value: object) -> Markup:
    named = isinstance(value, str) and any(map(str.isalpha, value))
    return Markup('<span lang="id">{}</span>').format(value) if named else escape(str(value))


def cited(source: str) -> Markup:
    """Where a figure comes from: a note of the office in the reader's language; a citation of law stays Indonesian."""
    said = translated(source)
    return escape(said) if said != source or not said else Markup('<span lang="id">{}</span>').format(source)


def named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Codes with the words they are shown as, in the reader's language."""
    return {code: translated(word) for code, word in pairs}


def official_roles(roles: Iterable[Role]) -> list[tuple[str, str]]:
    """Roles that an official can be given, to choose from: code, and "FO · Counter clerk"."""
    return [(role.code, f"{role.code} · {translated(role.name)}") for role in roles if role.official]


def worded(one: Field) -> Field:
    """A field of a form with its words in the reader's language."""
    label, help, text, unit = (translated(word) for word in (one.label, one.help, one.text, one.unit))
    return replace(one, label=label, help=help, text=text, unit=unit)


def _value(value: object, typed: bool) -> object:
    """A label or sentence in the reader's language; what somebody typed or drew, and numbers, as they are."""
    if isinstance(value, OwnName):
        return translated(value)
    theirs = typed and not isinstance(value, Finding)
    return translated(value) if isinstance(value, str) and not theirs else value


def drawn(xml: str) -> str:
    """A diagram for the viewer with the names of its elements in the reader's language."""
    if not english():
        return xml
    root = etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for one in root.iter(etree.Element):
        if name := one.get("name"):
            one.set("name", translated(str(name)))
    return etree.tostring(root, encoding="unicode")


def explained(note: str, term: bool = False) -> str:
    """A line of an explanation in the reader's language; papers in brackets stay as they were cited.

    `term`: of an applicant's term, whose date nobody promises; the line of the proof stays as it is.
    """
    if not english():
        return note.replace("tanggal janji", "tenggat") if term else note
    pieces = re.split(r"( \([^()]*(?:\([^()]*\)[^()]*)*\)|; )", note)
    said = "".join(_aside(one) if number % 2 else _explained(one) for number, one in enumerate(pieces))
    return said.replace("promised date", "deadline") if term else said


def _aside(piece: str) -> str:
    """What stands in brackets: the office's own words in the reader's language, anything else as it was cited."""
    inner = piece.strip(" ()")
    return piece.replace(inner, translated(inner)) if piece.startswith(" (") and inner else piece


def _explained(piece: str) -> str:
    said = translated(piece)
    for pattern, word in EXPLAINED:
        said = re.sub(pattern, word, said)
    said = re.sub(r"\b(Sen|Sel|Rab|Kam|Jum|Sab|Min)(?= \d)", lambda found: WEEKDAYS[found[0]], said)
    return clock_words(said)


def noted(text: str) -> str:
    """A note kept beside a breach or a withdrawn letter, in the reader's language; one without words stays as it is."""
    if not english():
        return text
    for pattern, word in NOTED:
        text = re.sub(pattern, word, text)
    return text


def clock_words(text: str) -> str:
    """ "sisa 2,8 hari kerja" in the reader's language."""
    if not english():
        return text
    for pattern, word in CLOCK_WORDS:
        text = re.sub(pattern, word, text)
    text = re.sub(r"(?<![\d.,])1 (working day|day|month)s\b", r"1 \1", text)
    # Whole hours by themselves: their dots are of thousands, and no comma says so.
    return re.sub(r"\b\d{1,3}(?:\.\d{3})+(?= h\b)", lambda found: found[0].replace(".", ","), numbers(text))


def numbers(text: str) -> str:
    """Numbers with a decimal comma ("1.204,5") as the reader's language writes them; whole numbers stay."""
    if not english():
        return text
    return re.sub(r"\d[\d.]*,\d+", lambda found: found[0].translate(SEPARATORS), text)


def fraction(value: Fraction, places: int = 2) -> str:
    """A fraction as a decimal number in the reader's language."""
    return numbers(decimal(value, places))


def weekdays(text: str) -> str:
    """Hours of the week ("Senin–Kamis 07.30–12.00") with the days in the reader's language."""
    return re.sub(r"\b(Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu)\b", lambda day: str(gettext(day[0])), text)
