"""One reader per kind of value: text as typed -> plain JSON value, or the sentence to show.

Numbers are read as Indonesians write them (1.250,5); dates as hari/bulan/tahun.
Amounts of money are whole rupiah integers, other numbers decimals kept as text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from engine.errors import Sentence
from engine.forms import placing
from engine.forms.vocabulary import Field

WIB = ZoneInfo("Asia/Jakarta")
# Anchored, linear, short: a named list only, never a pattern from a form file.
NAMED_PATTERNS = {
    "plate": (re.compile(r"[A-Z]{1,2} ?\d{1,4} ?[A-Z]{0,3}"), "contoh: BE 1234 XY"),
    "str_number": (re.compile(r"[0-9A-Za-z./-]{6,40}"), "huruf, angka, titik, garis miring"),
    "bank_reference": (re.compile(r"[0-9A-Za-z./-]{4,40}"), "huruf dan angka seperti di bukti bayar"),
    "decree_number": (re.compile(r"[0-9A-Za-z./ -]{3,60}"), "seperti tertulis pada suratnya"),
    "postcode": (re.compile(r"\d{5}"), "5 angka"),
}
LONGEST = {"text": 200, "long_text": 4000}
# At most 18 digits before and 9 after the comma: no sum of this office is larger, and all of them are exact.
NUMBER = re.compile(r"-?([0-9]{1,3}(\.[0-9]{3}){0,5}|[0-9]{1,18})(,[0-9]{1,9})?")
# Written soundly, but with more digits than that.
LONG_NUMBER = re.compile(r"-?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
MOST_DIGITS = 18
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Unreadable(Exception):
    """The rest of a sentence that begins with the field's label: "harus bilangan bulat"."""

    def __init__(self, pattern: str, **values: object) -> None:
        self.sentence = Sentence(pattern, **values)
        super().__init__(self.sentence)


def clean(raw: str) -> str:
    """NFC, no control characters but line ends, no lone surrogates: what PostgreSQL and JSON can hold.

    Characters that turn the direction of writing go too: a name must read as it is stored.
    """
    text = raw.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in "\n\t" or not (unicodedata.category(c) in ("Cc", "Cs") or c in TURNING))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _text(field: Field, raw: str) -> str:
    longest = max(field.length) if field.length else LONGEST.get(field.type, 200)
    if len(raw) > longest:
        raise Unreadable("paling banyak %(most)s huruf, Anda menulis %(count)s", most=longest, count=len(raw))
    if field.type == "text" and "\n" in raw:
        raw = " ".join(raw.split())
    if field.pattern == "coordinates":
        return _point(raw)
    if field.pattern:
        pattern, hint = NAMED_PATTERNS[field.pattern]
        if not pattern.fullmatch(raw.upper() if field.pattern == "plate" else raw):
            raise Unreadable("tidak sesuai pola (%(hint)s)", hint=hint)
        return raw.upper() if field.pattern == "plate" else raw
    return raw


def _point(raw: str) -> str:
    found = placing.plain(raw)
    if found is None:
        raise Unreadable("tidak sesuai pola (%(hint)s)", hint=placing.HINT)
    return found


def decimal_of(raw: str) -> Decimal:
    """'1.250,5' -> Decimal('1250.5'); raises Unreadable."""
    text = raw.replace(" ", "").replace("\u00a0", "")
    if not NUMBER.fullmatch(text):
        _refuse_long(text)
        raise Unreadable("harus angka, misalnya 1.250,5; Anda menulis “%(typed)s”", typed=raw[:40])
    return Decimal(text.replace(".", "").replace(",", "."))


def _refuse_long(text: str) -> None:
    """Say of a number that it is too large, or too finely divided, rather than that it is none; raises Unreadable."""
    found = LONG_NUMBER.fullmatch(text)
    if found is None:
        return
    if len(found[1].replace(".", "")) > MOST_DIGITS:
        raise Unreadable("terlalu besar; paling banyak %(most)s angka di depan koma", most=MOST_DIGITS)
    raise Unreadable("paling banyak %(most)s angka di belakang koma", most=9)


