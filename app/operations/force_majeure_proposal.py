"""What somebody wants declared, whether it may be, and the effect it would have."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from app.operations.force_majeure_effects import Allowed, allowed_of, refusal
from app.operations.force_majeure_guard import Guard
from app.operations.force_majeure_law import EVENT_KINDS, GROUNDS, OTHER
from app.operations.planned_words import says_planned
from app.operations.refreshing import Move
from app.operations.report_corrections import Reported, counted
from app.store.compared import Figures
from engine.errors import Sentence, SubmissionInvalid
from engine.events import canonical


@dataclass(frozen=True)
class Window:
    """How far back, how long, and with what effect a keadaan kahar may be: the release's, here where it names none.

    `retroactive_days`: an older beginning needs the Walikota's letter (domain 6.2).  `longest_days`: a span
    beyond it is a slip of the pen.  `effects`: which effects each ground allows.
    """

    retroactive_days: int = 14
    longest_days: int = 366
    effects: Allowed = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Window:
        return cls(
            int(settings.get("kahar_surut_hari", cls.retroactive_days)),
            int(settings.get("kahar_terpanjang_hari", cls.longest_days)),
            allowed_of(settings),
        )


@dataclass(frozen=True)
class Proposal:
    """What somebody wants declared; `scope`: dimension -> values, an absent one means all."""

    grounds: tuple[str, ...]
    event_kind: str
    description: str
    since: datetime
    until: datetime | None
    scope: Mapping[str, Sequence[str]] = field(default_factory=dict)
    effect: str = "SUSPEND"
    measures: str = ""
    evidence: tuple[Mapping[str, str], ...] = ()
    approval_letter: str = ""
    event_at: datetime | None = None  # when it happened; None: when service was lost, at `since`
    unforeseen: str = ""  # why nobody could foresee it, of an event that the regulation does not name
    planned: bool = False  # its author says himself that it was planned, as maintenance is
    apart: str = ""  # why it is another event than a declaration that it meets in time and scope
    event: str = ""  # of a change: what the event was; `description` says why it is changed

    def printed(self) -> str:
        """Everything proposed in one text, the same for the same proposal."""
        return canonical(json.loads(json.dumps(asdict(self), default=str)))


Moves: TypeAlias = tuple[Move, ...]
NOTHING = Figures()


@dataclass(frozen=True)
class Impact:
    """The effect of a declaration or of a change of the calendar, computed and saved nowhere.

    `figures` count all of it.  `moves` are the promises, of a declaration those on the page that was asked for; so are
    `terms`: of applicants, that it moves; no count of files holds them.  `steps`, `limits`: clocks of work and legal
    limits that it moves, the latter by a change of the calendar alone; they promise nobody anything.  `rescued`: the
    first late ones that turn timely.  `following`: the case behind which the next page begins, None on the last.
    """

    revision: int
    computed_at: datetime
    running: int
    moves: tuple[Move, ...]
    warnings: tuple[str, ...] = ()
    guard: Guard | None = None  # of a declaration
    terms: tuple[Move, ...] = ()
    figures: Figures = NOTHING
    rescued: tuple[Move, ...] = ()
    following: UUID | None = None
    reported: tuple[Reported, ...] = ()  # signed reports that tell otherwise of some files, newest period first
    steps: tuple[Move, ...] = ()
    limits: tuple[Move, ...] = ()
    met: tuple[Any, ...] = ()  # of a proposal: declarations it meets in time and scope (force_majeure_overlap.Met)

    @classmethod
    def of(
        cls,
        revision: int,
        at: datetime,
        running: int,
        moves: Moves,
        said: tuple[Reported, ...] = (),
        terms: Moves = (),
        steps: Moves = (),
        limits: Moves = (),
    ) -> Impact:
        """That of a change whose every move is at hand; `said`: signed reports that tell otherwise."""
        rescued, figures = tuple(one for one in moves if one.rescued), figures_of(moves, terms, steps, limits)
        lists = {"terms": terms, "steps": steps, "limits": limits, "rescued": rescued, "reported": said}
        return cls(revision, at, running, moves, figures=figures, **lists)  # type: ignore[arg-type]

    @property
    def touched(self) -> int:
        """Files: those that move and those that do not; one that is through only if its date or judgement changes."""
        return self.figures.touched

    @property
    def in_hand(self) -> int:
        """Those of the touched files that still run."""
        return self.figures.touched - self.figures.finished

    @property
    def clocks(self) -> int:
        return self.figures.clocks

    @property
    def moved(self) -> int:
        """Files whose promise moves."""
        return self.figures.moved

    @property
    def unmoved(self) -> int:
        """The rest of the touched files."""
        return self.touched - self.moved

    @property
    def changed(self) -> tuple[Move, ...]:
        """Those on the page of which a date or a judgement changes, turned judgements first."""
        changed = (one for one in self.moves if one.moved or one.rescued or one.relapsed)
        return tuple(sorted(changed, key=lambda one: (not one.rescued, not one.relapsed)))

    @property
    def unchanged(self) -> tuple[Move, ...]:
        """Those on the page that are touched and keep their date and judgement."""
        return tuple(one for one in self.moves if not (one.moved or one.rescued or one.relapsed))

    @property
    def at_counter(self) -> Moves:
        """Those steps that are counted in a counter's own hours."""
        return tuple(one for one in self.steps if one.clock.calendar)

    @property
    def elsewhere(self) -> Moves:
        """Those steps that are counted in the office's hours."""
        return tuple(one for one in self.steps if not one.clock.calendar)

    @property
    def standing(self) -> int:
        """Files among the unmoved that stood still anyway."""
        return self.figures.standing

    def counts(self) -> dict[str, Any]:
        found = self.figures
        return {
            "revisi": self.revision,
            "terkena": found.touched,
            "bergeser": found.moved,
            "jadi_tepat": found.rescued,
            "jadi_terlambat": found.relapsed,
            "jam_terkena": found.clocks,
            "tidak_bergeser": self.unmoved,
            **({"segera_jatuh_tempo": self.guard.near} if self.guard else {}),
            **({"langkah_bergeser": found.steps + found.counter} if found.steps or found.counter else {}),
            **({"batas_bergeser": found.limits} if found.limits else {}),
            **counted(self.reported),
        }


