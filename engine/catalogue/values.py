"""What the catalogue holds.  Every figure names its source; `example` marks what no official confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Role:
    code: str
    name: str
    name_en: str
    official: bool  # its open tasks count for the scope of a force majeure
    agency: bool = False  # works for a technical agency, sees its assignments only
    reads: str = "none"  # "none" | "own" | "all": which cases it may open
    duty: str = ""  # what the role does, in one sentence
    channel: str = ""  # without which its tasks cannot go on (engine.catalogue.channels); "" for those that always can


@dataclass(frozen=True)
class State:
    code: str
    label: str
    label_en: str
    told: str  # the sentence for the applicant
    told_en: str
    closed: bool = False
    unjudged: bool = False  # the file ended without a decision: its service time is kept or missed by nobody


@dataclass(frozen=True)
class Standard:
    """One version of a standard of service, or of a statutory limit."""

    budget: str  # "14 hk"
    valid_from: date
    basis: str
    example: bool = True


@dataclass(frozen=True)
class Term:
    """A named term that diagrams start: "perbaikan" -> 7 working days."""

    name: str
    budget: str
    basis: str
    example: bool = True
    clocks: tuple[str, ...] = ()  # names of the clocks it runs on, where `needs` is not as usual
    needs: tuple[str, ...] = ("berkas",)  # channels by which it is kept; "berkas" is the file's own
    role: str = ""  # whose work it measures, where it is the office's: counted in the hours of that role


@dataclass(frozen=True)
class Requirement:
    code: str
    name: str
    mandatory: bool = True
    kinds: tuple[str, ...] = ()  # application kinds it applies to; empty: all
    categories: tuple[str, ...] = ()  # applicant categories; empty: all
    accept: tuple[str, ...] = ("pdf", "jpg", "png")
    max_mb: int = 5
    original: bool = False  # the original is shown at the counter
    source: str = ""  # who can confirm it (Dukcapil, OSS, KKI …)
    basis: str = ""
    help: str = ""

    def applies(self, kind: str, category: str) -> bool:
        return (not self.kinds or kind in self.kinds) and (not self.categories or category in self.categories)


@dataclass(frozen=True)
class Permit:
    code: str
    name: str
    name_en: str
    process: str
    active: bool
    group: int
    kinds: tuple[str, ...]
    agencies: tuple[str, ...]
    flags: Mapping[str, bool]  # butuh_rekomendasi, butuh_tinjauan, butuh_kajian
    standards: tuple[Standard, ...]
    legal_limits: tuple[Standard, ...]
    requirements: tuple[str, ...]
    technical_form: str
    levy: str  # key of the tariff, "" for none
    product: str
    validity: str
    basis: str
    about: str
    inactive_because: str = ""
    requirements_basis: str = ""
    categories: tuple[str, ...] = ()  # applicants it is given to; empty: all
    valid_for: str = ""  # how long it is good for ("60 bulan"), "" without a fixed length
    valid_until_field: str = ""  # a date of the application it never outlives
    professions: tuple[str, ...] = ()  # whom a licence to practise is for; a form lists them as `professions`

    def offered_to(self, category: str) -> bool:
        """Whether an applicant of this category may ask for it (a licence to practise is a person's own)."""
        return not self.categories or category in self.categories

    def standard_on(self, day: date) -> Standard | None:
        return _latest(self.standards, day)

    def legal_limit_on(self, day: date) -> Standard | None:
        return _latest(self.legal_limits, day)


def _latest(versions: tuple[Standard, ...], day: date) -> Standard | None:
    valid = [one for one in versions if one.valid_from <= day]
    return max(valid, key=lambda one: one.valid_from) if valid else None


@dataclass(frozen=True)
class Register:
    """A number book: pattern tokens {seq:03} {permit} {unit} {roman} {year} {day} {month}."""

    code: str
    name: str
    pattern: str
    restart: str = "year"
    per_permit: bool = False
    basis: str = ""
    example: bool = True


@dataclass(frozen=True)
class Agency:
    code: str
    name: str
    short: str


@dataclass(frozen=True)
class Area:
    code: str  # dotted: 18.72.01.1001
    name: str
    level: str  # "kecamatan" | "kelurahan"
    example: bool = False  # the code was not confirmed by an official list


@dataclass(frozen=True)
class LetterKind:
    code: str
    title: str
    template: str  # file in processes/letters/
    register: str = ""
    signatory: str = ""  # role that signs
    sent_by: tuple[str, ...] = ()  # steps that send it; whoever did the last of them signs it instead
    public: bool = False  # the applicant may download it
    full_nik: bool = False  # an original for the applicant: his NIK stands in it unmasked
    by_hand: bool = False  # signed in ink once it bears its number: the scan of the signed paper follows
    verify: bool = True  # carries the QR to the verification page


@dataclass(frozen=True)
class Notice:
    code: str
    subject: str
    body: str  # {named} places, filled from a closed list
    to: str = "pemohon"
    subject_en: str = ""
    body_en: str = ""


@dataclass(frozen=True)
class TariffVersion:
    """One version of a levy's tariff or of the late interest; `content` is read by engine.levy."""

    levy: str
    version: str
    valid_from: date
    basis: str
    content: Mapping[str, Any]
    example: bool = True


@dataclass(frozen=True)
class Catalogue:
    roles: Mapping[str, Role] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)
    permits: Mapping[str, Permit] = field(default_factory=dict)
    requirements: Mapping[str, Requirement] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    registers: Mapping[str, Register] = field(default_factory=dict)
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    letters: Mapping[str, LetterKind] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    tariffs: tuple[TariffVersion, ...] = ()
    calendar: Mapping[str, Any] = field(default_factory=dict)  # first calendar of an installation
    settings: Mapping[str, Any] = field(default_factory=dict)

    def tariff_on(self, levy: str, day: date) -> TariffVersion | None:
        valid = [one for one in self.tariffs if one.levy == levy and one.valid_from <= day]
        return max(valid, key=lambda one: one.valid_from) if valid else None

    def requirements_of(self, permit: str, kind: str, category: str) -> tuple[Requirement, ...]:
        found = (self.requirements[code] for code in self.permits[permit].requirements)
        return tuple(one for one in found if one.applies(kind, category))
