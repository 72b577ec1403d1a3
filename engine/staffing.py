"""Whether a release still knows the people of its office: the roles they hold, and who of them may edit what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.drafting import EDITORS
from engine.errors import Finding, Problem
from engine.json_faults import object_of

ROLES, SETTINGS = "processes/catalogue/roles.json", "processes/catalogue/settings.json"


@dataclass(frozen=True)
class Staff:
    """The officials of today: how many hold each role, the NIPs of all, and of those who may change a draft."""

    held: Mapping[str, int]
    nips: frozenset[str]
    editing: frozenset[str]


def problems(base: Mapping[str, bytes], files: Mapping[str, bytes], staff: Staff) -> tuple[Problem, ...]:
    """Of files that are to take the place of `base`: roles that people hold and the release no longer knows, editors
    whom the office does not know, folders that nobody could edit any more.  None in an office without officials."""
    return (*_unknown_roles(base, files, staff), *_editors(base, files, staff)) if staff.nips or staff.held else ()


def _unknown_roles(base: Mapping[str, bytes], files: Mapping[str, bytes], staff: Staff) -> Iterator[Problem]:
    known, before = object_of(files.get(ROLES, b"")), object_of(base.get(ROLES, b""))
    for role in sorted(staff.held.keys() - known.keys()) if known else ():
        row = before.get(role)
        name = row.get("name") if isinstance(row, dict) else None
        told = Finding("Peran %(name)s (%(role)s) masih dipegang %(many)s orang.", name=name or role, role=role,
                       many=staff.held[role])  # fmt: skip
        hint = "Kembalikan peran itu, atau cabut dahulu dari setiap pemegangnya."
        yield Problem(ROLES, role, 0, "error", "held-role", told, hint)


def _editors(base: Mapping[str, bytes], files: Mapping[str, bytes], staff: Staff) -> Iterator[Problem]:
    before = _named(base)
    for folder, nips in _named(files).items():
        for nip in (one for one in nips if one not in staff.nips):
            told = Finding(
                "Penyunting %(folder)s menyebut NIP %(nip)s, yang bukan pegawai kantor.", folder=folder, nip=nip
            )
            yield Problem(SETTINGS, EDITORS, 0, "warning", "unknown-editor", told, "Periksa angkanya.")
        if not staff.editing & set(nips):
            # What stands so already could not be mended by a draft that is refused for it.
            severity = "warning" if before.get(folder) == nips else "error"
            told = Finding("Tidak ada pengelola proses yang dapat mengubah %(folder)s lagi.", folder=folder)
            hint = "Sebut NIP seorang pengelola proses yang aktif, atau hapus folder itu dari penyunting."
            yield Problem(SETTINGS, EDITORS, 0, severity, "no-editor", told, hint)


def _named(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Folders with their editors; of another shape the check of the law tells."""
    named: Any = object_of(files.get(SETTINGS, b"")).get(EDITORS)
    pairs = named.items() if isinstance(named, dict) else ()
    return {
        one: nips for one, nips in pairs if isinstance(nips, list) and nips and all(isinstance(n, str) for n in nips)
    }