def whole_of(raw: str) -> int:
    """Whole rupiah: '1.250' -> 1250; raises Unreadable for anything with a fraction."""
    value = decimal_of(raw)
    if value != value.to_integral_value():
        raise Unreadable("harus rupiah bulat, misalnya 1.250; Anda menulis “%(typed)s”", typed=raw[:40])
    return int(value)


def _within(field: Field, value: Decimal) -> Decimal:
    if field.min is not None and value < field.min:
        raise Unreadable("paling kecil %(figure)s", figure=_figure(field, field.min))
    if field.max is not None and value > field.max:
        raise Unreadable("paling besar %(figure)s", figure=_figure(field, field.max))
    return value


def _figure(field: Field, value: Decimal) -> Sentence:
    """ "1.250 m²" """
    if not field.unit:
        return Sentence("%(typed)s", typed=show(value))
    return Sentence("%(typed)s %(unit)s", typed=show(value), unit=field.unit)


def show(value: Decimal) -> str:
    """Decimal -> '1.250,5', without trailing zeros."""
    whole, _, part = f"{value:f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = f"{int(digits):,}".replace(",", ".")
    part = part.rstrip("0")
    return f"{sign}{groups},{part}" if part else f"{sign}{groups}"


def _decimal(field: Field, raw: str) -> str:
    value = decimal_of(raw)
    if -int(value.as_tuple().exponent) > field.decimals:
        raise Unreadable("paling banyak %(most)s angka di belakang koma", most=field.decimals)
    return _plain(_within(field, value))


