"""What the catalogue's files say of each other: every code, register, role and place that is named must exist."""

from __future__ import annotations

import re
import string
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TypeAlias

from engine.catalogue import patterns
from engine.catalogue.channels import CHANNELS, OF_FILE
from engine.catalogue.places import box_of
from engine.catalogue.values import Catalogue, LetterKind, Notice, Permit, Register
from engine.errors import Finding, OwnName

Fault: TypeAlias = tuple[str, str, str]  # file, element, sentence

KINDS = ("baru", "perpanjangan")  # the kinds of application that have a process (ruling 46)
CATEGORIES = ("perorangan", "badan", "instansi")
FLAGS = frozenset({"butuh_rekomendasi", "butuh_tinjauan", "butuh_kajian", "paraf_sekretaris"})
# The places a notice's text may name; filled by the operation, never evaluated.
PLACES = frozenset(
    "nama izin nomor kode_lacak keadaan tanggal jumlah jatuh_tempo waktu_tinjauan tempat_tinjauan tim_tinjauan".split()
)
TOKENS = {"seq": 7, "permit": "IMB", "unit": "DPMPTSP", "roman": "VIII", "year": 2026, "yy": 26, "month": 8, "day": 3}
BUDGET = re.compile(r"[1-9][0-9]{0,4}([.,][0-9]{1,3})? (hk|hari kerja|jam|menit|hari|bulan)", re.ASCII)
VALIDITY = re.compile(r"[1-9][0-9]{0,3} (hari|bulan)", re.ASCII)
MOST_MB = 50
PATTERNS_FAULT = (
    "Pola audit menyebut versi, asal, langkah, dan setiap ambangnya; bilangan bulat mulai 1, kali seperti 3/2."
)
NIP = re.compile(r"[0-9]{18}", re.ASCII)
EDITORS_FAULT = (
    "Penyunting menyebut folder atau berkas (processes/…, forms/…) dengan daftar NIP, masing-masing 18 angka."
)
EFFECTS = ("SUSPEND", "ROLL_LAST_DAY")
EFFECTS_FAULT = (
    "Akibat kahar menyebut sumber, dan boleh: dasar a, b, c masing-masing dengan SUSPEND, ROLL_LAST_DAY atau keduanya."
)


class _Every:
    """What could be in a file that cannot be read."""

    def __contains__(self, code: object) -> bool:
        return True


EVERY = _Every()
There: TypeAlias = Mapping[str, Container[str]]  # file of the catalogue -> its codes, also of rows with an error


def faults(catalogue: Catalogue, there: There) -> Iterator[Fault]:
    """Every name that leads nowhere, and every figure that could not be used."""
    for permit in catalogue.permits.values():
        yield from (("permits.json", permit.code, one) for one in _permit(permit, catalogue, there))
    yield from _requirements(catalogue)
    yield from _channels(catalogue, there)
    for term in catalogue.terms.values():
        if not BUDGET.fullmatch(term.budget):
            told = Finding(
                "Jangka waktu %(term)s tidak dapat dibaca; contoh: 7 hari kerja, 30 hari.", term=term.budget[:40]
            )
            yield "terms.json", term.name, told
    for letter in catalogue.letters.values():
        yield from (("letters.json", letter.code, one) for one in _letter(letter, there))
    for notice in catalogue.notices.values():
        yield from (("notices.json", notice.code, one) for one in _notice(notice, there))
    for register in catalogue.registers.values():
        yield from (("registers.json", register.code, one) for one in _register(register))
    yield from _areas(catalogue, there)
    if "kahar_akibat" in catalogue.settings and not _effects_named(catalogue.settings["kahar_akibat"]):
        yield "settings.json", "kahar_akibat", EFFECTS_FAULT
    if patterns.SETTING in catalogue.settings and patterns.law_of(catalogue.settings) is None:
        yield "settings.json", patterns.SETTING, PATTERNS_FAULT
    if not _editors_named(catalogue.settings.get("penyunting", {})):
        yield "settings.json", "penyunting", EDITORS_FAULT
    box = catalogue.settings.get("batas_koordinat")
    if box is not None and box_of(box) is None:
        yield "settings.json", "batas_koordinat", "Batas koordinat memuat utara, selatan, barat, timur dalam derajat."


