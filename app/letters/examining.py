"""The examiner's trade, done in a limited child: is an uploaded file harmless, and what do its pages look like.

What a parser raises over a broken file ends the child; the parent takes that for "unreadable".
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageOps

MOST_PIXELS = 25_000_000
MOST_PICTURE = 8_000_000  # pixels of one page image
MOST_PAGES = 300
MOST_OBJECTS = 200_000
MAGIC = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
HEIC = {b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")}
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
# Actions that run or send something, and dictionaries that carry programs. Going to a page or an address is harmless.
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute"}
CARRIERS = {"/JS", "/JavaScript", "/RichMedia", "/XFA"}
SPELLED = (b"/JavaScript", b"/Launch")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
END = re.compile(rb"%%EOF[\s\0]*\Z")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"PK\x03\x04", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xd0\xcf\x11\xe0")
PROGRAM_NAMES = re.compile(
    r"\.(exe|com|bat|cmd|scr|msi|dll|js|jse|vbs|vbe|wsf|ps1|hta|lnk|jar|apk|sh|py|reg|cpl|html?|svg)\s*$", re.I
)

Answer = tuple[dict[str, Any], list[bytes]]


class _No(Exception):
    """A reason to refuse, by its short name."""


def work(words: dict[str, Any], parts: list[bytes]) -> Answer:
    """`words["tugas"]`: "periksa" or "gambar"; one part, the file. Answers {"tolak": reason} or what was asked for."""
    Image.MAX_IMAGE_PIXELS = None  # measured here before anything is unpacked
    try:
        return _inspect(parts[0]) if words["tugas"] == "periksa" else _pictures(words, parts[0])
    except _No as reason:
        return {"tolak": str(reason)}, []


def _inspect(content: bytes) -> Answer:
    kind = next((kind for magic, kind in MAGIC.items() if content.startswith(magic)), "")
    if not kind:
        raise _No("heic" if content[4:12] in HEIC else "jenis")
    if kind == "application/pdf":
        return {"jenis": kind, "halaman": _pages_of_harmless(content)}, [content]
    return {"jenis": kind, "halaman": 1}, [_encoded(_upright(content, kind), kind)]


def _upright(content: bytes, kind: str) -> Image.Image:
    """The picture as its camera meant it, in a mode that can be saved; without what else the file carries."""
    image = Image.open(io.BytesIO(content), formats=(FORMATS[kind],))
    if image.width * image.height > MOST_PIXELS:
        raise _No("piksel")
    image.load()
    turned = ImageOps.exif_transpose(image)
    return _plain(turned)


def _plain(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda level: level / 256).convert("L")
    elif image.mode not in ("1", "L", "RGB", "RGBA"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.info = {}
    return image


def _encoded(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "image/jpeg":
        image.convert("L" if image.mode in ("1", "L") else "RGB").save(out, "JPEG", quality=90)
    else:
        image.save(out, "PNG")
    return out.getvalue()


def _pages_of_harmless(content: bytes) -> int:
    """The number of pages; looks at every object of the file, wherever it hides."""
    import pypdfium2
    from pypdf import PdfReader

    if not END.search(content[-2048:]):
        raise _No("ekor")
    spelled = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
    if any(name in spelled for name in SPELLED):
        raise _No("program")
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise _No("sandi")
    for found in _objects(reader):
        _look_at(found)
    pages = len(pypdfium2.PdfDocument(content))
    if not 0 < pages <= MOST_PAGES:
        raise _No("halaman")
    return pages


def _objects(reader: Any) -> Iterator[Any]:
    """Every object in use, with the values inside it."""
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise _No("rumit")
    yield from _inside(reader.trailer)
    for number, generation in sorted(numbers):
        if number:
            yield from _inside(_resolved(reader, number, generation))


def _resolved(reader: Any, number: int, generation: int) -> Any:
    from pypdf.generic import IndirectObject

    return IndirectObject(number, generation, reader).get_object()


def _inside(value: Any) -> Iterator[Any]:
    """Dictionaries within a value, without following references."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.get_raw(key) if hasattr(one, "get_raw") else one[key] for key in one)
        elif isinstance(one, list):
            waiting.extend(list.__iter__(one))


def _look_at(found: Any) -> None:
    action = found.get("/S")
    if (isinstance(action, str) and str(action) in ACTIONS) or CARRIERS & set(found):
        raise _No("program")
    for key in ("/F", "/UF"):
        if str(found.get("/Type")) == "/Filespec" and PROGRAM_NAMES.search(str(found.get(key, ""))):
            raise _No("lampiran")
    embedded = found.get("/EF")
    if isinstance(embedded, dict):
        for key in ("/F", "/UF"):
            _no_program(embedded.get(key), str(found.get("/UF", found.get("/F", ""))))


def _no_program(stream: Any, name: str) -> None:
    stream = stream.get_object() if stream is not None else None
    if PROGRAM_NAMES.search(name) or (stream is not None and bytes(stream.get_data()).startswith(PROGRAMS)):
        raise _No("lampiran")


def _pictures(words: dict[str, Any], content: bytes) -> Answer:
    """`jenis`, `lebar` (pixels), `dari`, `sampai` (pages, half open) -> all pages' number, and PNG images."""
    if words["jenis"] != "application/pdf":
        image = _upright(content, words["jenis"])
        return {"halaman": 1}, [_encoded(_narrowed(image, words["lebar"]), "image/png")]
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    last = min(words["sampai"], len(document))
    pictures = [_page(document[number], words["lebar"]) for number in range(words["dari"], last)]
    return {"halaman": len(document)}, pictures


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    if image.mode == "1":
        image = image.convert("L")
    return image.resize((width, max(1, round(image.height * width / image.width))), reducing_gap=2.0)


def _page(page: Any, width: int) -> bytes:
    across, down = page.get_size()
    scale = min(width / across, (MOST_PICTURE / (across * down)) ** 0.5)
    return _encoded(page.render(scale=scale).to_pil(), "image/png")
