"""Refusals, problems and incidents: everything the engine may say no with.

The docstring of a class is the sentence the person reads.  Sentences are
Indonesian; pages translate them by the sentence itself, so `params` are kept
apart from the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self


class Sentence(str):
    """A sentence for a person with values in it: the text in Indonesian, its pattern and values for translating.

    `Sentence("%(label)s wajib diisi", label="Nama")` is the str "Nama wajib diisi".  Values that are str, sentences
    too, are translated with it, except `typed`: what a person wrote stays as it is.
    """

    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, **values: object) -> Self:
        made = super().__new__(cls, cls.told(pattern, values, values))
        made.pattern, made.values = pattern, values
        return made

    @classmethod
    def told(cls, pattern: str, words: Mapping[str, object], values: Mapping[str, object]) -> str:
        """The text in one language: `words` are `values` as they are said in it.

        A `Naming` at its beginning gets a capital letter.
        """
        first = pattern[2:].partition(")")[0] if pattern.startswith("%(") else ""
        said = pattern % words
        return said[:1].upper() + said[1:] if isinstance(values.get(first), Naming) else said

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """A copy is made of the pattern and its values, not of the text."""
        return (self.pattern,), dict(self.values)


class Finding(Sentence):
    """A sentence about what somebody drew or wrote: names and words in it are theirs and stay as they are.

    Only values that are sentences themselves are translated with it: `Finding("Isi %(kind)s.", kind=Finding("teks"))`.
    """


class OwnName(str):
    """A name of a diagram or form within a finding: told in the reader's language where the office has it in that, as
    it stands otherwise.
    """

    __slots__ = ()


class Naming(Finding):
    """What is said in place of a name, "gerbang sesudah ‹Periksa›", within a sentence or at its beginning."""

    @classmethod
    def told(cls, pattern: str, words: Mapping[str, object], values: Mapping[str, object]) -> str:
        """It is no sentence itself: what it begins with keeps its small letter."""
        return pattern % words


def joined(sentences: Iterable[str], between: str = " ") -> Finding:
    """Sentences and words one after the other, those that are sentences each in the reader's language."""
    pattern, parts = _beside(sentences, between)
    return Finding(pattern, **parts)


def listed(names: Iterable[str], between: str = ", ") -> Naming:
    """Names, and what is said in place of names, one after the other."""
    pattern, parts = _beside(names, between)
    return Naming(pattern, **parts)


def _beside(words: Iterable[str], between: str) -> tuple[str, dict[str, str]]:
    parts = {f"part{number}": one for number, one in enumerate(words)}
    return between.replace("%", "%%").join(f"%({name})s" for name in parts), parts


class TextFault(ValueError):
    """A text of a diagram or table that cannot be used; holds the `Finding` that says why."""

    def __init__(self, pattern: str, **values: object) -> None:
        super().__init__(Finding(pattern, **values))


def office_word(word: str) -> Finding:
    """A word of the catalogue, which has its English there: a state, a letter, a clock."""
    return Finding(word.replace("%", "%%"))


def said_by(error: Exception, most: int = 1000) -> str:
    """The sentence an exception was raised with, or the text of one of Python's own; of no more than `most` letters."""
    if isinstance(error, EngineError):
        return shortened(error.sentence, most)
    return shortened(error.args[0] if error.args and isinstance(error.args[0], Sentence) else str(error), most)


def shortened(text: str, most: int) -> str:
    """The first letters of a text; a sentence that is short enough stays one."""
    return text if len(text) <= most else text[:most]


class EngineError(Exception):
    """Permintaan tidak dapat diproses."""

    def __init__(self, message: str = "", about: object = None, **params: object) -> None:
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self.about = about
        self.params = params
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message

    @property
    def sentence(self) -> Sentence:
        """What it says, to be told within another sentence."""
        if isinstance(self.message, Sentence):
            return self.message
        return Finding(self.message, **self.params) if self.params else office_word(self.message)


class Refused(EngineError):
    """Tindakan ini tidak dapat dilakukan sekarang."""


class TaskNotOpen(Refused):
    """Tugas ini sudah selesai atau dibatalkan."""


class TaskTaken(Refused):
    """Tugas ini sedang dipegang orang lain."""


class CaseClosed(Refused):
    """Berkas ini sudah ditutup."""


class CaseSuspended(Refused):
    """Berkas ini sedang ditangguhkan; tugasnya menunggu sampai dilanjutkan. Jam layanan tetap berjalan."""


class NotWaiting(Refused):
    """Berkas ini tidak sedang menunggu hal tersebut."""


class NotAllowed(EngineError):
    """Anda tidak berwenang melakukan tindakan ini."""


class NotFound(EngineError):
    """Tidak ditemukan."""


class SubmissionInvalid(EngineError):
    """Ada isian yang perlu diperbaiki."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        """`errors`: field name as in the page (`pemilik.0.nama`) -> sentence."""
        super().__init__()
        self.errors = dict(errors)


@dataclass(frozen=True)
class Problem:
    """One fault of a diagram, table, form or data file, located for the person who can mend it."""

    file: str
    element: str  # id in the file; "" when the file itself is meant
    line: int  # 1-based; 0 when unknown
    severity: str  # "error" | "warning"
    code: str
    message: str
    hint: str = ""
    cell: str = ""  # of a row of a table: id of the cell that is meant
    beside: str = ""  # of a row of a table: id of the other row that is meant
    row: tuple[str, ...] = ()  # of a gap of a table: what a row would ask that answers it, by column
    called: str = field(default="", compare=False)  # what people call its place, where a page shows it: `engine.spots`


class DefinitionInvalid(EngineError):
    """Diagram tidak dapat diterbitkan."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


class Incident(EngineError):
    """Berkas ini mengalami gangguan pada definisi prosesnya dan sudah dicatat."""

    def __init__(self, element: str, reason: str) -> None:
        super().__init__(about=element)
        self.element = element
        self.reason = reason