def _effects_named(policy: object) -> bool:
    """`{"sumber": text, "boleh": {"a": ["SUSPEND"], ...}}`: which effects of a keadaan kahar each ground allows."""
    if not isinstance(policy, dict) or not policy.get("sumber") or not isinstance(policy.get("boleh"), dict):
        return False
    grounds = policy["boleh"]
    chosen = (isinstance(one, list) and one and all(word in EFFECTS for word in one) for one in grounds.values())
    return grounds.keys() <= {"a", "b", "c"} and all(chosen)


def _permit(permit: Permit, catalogue: Catalogue, there: There) -> Iterator[str]:
    rules: tuple[tuple[str, Iterable[str], Container[str]], ...] = (
        ("Persyaratan %(code)s tidak ada.", permit.requirements, there["requirements"]),
        ("Perangkat daerah %(code)s tidak ada.", permit.agencies, there["agencies"]),
        ("Jenis permohonan %(code)s belum punya proses.", permit.kinds, KINDS),
        ("Kategori pemohon %(code)s tidak dikenal.", permit.categories, CATEGORIES),
        ("Tanda %(code)s tidak dikenal.", sorted(permit.flags), FLAGS),
    )
    for pattern, named, known in rules:
        yield from (Finding(pattern, code=one) for one in named if one not in known)
    if permit.levy and permit.levy not in {one.levy for one in catalogue.tariffs}:
        yield Finding("Tarif %(levy)s tidak ada.", levy=permit.levy)
    if permit.active and not (permit.standards and permit.legal_limits):
        yield "Izin aktif harus punya standar pelayanan dan batas hukum."
    if not permit.active and not permit.inactive_because:
        yield "Izin yang tidak aktif harus menyebut alasannya (inactive_because)."
    if any(permit.flags.get(one) for one in FLAGS - {"paraf_sekretaris"}) and not permit.agencies:
        yield "Izin yang perlu pemeriksaan teknis harus menyebut perangkat daerahnya."
    if permit.valid_for and not VALIDITY.fullmatch(permit.valid_for):
        term = permit.valid_for[:40]
        yield Finding("Masa berlaku %(term)s tidak dapat dibaca; contoh: 60 bulan, 30 hari.", term=term)
    for standard in (*permit.standards, *permit.legal_limits):
        if not BUDGET.fullmatch(standard.budget):
            yield Finding("Standar %(term)s tidak dapat dibaca; contoh: 14 hari kerja.", term=standard.budget[:40])


def _requirements(catalogue: Catalogue) -> Iterator[Fault]:
    for one in catalogue.requirements.values():
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", one.code):
            yield "requirements.json", one.code, "Kode persyaratan harus huruf kecil, angka, garis bawah."
        if set(one.kinds) - set(KINDS) or set(one.categories) - set(CATEGORIES):
            yield "requirements.json", one.code, "Jenis permohonan atau kategori pemohon tidak dikenal."
        if not one.accept or set(one.accept) - {"pdf", "jpg", "png"} or not 1 <= one.max_mb <= MOST_MB:
            told = Finding("Berkas yang diterima: pdf, jpg, png; 1 sampai %(most)s MB.", most=MOST_MB)
            yield "requirements.json", one.code, told


def _named(pattern: str, words: Iterable[str]) -> Finding:
    return Finding(pattern, listed=", ".join(words))