def figures_of(
    moves: Sequence[Move], terms: Sequence[Move] = (), steps: Sequence[Move] = (), limits: Sequence[Move] = ()
) -> Figures:
    """The counts of promises, applicants' terms, clocks of work and legal limits that are all at hand."""

    def files(which: Callable[[Move], bool]) -> int:
        return len({one.case_id for one in moves if which(one)})

    return Figures(
        touched=files(lambda _: True),
        finished=files(lambda _: True) - files(lambda one: one.before.state != "STOPPED"),
        clocks=len(moves),
        moved=files(lambda one: one.moved),
        moved_finished=files(lambda one: one.moved) - files(lambda one: one.moved and one.clock.running),
        moved_clocks=sum(one.moved for one in moves),
        rescued=sum(one.rescued for one in moves),
        relapsed=sum(one.relapsed for one in moves),
        told=sum(one.moved and one.clock.running for one in moves),
        standing=files(lambda one: one.already_stopped),
        terms=len(terms),
        terms_told=sum(one.clock.running for one in terms),
        steps=sum(not one.clock.calendar for one in steps),
        counter=sum(bool(one.clock.calendar) for one in steps),
        limits=len(limits),
    )


# Keadaan kahar lies outside anybody's will and cannot be foreseen (Pasal 1 number 16): what was planned is none.
PLANNED = "Pemeliharaan atau pemadaman yang direncanakan bukan keadaan kahar (Pasal 1 angka 16); umumkan kepada pemohon"
NO_EVIDENCE = "Bukti wajib disebut: nomor berita acara atau unggahan"
LATER_EVENT = "Keadaan kahar tidak mulai sebelum peristiwanya terjadi"
EMPTY = "Cakupan kosong: pilih sesuatu, atau semua"
LONGEST_TEXT = 4000


def too_wordy(text: str) -> bool:
    """Whether a text is longer than a decree prints; nothing is cut off unseen."""
    return len(text.strip()) > LONGEST_TEXT


def wordy(text: str) -> Sentence:
    return Sentence("Paling banyak %(most)s huruf, Anda menulis %(count)s", most=LONGEST_TEXT, count=len(text.strip()))


