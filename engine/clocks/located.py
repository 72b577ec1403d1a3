"""Values of a JSON document that know where they stand, so that a fault can be told with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time


class CaseFault(ValueError):
    """A fault in a case, with its place in the document: `ledger[2].effective_at: ...`."""


@dataclass(frozen=True)
class Located:
    """A JSON value and its path.  Every reader raises CaseFault with the path when the value is not what it must be."""

    value: object
    path: str = ""

    def fault(self, sentence: str) -> CaseFault:
        """A fault at this place."""
        return CaseFault(f"{self.path or 'kasus'}: {sentence}")

    def get(self, key: str) -> Located:
        """A member of an object; its value is None when absent.  Other keys are ignored."""
        if not isinstance(self.value, dict):
            raise self.fault("harus berupa objek")
        return Located(self.value.get(key), f"{self.path}.{key}".lstrip("."))

    def items(self) -> Iterator[Located]:
        """The elements of a list; absent counts as empty."""
        if self.value is not None and not isinstance(self.value, list):
            raise self.fault("harus berupa daftar")
        for number, value in enumerate(self.value or ()):
            yield Located(value, f"{self.path}[{number}]")

    @property
    def absent(self) -> bool:
        """Whether there is no value, or null."""
        return self.value is None

    def text(self) -> str:
        """A string."""
        if not isinstance(self.value, str):
            raise self.fault("harus berupa teks")
        return self.value

    def text_or_none(self) -> str | None:
        """A string, or None when absent."""
        return None if self.absent else self.text()

    def text_or_empty(self) -> str:
        """A string, or an empty one when absent."""
        return "" if self.absent else self.text()

    def whole(self) -> int:
        """A whole number."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.fault("harus berupa bilangan bulat")
        return self.value

    def flag(self, otherwise: bool) -> bool:
        """A truth value, or the default when absent."""
        if not self.absent and not isinstance(self.value, bool):
            raise self.fault("harus true atau false")
        return otherwise if self.value is None else bool(self.value)

    def instant(self) -> datetime:
        """An ISO 8601 instant with offset.  The first and last year are left out: in WIB they may have no date."""
        moment = self._instant()
        if moment.tzinfo is None:
            raise self.fault("waktu tanpa selisih zona seperti +07:00")
        if not date.min.year < moment.year < date.max.year:
            raise self.fault("waktu di luar jangkauan kalender")
        return moment

    def _instant(self) -> datetime:
        try:
            return datetime.fromisoformat(self.text())
        except ValueError as reason:
            raise self.fault("bukan waktu ISO 8601 seperti 2026-08-03T10:00:00+07:00") from reason

    def instant_or_none(self) -> datetime | None:
        """An instant, or None when absent."""
        return None if self.absent else self.instant()

    def day(self) -> date:
        """A date."""
        try:
            return date.fromisoformat(self.text())
        except ValueError as reason:
            raise self.fault("bukan tanggal seperti 2026-08-03") from reason

    def clock_time(self) -> time:
        """A time of day; 24:00 is midnight at the end of the date."""
        if self.text() == "24:00":
            return time(0)
        try:
            return time.fromisoformat(self.text())
        except ValueError as reason:
            raise self.fault("bukan jam seperti 07:30") from reason

    def window(self) -> tuple[time, time]:
        """A pair of times."""
        pair = list(self.items())
        if len(pair) != 2:
            raise self.fault("harus sepasang jam, buka dan tutup")
        return pair[0].clock_time(), pair[1].clock_time()
