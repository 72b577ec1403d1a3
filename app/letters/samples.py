"""Values as the operations freeze them, of invented people: letters are set with them to be looked at and tested."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

_KEPT: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
ANSWERS, APPLICANT, LETTER = _KEPT["isian"], _KEPT["pemohon"], _KEPT["surat"]
DECLARED = ("sk_kahar", "sk_kahar_perubahan", "sk_kahar_perpanjangan", "sk_kahar_pencabutan", "ba_pemulihan")
REPORTED = ("laporan_berkala", "pengantar_laporan")
# What L told on the day of the assessment.
PROMISE = {
    "standar": "7 hk",
    "dasar": "SK standar pelayanan (contoh)",
    "mulai": "2026-08-03T10:00:00+07:00",
    "janji": "2026-08-12T16:00:00+07:00",
    "tanpa_janji": "",
}
PAPERS = ("Fotokopi KTP pemohon", "Sertifikat tanah", "Gambar rencana bangunan", "Bukti lunas PBB tahun berjalan")


def requirements(count: int = 4) -> list[dict[str, str]]:
    """Rows as the last checks left them; every third is missing, every fifth was found wrong."""
    return [
        {
            "kode": f"S{number}",
            "nama": PAPERS[number % 4],
            "status": "tidak_ada" if number % 3 == 2 else "ada",
            "keabsahan": "perbaikan" if number % 5 == 3 else "sah",
            "catatan": "Lampirkan yang terbaru." if number % 3 == 2 else "",
        }
        for number in range(count)
    ]


def sample(letter: str) -> dict[str, Any]:
    """What the operations freeze for this letter (docs/letters.md); a copy of the caller's own."""
    titled = LETTER | {"kode": letter, "judul": letter.replace("_", " ").title()}
    head = {"surat": titled, "kantor": _KEPT["kantor"], "penandatangan": _KEPT["pejabat"]}
    return copy.deepcopy({"rancangan": letter == "naskah_izin", **head, **_content(letter)})


def _content(letter: str) -> dict[str, Any]:
    if letter in DECLARED:
        return {"kahar": _KEPT["kahar"]}
    if letter in REPORTED:
        return {"laporan": _KEPT["report"]}
    card = {"riwayat": _KEPT["riwayat"], "jam": _KEPT["jam"]} if letter == "kartu_kendali" else {"jam": PROMISE}
    return {
        "berkas": _KEPT["berkas"],
        "pemohon": APPLICANT,
        "isian": ANSWERS,
        "persyaratan": requirements(),
        "retribusi": _KEPT["retribusi"],
        "perangkat_daerah": {"PUPR": "Dinas Pekerjaan Umum dan Tata Ruang", "DISHUB": "Dinas Perhubungan"},
        "wilayah": {"18.72.01.1002": "Imopuro"},
        "nama_pegawai": _KEPT["anggota"],
        **card,
    }
