"""Events of a case in plain words of the reader's language, from the diagram and the catalogue of their own release."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.operations.clock_views import CAUSES, NAMES
from app.operations.paper_names import PaperName, addressee, subject
from app.web.rendering import long_date
from app.web.words import english, translated
from engine.deployment import Deployment


@dataclass(frozen=True)
class Ground:
    """What an event's words rest on; `pressed`: id of a submission -> code of its button, labels of all its buttons;
    `papers`: documents by their id; `number`: of the file, as its notices name it."""

    deployment: Deployment
    process: str
    pressed: Mapping[str, tuple[str, Mapping[str, str]]]
    papers: Mapping[str, PaperName] = field(default_factory=dict)
    permit: str = ""
    number: str = ""


# Names of messages in diagrams: "nomor.PENDAFTARAN", "P_BAYAR.lewat", and those that people send.
NUMBERED, TERM_OVER = "nomor.", ".lewat"
MESSAGES = {
    "pencabutan": lazy_gettext("Pencabutan diterima"),
    "buka_kembali": lazy_gettext("Pembukaan kembali diterima"),
}

Words = Callable[["Event"], str]


@dataclass(frozen=True)
class Event:
    row: Any
    body: Mapping[str, Any]
    ground: Ground

    @property
    def step(self) -> str:
        """The step's name: as the event has it where its diagram no longer holds it, else by the diagram."""
        return translated(self.word("name")) if self.word("name") else self._name_of(self.row.element)

    def named(self, name: str) -> str:
        """The name of another step that the event speaks of."""
        return self._name_of(self.word(name))

    def _name_of(self, id: str) -> str:
        element = self.ground.deployment.definition.scope(self.ground.process).get(id)
        return translated(element.name) if element is not None and element.name else id

    @property
    def clock(self) -> str:
        name = str(self.body.get("clock", ""))
        return translated(NAMES.get(name, NAMES.get(name.partition("_")[0], name)))

    @property
    def cause(self) -> str:
        cause = str(self.body.get("cause", ""))
        return translated(CAUSES.get(cause, cause))

    def state(self, name: str) -> str:
        states = self.ground.deployment.catalogue.states
        code = str(self.body.get(name, ""))
        return translated(states[code].label) if code in states else code

    def word(self, name: str) -> str:
        return str(self.body.get(name, "") or "")

    def day(self, name: str) -> str:
        """A date of the event as the page writes dates."""
        return long_date(date.fromisoformat(self.word(name))) if self.word(name) else ""

    @property
    def near(self) -> str:
        """How near the legal limit was: H-2, or that it has passed."""
        return f"H-{self.word('step')}" if self.word("step") else str(_("batas hukum lewat"))

    @property
    def outcome(self) -> str:
        """The label of the button that was pressed."""
        sent, labels = self.ground.pressed.get(self.word("submission"), ("", {}))
        code = self.word("outcome") or sent
        return translated(labels.get(code, code.replace("_", " ")))

    @property
    def message(self) -> str:
        """What a message between the office and its diagrams says; its own name means nothing to a reader."""
        return message_word(self.word("message"))

    @property
    def paper(self) -> str:
        """Which document, and which version of it where there were several; "" where the office no longer has it."""
        return paper_word(found) if (found := self.ground.papers.get(self.word("document"))) else ""

    @property
    def notice(self) -> str:
        """The subject of a notice."""
        ground, catalogue = self.ground, self.ground.deployment.catalogue
        permit = catalogue.permits[ground.permit].name if ground.permit in catalogue.permits else ""
        return subject(catalogue, self.word("notice"), translated(permit), ground.number, english())

    @property
    def addressee(self) -> str:
        return translated(addressee(self.ground.deployment.catalogue, self.word("to")))

    @property
    def letter(self) -> str:
        letters = self.ground.deployment.catalogue.letters
        kind = self.word("letter")
        return translated(letters[kind].title) if kind in letters else kind


def paper_word(paper: PaperName) -> str:
    """ "KTP pemohon, versi 2"."""
    title = translated(paper.title)
    return str(_("%(nama)s, versi %(nomor)s", nama=title, nomor=paper.version)) if paper.version else title


def message_word(name: str) -> str:
    """What a message between the office and its diagrams says, by its name."""
    if name.endswith(TERM_OVER):
        term = name.removesuffix(TERM_OVER)
        return str(_("%(tenggat)s lewat", tenggat=translated(NAMES.get(term, NAMES["P"]))))
    if name.startswith(NUMBERED):
        return str(_("Nomor diberikan"))
    return str(MESSAGES.get(name, _("Kabar diterima")))


def _ended(e: Event) -> str:
    """A task that is over without having been done: not needed any more, or gone on with at another step."""
    if e.word("to"):
        return str(_("Tugas dipindahkan: %(lama)s → %(baru)s", lama=e.step, baru=translated(e.word("to"))))
    return str(_("Tugas dibatalkan: %(step)s", step=e.step))


def _migrated(e: Event) -> str:
    releases = {"lama": e.word("before"), "baru": e.word("after")}
    skipped = ", ".join(translated(str(one)) for one in e.body.get("skipped", ()))
    if not skipped:
        return str(_("Dipindahkan dari terbitan %(lama)s ke terbitan %(baru)s", **releases))
    way = _(
        "Dipindahkan dari terbitan %(lama)s ke terbitan %(baru)s, melewati: %(langkah)s", langkah=skipped, **releases
    )
    return str(way)


