"""What a verification found wrong, in words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

OFFICE, ANCHOR = "kantor", "jangkar"


@dataclass(frozen=True)
class Fault:
    """`case_id`: the case whose chain is broken, "kantor" for the office's own, "jangkar" for an anchor.

    `seq`: the number of the event, or of the anchor; `name`: the case's registration number or the anchor's day.
    """

    case_id: UUID | str
    seq: int
    reason: str
    name: str = ""

    @property
    def place(self) -> str:
        """Where it is, as the office calls it."""
        if self.case_id == OFFICE:
            return f"Buku kejadian kantor, peristiwa {self.seq}"
        if self.case_id == ANCHOR:
            return f"Jangkar {self.name or self.seq}"
        return f"Berkas {self.name or self.case_id}, peristiwa {self.seq}"

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"