def _plain(value: Decimal) -> str:
    """One way of writing each number: 1.5, never 1.50 or -0."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if value == 0 else text


def _integer(field: Field, raw: str) -> int:
    value = decimal_of(raw)
    if value != value.to_integral_value():
        raise Unreadable("harus bilangan bulat")
    return int(_within(field, value))


def _money(field: Field, raw: str) -> int:
    bare = re.sub(r"^rp\.?\s*", "", raw, flags=re.IGNORECASE)
    return _integer(field, re.sub(r",(00|-)$", "", bare))


def date_of(raw: str) -> date:
    """'17/8/1990', '17-08-1990', '17.8.1990' or '17 8 1990' -> date; raises Unreadable."""
    parts = re.split(r"[/\-. ]+", raw)
    if len(parts) != 3 or not all(one.isascii() and one.isdigit() and len(one) <= 4 for one in parts):
        raise Unreadable("tulis hari/bulan/tahun, misalnya 17/08/1990")
    day, month, year = (int(one) for one in parts)
    try:
        return date(year, month, day) if year >= 1900 else date(0, 0, 0)
    except ValueError as error:
        raise Unreadable("bukan tanggal yang ada; tulis hari/bulan/tahun") from error


def _date(field: Field, raw: str) -> str:
    return date_of(raw).isoformat()


# What `instant_of` reads, as a browser can tell it before anything is sent; which days there are the reading tells.
INSTANT_SHAPE = r"[0-9]{1,2}[\/.\-]+[0-9]{1,2}[\/.\-]+[0-9]{4}[ T,]+([01]?[0-9]|2[0-3])[.:][0-5][0-9](\s*WIB)?"


def instant_of(raw: str) -> datetime:
    """'11/08/2026 08.00' (WIB) -> aware datetime; raises Unreadable."""
    found = re.fullmatch(r"(\S{6,10})[ T,]+([0-9]{1,2})[.:]([0-9]{2})(?:\s*WIB)?", raw.strip()[:60])
    if not found or int(found[2]) > 23 or int(found[3]) > 59:
        raise Unreadable("tulis tanggal dan jam, misalnya 11/08/2026 08.00")
    day = date_of(found[1])
    return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=WIB)


def _datetime(field: Field, raw: str) -> str:
    return instant_of(raw).isoformat()


def _digits(field: Field, raw: str, lengths: tuple[int, ...]) -> str:
    bare = re.sub(r"[ .\-]", "", raw)
    if not bare.isascii() or not bare.isdigit():
        raise Unreadable("hanya boleh angka")
    if lengths and len(bare) not in lengths:
        raise Unreadable("harus %(wanted)s angka, Anda menulis %(count)s", wanted=_either(lengths), count=len(bare))
    return bare


def _either(lengths: tuple[int, ...]) -> Sentence:
    """ "15 atau 16 atau 22" """
    made = Sentence("%(typed)s", typed=str(lengths[0]))
    for one in lengths[1:]:
        made = Sentence("%(before)s atau %(typed)s", before=made, typed=str(one))
    return made


def _code(field: Field, raw: str) -> str:
    """Digits of a given length; with bounds, as of a year, their figure lies within them."""
    bare = _digits(field, raw, field.length)
    if field.min is not None and int(bare) < field.min:
        raise Unreadable("paling kecil %(figure)s", figure=f"{field.min:f}")
    if field.max is not None and int(bare) > field.max:
        raise Unreadable("paling besar %(figure)s", figure=f"{field.max:f}")
    return bare


def _nik(field: Field, raw: str) -> str:
    # Length and digits refuse; a doubtful date or region only warns (it is never corrected at Dukcapil).
    return _digits(field, raw, (16,))


def _npwp(field: Field, raw: str) -> str:
    return _digits(field, raw, (15, 16, 22))


def _phone(_field: Field, raw: str) -> str:
    return phone_of(raw)


def phone_of(raw: str) -> str:
    """'0812-3456-7890' -> '+6281234567890'; raises Unreadable."""
    try:
        number = phonenumbers.parse(raw, "ID")
    except phonenumbers.NumberParseException as error:
        raise Unreadable("bukan nomor telepon; contoh 0812 3456 7890") from error
    if not phonenumbers.is_possible_number(number):
        raise Unreadable("bukan nomor telepon yang mungkin; contoh 0812 3456 7890")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(field: Field, raw: str) -> str:
    try:
        return validate_email(raw, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Unreadable("bukan alamat surel yang sah; contoh nama@contoh.id") from error


READERS: dict[str, Callable[[Field, str], Any]] = {
    "text": _text,
    "long_text": _text,
    "number": _decimal,
    "integer": _integer,
    "money": _money,
    "date": _date,
    "datetime": _datetime,
    "digits": _code,
    "nik": _nik,
    "npwp": _npwp,
    "phone": _phone,
    "email": _email,
}


def nik_doubts(nik: str, born: str = "", sex: str = "") -> tuple[str, ...]:
    """Sentences about a NIK (PPKKCC DDMMYY NNNN) that looks odd but is not refused.

    `born`: the stated date of birth (ISO 8601), `sex`: "laki_laki" or "perempuan"; "" when they were not asked.
    """
    doubts = []
    day, month, year = int(nik[6:8]), int(nik[8:10]), nik[10:12]
    if not (1 <= day <= 31 or 41 <= day <= 71) or not 1 <= month <= 12:
        doubts.append("Tanggal lahir dalam NIK tidak mungkin.")
    elif born and (day % 40, month, year) != (int(born[8:10]), int(born[5:7]), born[2:4]):
        doubts.append("Tanggal lahir dalam NIK berbeda dari tanggal lahir yang diisi.")
    if sex and (day > 40) is not (sex == "perempuan"):
        doubts.append("Jenis kelamin menurut NIK berbeda dari yang diisi.")
    if nik[12:] == "0000":
        doubts.append("Nomor urut dalam NIK 0000.")
    if not 11 <= int(nik[:2]) <= 97:
        doubts.append("Kode provinsi dalam NIK tidak dikenal.")
    return tuple(doubts)
