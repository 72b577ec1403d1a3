"""What people call the parameters of services: in the panel of the editor and in what the checker says."""

from __future__ import annotations

from engine.errors import Finding, joined

PARAMETERS = {
    "clock": "Jam",
    "cause": "Sebab",
    "term": "Tenggat",
    "since": "Sejak",
    "letter": "Surat",
    "notice": "Pesan",
    "reply": "Jawaban sebagai pesan",
    "register": "Buku nomor",
    "to": "Kepada",
    "state": "Keadaan",
    "outcome": "Hasil",
    "value": "Nilai",
    "kind": "Jenis",
    "reason": "Mengapa",
    "so_far": "Ronde sebelumnya",
    "first": "Hasil pertama",
    "second": "Hasil bila yang pertama tidak ada",
    "visits": "Hasil kunjungan",
    "scheduled": "Saat yang dijadwalkan",
}
# Parameters that name something of the office, which is chosen from a list and not written.
CHOSEN = ("clock", "cause", "letter", "notice", "register", "state", "outcome", "term", "to", "reply", "kind")


def parameter_called(name: str) -> str:
    """A parameter by its word in the panel, with its own name for who writes files: "Pesan (notice)"."""
    return joined((Finding(PARAMETERS[name]), f"({name})")) if name in PARAMETERS else name
