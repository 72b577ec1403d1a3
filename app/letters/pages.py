"""Uploaded papers: which are taken, and what they look like, both found out in a limited child (ruling 21)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from app.letters.limited import Limited, Stopped
from engine.errors import Refused

LARGEST = 10 * 1024**2
NARROWEST, WIDEST = 50, 2400
PAGES_AT_A_TIME = 10
SECONDS = 15
GAP, EDGE = 12, "#8a8578"  # between stacked pages
MEMORY = 1024**3

# A fresh child for every file: what one applicant's file does to the parser dies with it.
examiner = Limited("examining", MEMORY, SECONDS)

UNREADABLE = "Berkas ini rusak atau tidak dapat dibaca; simpan ulang atau pindai kembali, lalu unggah lagi."
REASONS = {
    "kosong": "Berkas ini kosong.",
    "besar": "Berkas ini lebih besar dari 10 MB; kecilkan atau pindai dengan resolusi lebih rendah.",
    "jenis": "Hanya PDF, JPG, dan PNG yang dapat diunggah; isi berkas ini bukan salah satunya.",
    "heic": "Foto ini berformat HEIC; pada iPhone pilih Pengaturan, Kamera, Format, Paling Kompatibel, lalu foto lagi.",
    "piksel": "Gambar ini lebih dari 25 megapiksel; kecilkan ukurannya lalu unggah lagi.",
    "ekor": "PDF ini terpotong atau disambung dengan isi lain; simpan ulang sebagai PDF lalu unggah lagi.",
    "program": "PDF ini memuat program atau perintah (JavaScript, peluncuran, formulir kirim); cetak ulang ke PDF.",
    "lampiran": "PDF ini membawa lampiran berupa program; hapus lampirannya lalu unggah lagi.",
    "sandi": "PDF ini terkunci kata sandi; buka kuncinya lalu unggah lagi.",
    "halaman": "PDF ini tidak berhalaman atau lebih dari 300 halaman; pecah menjadi beberapa berkas.",
    "rumit": "PDF ini terlalu rumit untuk diperiksa; cetak ulang ke PDF biasa lalu unggah lagi.",
}


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept: its true kind, its number of pages, and the bytes to keep.

    `clean_bytes` are the PDF itself, or the picture encoded anew without camera data and comments.
    """

    media_type: str  # "application/pdf" | "image/jpeg" | "image/png"
    pages: int
    clean_bytes: bytes


def inspect_upload(content: bytes) -> Inspected:
    """Tell what a file is by its content, and that it is harmless.

    Raises engine.errors.Refused with a sentence for the applicant: other kinds, more than 10 MB or 25 megapixels,
    encryption, JavaScript, Launch, attached programs, broken or endless files.
    """
    if not content:
        raise Refused(REASONS["kosong"])
    if len(content) > LARGEST:
        raise Refused(REASONS["besar"])
    words, parts = _ask({"tugas": "periksa"}, content)
    return Inspected(str(words["jenis"]), int(str(words["halaman"])), parts[0])


def page_images(content: bytes, media_type: str, width: int, first: int = 0, most: int | None = None) -> list[bytes]:
    """PNG images of a file's pages, `width` pixels wide (50 to 2,400; pictures are never enlarged).

    `first`: 0-based page to begin with; `most`: how many, all when None. Raises engine.errors.Refused when the file
    cannot be shown.
    """
    found: list[bytes] = []
    job: dict[str, object] = {"tugas": "gambar", "jenis": media_type, "lebar": min(max(width, NARROWEST), WIDEST)}
    start, stop = first, None if most is None else first + most
    while stop is None or start < stop:
        until = start + PAGES_AT_A_TIME if stop is None else min(start + PAGES_AT_A_TIME, stop)
        words, parts = _ask({**job, "dari": start, "sampai": until}, content)
        found += parts
        start = until
        if start >= int(str(words["halaman"])):
            break
    return found


def stacked(pictures: list[bytes]) -> bytes:
    """PNG pictures of our own making as one, from top to bottom with a thin gap."""
    from PIL import Image

    pages = [Image.open(BytesIO(one)).convert("RGB") for one in pictures]
    whole = Image.new("RGB", (max(one.width for one in pages), sum(one.height + GAP for one in pages) - GAP), EDGE)
    top = 0
    for one in pages:
        whole.paste(one, (0, top))
        top += one.height + GAP
    made = BytesIO()
    whole.save(made, "PNG")
    return made.getvalue()


def _ask(words: dict[str, object], content: bytes) -> tuple[dict[str, object], list[bytes]]:
    try:
        answer, parts = examiner.ask(words, [content])
    except Stopped as fault:
        raise Refused(UNREADABLE) from fault
    if "tolak" in answer:
        raise Refused(REASONS[str(answer["tolak"])])
    return answer, parts
