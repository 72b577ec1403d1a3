"""Filling in any form of the office plausibly: what an invented applicant or official would have typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from random import Random
from typing import Any

from app.clock import WIB
from app.operations import assessing
from app.operations.demo import invented
from app.store import Store
from app.store.cases import Held
from engine.forms import Choices, Field, Form

Typed = dict[str, list[str]]
TEAM = "team_members"
PLANNED = {"tanggal_pasang": 30, "mulai_penelitian": 30, "selesai_penelitian": 200}  # days from now


@dataclass
class Filling:
    """One form being filled: what was chosen so far decides what is visible."""

    rng: Random
    lists: Choices
    at: datetime
    fixed: Mapping[str, Any] = field(default_factory=dict)  # by name in the page, or by bare field name
    typed: Typed = field(default_factory=dict)
    files: list[str] = field(default_factory=list)  # names of fields that want an upload

    def wanted(self, name: str, bare: str) -> Any:
        return self.fixed.get(name, self.fixed.get(bare))


def fill(form: Form, lists: Choices, rng: Random, at: datetime, fixed: Mapping[str, Any] | None = None) -> Filling:
    """Typed texts for every visible field, and the names of the file fields to be uploaded first."""
    filling = Filling(rng, lists, at, fixed or {})
    values: dict[str, Any] = {}
    for section in form.sections:
        if section.visible_if is None or section.visible_if.holds(values):
            _fill_fields(section.fields, "", values, filling)
    return filling


def of_the_file(store: Store, held: Held, element: str) -> dict[str, Any]:
    """What an attentive official reads in the file itself before typing it."""
    if element == "cek_retribusi":
        found = assessing.latest_calculation(store, held.id)
        return {"jumlah_hitung_ulang": found["total"]} if found else {}
    if element == "validasi_bayar":
        return {"ditemukan_di": "rekening", "tanggal_masuk": _paid_on(store, held)}
    if element == "serahkan":
        applied = [one for one in store.cases.submissions(held.id) if "nik" in one.values]
        here = {"penerima_adalah": "pemohon"}  # nobody in the demonstration downloads
        return here | ({"nik_penerima": applied[-1].values["nik"]} if applied else {})
    return {}


def _paid_on(store: Store, held: Held) -> str:
    """The day of the last claim, as it is typed."""
    day = date.fromisoformat(store.payments.of_case(held.id)[-1].paid_on)
    return day.strftime("%d/%m/%Y")


def _fill_fields(fields: tuple[Field, ...], prefix: str, values: dict[str, Any], filling: Filling) -> None:
    for one in fields:
        if one.type == "note" or (one.visible_if is not None and not one.visible_if.holds(values)):
            continue
        value = _fill(one, prefix + one.name, filling)
        if value is not None:
            values[one.name] = value


def _fill(one: Field, name: str, filling: Filling) -> Any:
    if one.type == "rows":
        for code, _ in one.rows(filling.lists):
            _fill_fields(one.fields, f"{name}.{code}.", {}, filling)
        return True
    if one.type == "group":
        return _fill_group(one, name, filling)
    if one.type == "file":
        if one.required or filling.wanted(name, one.name):
            filling.files.append(name)
        return True
    given = filling.wanted(name, one.name)
    value = given if given is not None else _invent(one, filling)
    if value is None:
        return None
    filling.typed[name] = [_text(item) for item in value] if isinstance(value, list) else [_text(value)]
    return value


def _fill_group(one: Field, name: str, filling: Filling) -> bool:
    count = max(1, (one.repeat or (1, 1))[0]) if one.required or (one.repeat or (0, 0))[0] else 0
    given = filling.wanted(name, one.name)
    count = int(given) if isinstance(given, int) else count
    filling.typed[f"{name}.n"] = [str(count)]
    for place in range(count):
        _fill_fields(one.fields, f"{name}.{place}.", {}, filling)
    return bool(count)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return str(value)


def _invent(one: Field, filling: Filling) -> Any:
    """A value for a field, None to leave an optional one empty (half of them)."""
    if not one.required and one.type != "yes_no" and filling.rng.random() < 0.5:
        return None
    return MAKERS[one.type](one, filling)


def _choice(one: Field, filling: Filling) -> Any:
    options = _team(one, filling) if one.options_from == TEAM else [value for value, _ in one.choices(filling.lists)]
    return filling.rng.choice(options) if options else None


def _choices(one: Field, filling: Filling) -> Any:
    options = (
        _team(one, filling) if one.options_from == TEAM else [value for value, _ in one.choices(filling.lists)][:1]
    )
    return options or None


def _team(one: Field, filling: Filling) -> list[str]:
    """Whoever belongs to the agencies chosen above; all, when none are chosen in this form."""
    sent = filling.typed.get("perangkat")
    offered = one.choices(filling.lists)
    return [value for value, label in offered if sent is None or any(f"({code}, " in label for code in sent)]


def _number(one: Field, filling: Filling) -> str:
    least = ceil(one.min) if one.min is not None else 1
    most = int(one.max) if one.max is not None else 100
    value = filling.rng.randint(least, min(most, max(least, least + 90)))
    return str(value)


def _digits(one: Field, filling: Filling) -> str:
    if one.min is not None and one.max is not None:  # a year
        return str(filling.at.year - filling.rng.randint(1, 12))
    length = one.length[0] if one.length else 3
    return "".join(str(filling.rng.randint(1, 9)) for _ in range(length))


def _date(one: Field, filling: Filling) -> str | None:
    """Birth dates lie far back, terms ahead, records are of today, the rest shortly before.

    The end of a permit is left to its type.
    """
    here = filling.at.astimezone(WIB)
    back = filling.rng.randint(9000, 18000) if "lahir" in one.name else filling.rng.randint(20, 300)
    ahead = any(word in one.name for word in ("sampai", "berlaku", "akhir", "bongkar"))
    day = here + timedelta(days=filling.rng.randint(400, 1500)) if ahead else here - timedelta(days=back)
    day = here if one.name in ("berlaku_mulai", "tanggal", "tanggal_kembali") else day
    day = here + timedelta(days=PLANNED[one.name]) if one.name in PLANNED else day
    return None if one.name == "berlaku_sampai" else day.strftime("%d/%m/%Y")


def _moment(one: Field, filling: Filling) -> str:
    """What happened was just now; what is planned is in two days at nine."""
    here = filling.at.astimezone(WIB)
    if "kunjungan" in one.name:
        return here.strftime("%d/%m/%Y %H.%M")
    return (here + timedelta(days=2)).strftime("%d/%m/%Y 09.00")


WORDS: tuple[tuple[str, Callable[[Random], str]], ...] = (
    ("nama_badan", invented.business),
    ("nama", invented.person),
    ("alamat", invented.street),
    ("tempat_lahir", lambda rng: rng.choice(invented.TOWNS)),
    ("kabupaten", lambda rng: "Kota Metro"),
    ("provinsi", lambda rng: "Lampung"),
    ("kecamatan", lambda rng: "Metro Timur"),
    ("kelurahan", lambda rng: "Iringmulyo"),
    ("referensi", lambda rng: f"BLM{rng.randint(10**8, 10**9 - 1)}"),
    ("dasar", lambda rng: "Pasal 11 ayat (2) Peraturan Walikota Metro Nomor 76 Tahun 2018 (contoh)"),
    ("pelat", lambda rng: f"BE {rng.randint(1000, 9999)} F"),
)
PATTERNED: Mapping[str, Callable[[Random], str]] = {
    "plate": lambda rng: f"BE {rng.randint(1000, 9999)} F",
    "str_number": lambda rng: f"STR{rng.randint(10**9, 10**10 - 1)}",
    "bank_reference": lambda rng: f"BLM{rng.randint(10**8, 10**9 - 1)}",
    "decree_number": lambda rng: f"503/{rng.randint(100, 999)}/2025",
    "coordinates": lambda rng: f"-5.1{rng.randint(10, 99)}, 105.3{rng.randint(10, 99)}",
    "postcode": lambda rng: f"341{rng.randint(11, 25)}",
}


def _words(one: Field, filling: Filling) -> str:
    if one.pattern:
        return PATTERNED[one.pattern](filling.rng)
    for word, make in WORDS:
        if word in one.name:
            return make(filling.rng)
    text = f"{one.label} (contoh)"
    return text[: max(one.length)] if one.length else text[:200]


MAKERS: Mapping[str, Callable[[Field, Filling], Any]] = {
    "text": _words,
    "long_text": lambda one, filling: f"{one.label}: sesuai, tanpa catatan khusus (contoh).",
    "number": _number,
    "integer": _number,
    "money": _number,
    "date": _date,
    "datetime": _moment,
    "choice": _choice,
    "choices": _choices,
    "yes_no": lambda one, filling: one.name == "pemohon_hadir",  # who is expected comes, unless the plan says no
    "nik": lambda one, filling: invented.nik(filling.rng),
    "npwp": lambda one, filling: "".join(str(filling.rng.randint(0, 9)) for _ in range(15)),
    "digits": _digits,
    "phone": lambda one, filling: invented.phone(filling.rng),
    "email": lambda one, filling: f"pemohon{filling.rng.randint(100, 999)}@dpmptsp-contoh.id",
    "declaration": lambda one, filling: one.required or None,
}