def event_fault(text: str) -> str | None:
    """What is wrong with the description of an event: too short, longer than a decree prints, or planned."""
    if len(text.strip()) < 20:
        return "Uraikan peristiwanya, paling sedikit 20 huruf"
    if too_wordy(text):
        return wordy(text)
    return PLANNED if says_planned(text) else None


def happened_later(proposal: Proposal) -> bool:
    """Whether an event is said to have happened after service was lost to it."""
    return proposal.event_at is not None and proposal.event_at > proposal.since


def old(window: Window) -> Sentence:
    days = window.retroactive_days
    return Sentence("Lebih dari %(n)s hari ke belakang memerlukan nomor surat persetujuan Walikota", n=days)


def too_old(proposal: Proposal, at: datetime, window: Window) -> bool:
    """Whether a beginning lies so far back that the Walikota must have agreed, and no letter of his is named."""
    return at - proposal.since > timedelta(days=window.retroactive_days) and not proposal.approval_letter.strip()


def long(window: Window) -> Sentence:
    return Sentence("Rentang lebih dari %(n)s hari; periksa tahunnya", n=window.longest_days)


def too_long(proposal: Proposal, at: datetime, window: Window) -> bool:
    """Whether a span, up to now while it has no end, is longer than any that was meant."""
    return (proposal.until or at) - proposal.since > timedelta(days=window.longest_days)


def check(
    proposal: Proposal, at: datetime, has_evidence: bool, window: Window, faults: Mapping[str, str] | None = None
) -> None:
    """Raise SubmissionInvalid with a sentence per field; `faults`: what its scope was found to be wrong in."""
    errors: dict[str, str] = dict(faults or {})
    errors |= nature_faults(proposal, window)
    if happened_later(proposal):
        errors["waktu_peristiwa"] = LATER_EVENT
    if because := event_fault(proposal.description):
        errors["uraian"] = because
    if too_wordy(proposal.measures):
        errors["upaya"] = wordy(proposal.measures)
    if proposal.planned:
        errors["direncanakan"] = PLANNED
    if not has_evidence:
        errors["bukti"] = NO_EVIDENCE
    if proposal.until is not None and proposal.until <= proposal.since:
        errors["sampai"] = "Akhir harus sesudah mulai"
    elif proposal.until is not None and proposal.until > at:
        errors["sampai"] = "Akhir dinyatakan setelah tercapai, bukan sebelumnya; kosongkan bila masih berlangsung"
    if proposal.since > at:
        errors["sejak"] = "Keadaan kahar tidak dapat dinyatakan sebelum terjadi"
    if too_long(proposal, at, window):
        errors["sejak"] = long(window)
    elif too_old(proposal, at, window):
        errors["persetujuan"] = old(window)
    for dimension, values in proposal.scope.items():
        if not values:
            errors[dimension] = EMPTY
    if errors:
        raise SubmissionInvalid(errors)


def nature_faults(proposal: Proposal, window: Window, stands: Proposal | None = None) -> dict[str, str]:
    """Of the event itself: its grounds, its kind and its effect, and why nobody foresaw what Pasal 1 number 16 does
    not name.  `stands`: what a correction leaves as it was established is not asked again."""
    errors: dict[str, str] = {}
    if not proposal.grounds or not set(proposal.grounds) <= GROUNDS.keys():
        errors["dasar"] = "Pilih paling sedikit satu dasar Pasal 16"
    if proposal.event_kind not in EVENT_KINDS:
        errors["peristiwa"] = "Pilih jenis peristiwa"
    if proposal.event_kind == OTHER and len(proposal.unforeseen.strip()) < 20:
        errors["tak_terduga"] = "Peristiwa lain memerlukan alasan mengapa tidak dapat diduga, paling sedikit 20 huruf"
    elif too_wordy(proposal.unforeseen):
        errors["tak_terduga"] = wordy(proposal.unforeseen)
    if not _as_it_stands(proposal, stands) and (because := refusal(proposal.effect, proposal.grounds, window.effects)):
        errors["akibat"] = because
    return errors


def _as_it_stands(proposal: Proposal, stands: Proposal | None) -> bool:
    """Whether effect and grounds stay: a policy of a later release does not undo what was established."""
    return stands is not None and (set(proposal.grounds), proposal.effect) == (set(stands.grounds), stands.effect)
