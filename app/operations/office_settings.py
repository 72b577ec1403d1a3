"""The office's settings: the catalogue's, with what an administrator wrote over them (a form has no law in it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app

from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import access
from engine.catalogue import Catalogue
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of

LONGEST = 600


@dataclass(frozen=True)
class Setting:
    """`kind`: "text" | "long_text" | "date" | "lines" | "address"; an `empty` one may be left blank."""

    name: str
    label: str
    kind: str = "text"
    empty: bool = False
    help: str = ""


# Sections of the page, in order; what is not listed here is changed by a release.
SECTIONS: tuple[tuple[str, tuple[Setting, ...]], ...] = (
    (
        "Dasar hukum",
        (
            Setting("peraturan", "Peraturan yang dijalankan", "long_text", help="Tertulis pada surat-surat"),
            Setting("peraturan_singkat", "Sebutan singkatnya"),
            Setting("berlaku_sejak", "Berlaku sejak", "date", help="hari/bulan/tahun"),
            Setting("peraturan_catatan", "Catatan tentang nomornya", "long_text", empty=True),
            Setting("pelimpahan", "Pelimpahan kewenangan", "long_text"),
            Setting("keberatan", "Upaya hukum yang ditulis pada penolakan", "long_text"),
        ),
    ),
    (
        "Kop surat dan alamat",
        (
            Setting("kop", "Baris kop", "lines", help="Satu baris kop pada setiap baris isian"),
            Setting("pemerintah", "Pemerintah"),
            Setting("dinas", "Nama dinas"),
            Setting("alamat", "Alamat"),
            Setting("kode_pos", "Kode pos", empty=True),
            Setting("telepon", "Telepon"),
            Setting("faks", "Faksimile", empty=True),
            Setting("surel", "Surel"),
            Setting("laman", "Laman", empty=True),
            Setting("jam_layanan", "Jam layanan (teks untuk umum)", "long_text"),
        ),
    ),
    (
        "Nomor, bank, alamat verifikasi",
        (
            Setting("unit_code", "Kode unit pada nomor surat"),
            Setting("bank", "Bank persepsi"),
            Setting("rekening_kas_daerah", "Rekening kas daerah"),
            Setting(
                "public_url",
                "Alamat layanan ini pada kode QR",
                "address",
                empty=True,
                help="Misalnya https://izin.contoh.id",
            ),
        ),
    ),
)
EDITABLE: Mapping[str, Setting] = {one.name: one for _title, some in SECTIONS for one in some}


def effective(store: Store, catalogue: Catalogue) -> dict[str, Any]:
    """Every setting as it holds now: name -> value; `public_url` falls back to the installation's."""
    found = {**catalogue.settings, **store.settings.overrides()}
    found["public_url"] = found.get("public_url") or current_app.extensions["settings"].public_url
    return found


@dataclass(frozen=True)
class SettingsPage:
    """`shipped`: the catalogue's own values; `changed`: name -> (who, when)."""

    values: Mapping[str, Any]
    shipped: Mapping[str, Any]
    changed: Mapping[str, tuple[str, datetime]]
    may_change: bool


@retried
def page(by: UUID, at: datetime) -> SettingsPage:
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_settings")
        catalogue, rows = store.deployments.active().catalogue, store.settings.rows()
        names = store.people.names({one.changed_by for one in rows if one.changed_by})
        return SettingsPage(
            {**catalogue.settings, **store.settings.overrides()},
            catalogue.settings,
            {one.name: (names.get(one.changed_by, ""), one.changed_at) for one in rows},
            access.may(who, "manage_settings"),
        )


@retried
def change(typed: Mapping[str, str], by: UUID, at: datetime) -> tuple[str, ...]:
    """Keep what differs; a value equal to the catalogue's takes the override away.  Returns the changed names.

    Raises SubmissionInvalid with a sentence for each field.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "manage_settings")
        wanted = _read(typed)
        shipped = store.deployments.active().catalogue.settings
        before = {**shipped, **store.settings.overrides()}
        changed = tuple(name for name, value in wanted.items() if value != before.get(name, ""))
        for name in changed:
            _keep(store, name, wanted[name], shipped, by, at)
        if changed:
            store.calendars.tell("settings_changed", {name: wanted[name] for name in changed}, by, at)
        return changed


def _keep(store: Store, name: str, value: Any, shipped: Mapping[str, Any], by: UUID, at: datetime) -> None:
    if value == shipped.get(name, ""):
        store.settings.drop(name)
    else:
        store.settings.put(name, value, by, at)


def _read(typed: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in EDITABLE.keys() & typed.keys():
        try:
            values[name] = _value(EDITABLE[name], typed[name])
        except Unreadable as fault:
            errors[name] = Sentence("%(label)s: %(fault)s", label=EDITABLE[name].label, fault=fault.sentence)
    if errors:
        raise SubmissionInvalid(errors)
    return values


def _value(setting: Setting, raw: str) -> Any:
    """The value as the catalogue writes it: text, ISO date, or list of lines; raises Unreadable."""
    if len(raw) > LONGEST:
        raise Unreadable("paling panjang %(most)s huruf", most=LONGEST)
    if setting.kind == "lines":
        return _lines(raw)
    text = " ".join(clean(raw).split()) if setting.kind != "long_text" else clean(raw)
    if not text and not setting.empty:
        raise Unreadable("wajib diisi")
    if setting.kind == "date":
        return date_of(text).isoformat()
    return _address(text) if setting.kind == "address" else text


def _lines(raw: str) -> list[str]:
    lines = [clean(one) for one in raw.splitlines() if clean(one)]
    if not lines:
        raise Unreadable("wajib diisi")
    return lines


def _address(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise Unreadable("harus dimulai dengan https://")
    return text.rstrip("/")
