"""The menu: what a person's roles open, in the order of the day's work."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, g, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.web.rendering import frame, language
from engine import access


@dataclass(frozen=True)
class Entry:
    """`action`: the right of engine.access that opens it, "" for everybody of its audience."""

    endpoint: str
    label: str
    audience: str  # "official" | "applicant" | "visitor"
    action: str = ""


@dataclass(frozen=True)
class Shown:
    url: str
    label: str
    current: bool
    count: int = 0
    count_name: str = ""


ENTRIES = (
    Entry("tugas.kotak", lazy_gettext("Kotak Tugas"), "official"),
    Entry("berkas.daftar", lazy_gettext("Berkas"), "official"),
    Entry("permohonan.loket", lazy_gettext("Loket"), "official", "file_for_applicant"),
    Entry("jam.papan", lazy_gettext("Jam Layanan"), "official", "see_board"),
    Entry("laporan.daftar", lazy_gettext("Laporan"), "official", "see_reports"),
    Entry("audit.jejak", lazy_gettext("Audit"), "official", "see_ledger"),
    Entry("kahar.daftar", lazy_gettext("Keadaan Kahar"), "official"),
    Entry("bendahara.halaman", lazy_gettext("Bendahara"), "official", "see_payments"),
    Entry("pesan.daftar", lazy_gettext("Pesan"), "official", "see_messages"),
    Entry("kelola.pegawai", lazy_gettext("Pegawai"), "official", "manage_people"),
    Entry("kelola.proses", lazy_gettext("Proses"), "official", "see_deployments"),
    Entry("kelola.pengaturan", lazy_gettext("Pengaturan"), "official", "see_settings"),
    Entry("permohonan.saya", lazy_gettext("Permohonan Saya"), "applicant"),
    Entry("umum.izin", lazy_gettext("Jenis Izin"), "applicant"),
    Entry("pesan.daftar", lazy_gettext("Pesan"), "applicant"),
    Entry("umum.izin", lazy_gettext("Jenis Izin"), "visitor"),
    Entry("umum.lacak", lazy_gettext("Lacak Berkas"), "visitor"),
    Entry("umum.simulasi", lazy_gettext("Simulasi Tarif"), "visitor"),
    Entry("umum.periksa", lazy_gettext("Periksa Surat"), "visitor"),
    Entry("umum.keadaan_kahar", lazy_gettext("Keadaan Kahar"), "visitor"),
)


def menu() -> list[Shown]:
    """The entries this person may open; rooms that are not built into the installation are left out."""
    person = getattr(g, "person", None)
    audience = person.actor.kind if person else "visitor"
    wanted = [one for one in ENTRIES if one.audience == audience and one.endpoint in current_app.view_functions]
    return [_shown(one) for one in wanted if not one.action or (person and access.may(person.actor, one.action))]


def _shown(entry: Entry) -> Shown:
    room = entry.endpoint.partition(".")[0]
    here = request.blueprint == room and (entry.endpoint == request.endpoint or _alone(room))
    count, name = _counted(entry.endpoint)
    return Shown(url_for(entry.endpoint), str(entry.label), here, count, name)


def _counted(endpoint: str) -> tuple[int, str]:
    """What waits behind an entry, and the name by which the page keeps that number fresh."""
    if endpoint == "kahar.daftar":
        return frame().proposals, "usulan_kahar"
    return (frame().own_tasks, "saya") if endpoint == "tugas.kotak" else (0, "")


def _alone(room: str) -> bool:
    """Whether the room has one entry only, which then stands for all of its pages."""
    return len({one.endpoint for one in ENTRIES if one.endpoint.startswith(f"{room}.")}) == 1


def role_words() -> str:
    """The person's roles in words: "Verifikator (Back Office)", or "Pemohon"."""
    if g.person.actor.kind == "applicant":
        return str(_("Pemohon"))
    kinds = {one.role: one.kind for one in sorted(g.person.actor.grants, key=lambda one: one.kind == "definitif")}
    held = (access.STANDING.get(kinds[one], "") + role_name(one) for one in sorted(kinds))
    return ", ".join(held) or _("tanpa peran")


def role_name(code: str) -> str:
    names = frame().roles_en if language() == "en" else frame().roles
    return names.get(code, code)


def agency_name(code: str) -> str:
    """ "PUTR": an agency as it is called in short, everywhere the same."""
    return frame().agencies.get(code, code)


def this_address() -> str:
    """Path and query of this page, for coming back after a small change."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def safe(target: str, otherwise: str = "/") -> str:
    """A path of this site, never another site's address."""
    good = target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target
    return target if good and not any(ord(one) < 32 for one in target) else otherwise


def came_from() -> str:
    """Path and query of the page of this site the request was sent from; "" when the browser does not say."""
    found = urlsplit(request.referrer or "")
    path = found.path + (f"?{found.query}" if found.query else "")
    return safe(path, "") if found.netloc == request.host else ""