WORDS: Mapping[str, Words] = {
    "case_opened": lambda e: _("Berkas dibuka"),
    "state_changed": lambda e: _("Keadaan: %(after)s", after=e.state("after")),
    "case_closed": lambda e: _(
        "Berkas ditutup: %(hasil)s", hasil=translated(e.word("outcome").replace("_", " ").lower())
    ),
    "case_reopened": lambda e: _("Berkas dibuka kembali"),
    "case_migrated": _migrated,
    "migration_undone": lambda e: _("Dikembalikan ke terbitan %(baru)s", baru=e.word("after")),
    "step_recalled": lambda e: _("Langkah ditarik kembali: %(step)s", step=e.step),
    "task_reopened": lambda e: _("Tugas terbuka lagi: %(step)s", step=e.step),
    "token_moved": lambda e: _("Langkah dipindahkan dari %(lama)s ke %(baru)s", lama=e.step, baru=e.named("to")),
    "move_undone": lambda e: _("Pemindahan langkah dibatalkan: kembali ke %(step)s", step=e.step),
    "element_skipped": lambda e: _("Langkah yang gagal dilewati: %(step)s", step=e.step),
    "data_repaired": lambda e: _(
        "Data diperbaiki: %(nama)s dari %(lama)s menjadi %(baru)s",
        nama=e.word("name"),
        lama=e.word("before"),
        baru=e.word("after"),
    ),
    "case_suspended": lambda e: _("Berkas ditangguhkan; jam layanan tetap berjalan"),
    "case_resumed": lambda e: _("Berkas dilanjutkan"),
    "element_passed": lambda e: _("Alur bergerak maju"),
    "task_opened": lambda e: _("Tugas dibuka: %(step)s", step=e.step),
    "task_claimed": lambda e: _("Tugas diambil: %(step)s", step=e.step),
    "task_released": lambda e: _("Tugas dilepas: %(step)s", step=e.step),
    "task_declined": lambda e: _("Tugas tidak diambil: %(step)s", step=e.step),
    "task_reassigned": lambda e: _("Tugas dialihkan: %(step)s", step=e.step),
    "task_completed": lambda e: f"{e.step}: {e.outcome}" if e.outcome else _("%(step)s selesai", step=e.step),
    "task_cancelled": _ended,
    "clock_started": lambda e: _("%(jam)s mulai", jam=e.clock),
    "clock_paused": lambda e: _("%(jam)s ditangguhkan: %(sebab)s", jam=e.clock, sebab=e.cause),
    "clock_resumed": lambda e: _("%(jam)s dilanjutkan", jam=e.clock),
    "clock_stopped": lambda e: _("%(jam)s berhenti", jam=e.clock),
    "clock_reopened": lambda e: _("%(jam)s dilanjutkan setelah berkas dibuka kembali", jam=e.clock),
    "clock_corrected": lambda e: _("%(jam)s dikoreksi: langkah ditarik kembali", jam=e.clock),
    "message_received": lambda e: e.message,
    "number_reserved": lambda e: _("Nomor %(nomor)s dipesan", nomor=e.word("number")),
    "letter_issued": lambda e: _("Surat terbit: %(surat)s", surat=e.letter),
    "letter_signed": lambda e: _("Surat ditandatangani: %(surat)s", surat=e.letter),
    "letter_scanned": lambda e: _("Pindaian bertanda tangan disimpan: %(surat)s", surat=e.letter),
    "notice_sent": lambda e: _(
        "Pemberitahuan “%(perihal)s” dikirim kepada %(siapa)s", perihal=e.notice, siapa=e.addressee
    ),
    "levy_assessed": lambda e: _("Retribusi ditetapkan"),
    "refund_opened": lambda e: _("Permintaan pengembalian retribusi dibuka"),
    "document_added": lambda e: (
        _("Dokumen diunggah: %(dokumen)s", dokumen=e.paper) if e.paper else _("Dokumen diunggah")
    ),
    "document_removed": lambda e: (
        _("Dokumen dihapus: %(dokumen)s", dokumen=e.paper) if e.paper else _("Dokumen dihapus")
    ),
    "hold_asked": lambda e: _("Pemohon meminta penundaan"),
    "hold_granted": lambda e: _("Penundaan dikabulkan"),
    "hold_refused": lambda e: _("Penundaan ditolak"),
    "question_asked": lambda e: _("Pemohon ditanya"),
    "question_answered": lambda e: _("Pemohon menjawab pertanyaan"),
    "extension_proposed": lambda e: _("Perpanjangan janji diusulkan sampai %(hari)s", hari=e.day("until")),
    "extension_agreed": lambda e: _("Pemohon menyetujui perpanjangan janji sampai %(hari)s", hari=e.day("until")),
    "extension_refused": lambda e: _("Pemohon menolak perpanjangan janji"),
    "extension_expired": lambda e: _("Usul perpanjangan janji tidak dijawab pada waktunya"),
    "clock_extended": lambda e: _("%(jam)s diperpanjang sampai %(hari)s", jam=e.clock, hari=e.day("until")),
    "risk_raised": lambda e: _("Risiko fiktif positif: %(langkah)s", langkah=e.near),
    "risk_set_aside": lambda e: _("Risiko fiktif positif tidak lagi sedekat itu: %(langkah)s", langkah=e.near),
    "risk_answered": lambda e: _("Risiko fiktif positif dijawab: %(langkah)s", langkah=e.near),
    "risk_closed": lambda e: _("Risiko fiktif positif selesai: %(keadaan)s", keadaan=e.state("state")),
}


def said(row: Any, ground: Ground) -> str:
    """What happened, in words; `row` has the columns of an event."""
    return WORDS[row.kind](Event(row, json.loads(row.body), ground))