def _channels(catalogue: Catalogue, there: There) -> Iterator[Fault]:
    for role in catalogue.roles.values():
        if role.channel and (role.channel not in CHANNELS or not role.official):
            yield "roles.json", role.code, _named("Saluran (channel) peran pejabat: %(listed)s.", CHANNELS)
    clocks = [name for one in catalogue.terms.values() for name in one.clocks]
    for term in catalogue.terms.values():
        if not term.needs or set(term.needs) - {*CHANNELS, OF_FILE}:
            yield "terms.json", term.name, _named("Saluran yang diperlukan (needs): %(listed)s.", (OF_FILE, *CHANNELS))
        if term.needs != (OF_FILE,) and not term.clocks:
            yield "terms.json", term.name, "Tenggat yang memerlukan saluran lain harus menyebut jamnya (clocks)."
        unread = term.role not in catalogue.roles and term.role in there["roles"]  # told at the role
        if term.role and not unread and not _of_office(catalogue, term.role):
            called = OwnName(catalogue.roles[term.role].name) if term.role in catalogue.roles else term.role[:40]
            told = Finding("Peran %(role)s bukan peran pejabat kantor dalam katalog.", role=called)
            yield "terms.json", term.name, told
        if not all(one.startswith("P_") for one in term.clocks):
            yield "terms.json", term.name, "Nama jam tenggat diawali P_, misalnya P_BAYAR."
    for name in sorted({one for one in clocks if len(_kinds_of_needs(catalogue, one)) > 1}):
        told = Finding("Jam %(name)s memerlukan saluran yang berbeda menurut dua tenggat.", name=name[:40])
        yield "terms.json", name, told


def _of_office(catalogue: Catalogue, role: str) -> bool:
    """Whether a role is known and works in the office itself, not in a technical agency."""
    found = catalogue.roles.get(role)
    return found is not None and found.official and not found.agency


def _kinds_of_needs(catalogue: Catalogue, clock: str) -> set[tuple[str, ...]]:
    return {one.needs for one in catalogue.terms.values() if clock in one.clocks}


def _letter(letter: LetterKind, there: There) -> Iterator[str]:
    if letter.register and letter.register not in there["registers"]:
        yield Finding("Buku register %(register)s tidak ada.", register=letter.register)
    if letter.signatory and letter.signatory not in there["roles"]:
        yield Finding("Peran penandatangan %(signatory)s tidak ada.", signatory=letter.signatory)
    if not re.fullmatch(r"[a-z][a-z0-9_]*\.typ", letter.template):
        yield "Nama templat harus seperti tanda_terima.typ."


def _notice(notice: Notice, there: There) -> Iterator[str]:
    if notice.to != "pemohon" and notice.to not in there["roles"]:
        yield Finding("Penerima %(to)s bukan pemohon dan bukan peran.", to=notice.to)
    for text in (notice.subject, notice.body, notice.subject_en, notice.body_en):
        named = _placed(text)
        if named is None or not named <= PLACES:
            known = ", ".join(sorted(PLACES))
            yield Finding("Teks memuat tempat yang tidak dikenal; yang dikenal: %(known)s.", known=known)


def _placed(text: str) -> set[str] | None:
    """Names of the places of a text, None when its braces do not close or a place asks for more than its name."""
    try:
        parts = [(name, spec, turned) for _, name, spec, turned in string.Formatter().parse(text) if name is not None]
    except ValueError:
        return None
    return None if any(spec or turned for _, spec, turned in parts) else {name for name, _, _ in parts}


def _register(register: Register) -> Iterator[str]:
    try:
        parts = list(string.Formatter().parse(register.pattern))
    except ValueError:
        parts = []
    names = {name for _, name, _, _ in parts if name is not None}
    specs = {spec for _, name, spec, _ in parts if name is not None and spec}
    if "seq" not in names or not names <= TOKENS.keys() or not all(re.fullmatch(r"0[1-9]", one) for one in specs):
        yield _named("Pola nomor harus memuat {seq:03} dan hanya %(listed)s.", ["{" + one + "}" for one in TOKENS])
    if register.restart not in ("year", "never"):
        yield "Pengulangan nomor: year atau never."


def _areas(catalogue: Catalogue, there: There) -> Iterator[Fault]:
    for one in catalogue.areas.values():
        if one.level not in ("kecamatan", "kelurahan"):
            yield "areas.json", one.code, "Tingkat wilayah: kecamatan atau kelurahan."
        elif one.level == "kelurahan" and one.code.rsplit(".", 1)[0] not in there["areas"]:
            yield "areas.json", one.code, "Kecamatan dari kelurahan ini tidak ada."


def _editors_named(value: object) -> bool:
    """Folders or files with the NIPs of those who may change them in drafts."""
    return isinstance(value, dict) and all(
        folder.startswith(("processes/", "forms/"))
        and isinstance(nips, list)
        and nips
        and all(isinstance(one, str) and NIP.fullmatch(one) for one in nips)
        for folder, nips in value.items()
    )
