"""What an applicant may upload, and how it is looked at."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, Fit, NameObject, TextStringObject

from app.letters.pages import inspect_upload, page_images
from engine.errors import Refused


def pdf(change=None, pages=1, **encryption):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(300, 400)
    if change:
        change(writer)
    if encryption:
        writer.encrypt(**encryption)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind, size=(60, 40), **saving):
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **saving)
    return out.getvalue()


def action(**words):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in words.items()})


def launching(writer):
    writer._root_object[NameObject("/OpenAction")] = action(S=NameObject("/Launch"), F=TextStringObject("cmd.exe"))


def scripted_document(writer):
    script = writer._add_object(action(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)")))
    names = action(Names=ArrayObject([TextStringObject("mulai"), script]))
    writer._root_object[NameObject("/Names")] = action(JavaScript=writer._add_object(names))


def scripted_annotation(writer):
    script = action(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))
    note = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/A"): script})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def submitting(writer):
    writer._root_object[NameObject("/OpenAction")] = action(S=NameObject("/SubmitForm"))


def with_xfa(writer):
    writer._root_object[NameObject("/AcroForm")] = action(XFA=TextStringObject("<xdp/>"))


def spelled_in_escapes():
    return pdf(launching).replace(b"/Launch", b"/L#61unch")


def in_an_object_stream():
    """A script packed into a compressed object stream, where no plain search finds it."""
    inner = b"<< /S /JavaScript /JS (app.alert(1)) >>"
    packed = zlib.compress(b"4 0 " + inner)
    parts = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>\nendobj\n",
        b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
        + packed
        + b"\nendstream\nendobj\n",
    ]
    content, places = b"%PDF-1.5\n", []
    for part in parts:
        places.append(len(content))
        content += part
    at = len(content)
    rows = [(0, 0, 255), *((1, place, 0) for place in places[:3]), (2, 5, 0), (1, places[3], 0), (1, at, 0)]
    table = b"".join(struct.pack(">BHB", *row) for row in rows)
    head = b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Length %d >>\nstream\n" % len(table)
    return content + head + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at


def bomb():
    """A PNG of 400 million white pixels in a few kilobytes."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(b"\0" * 25_001) for _ in range(200)) + packer.flush()
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def archive(name="isi.txt"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, "isi")
    return out.getvalue()


REFUSED = {
    "nothing": (b"", "kosong"),
    "more than ten megabytes": (b"%PDF-1.4" + bytes(10 * 1024**2), "10 MB"),
    "a zip called pdf": (archive(), "Hanya PDF"),
    "a zip behind a pdf": (pdf() + archive(), "disambung"),
    "a page in front of a pdf": (b"<html><script>alert(1)</script>" + pdf(), "Hanya PDF"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "Hanya PDF"),
    "html": (b"<!doctype html><p>halo", "Hanya PDF"),
    "a program": (b"MZ" + bytes(200), "Hanya PDF"),
    "gif": (picture("GIF"), "Hanya PDF"),
    "tiff": (picture("TIFF"), "Hanya PDF"),
    "text": (b"halo", "Hanya PDF"),
    "javascript of the document": (pdf(scripted_document), "program"),
    "javascript of an annotation": (pdf(scripted_annotation), "program"),
    "javascript in an object stream": (in_an_object_stream(), "program"),
    "launch": (pdf(launching), "program"),
    "launch spelled in escapes": (spelled_in_escapes(), "program"),
    "a form that sends": (pdf(submitting), "program"),
    "a form of xml": (pdf(with_xfa), "program"),
    "an attached program": (pdf(lambda writer: writer.add_attachment("buka.exe", b"halo")), "lampiran"),
    "a program under another name": (pdf(lambda writer: writer.add_attachment("a.txt", b"MZ\x90")), "lampiran"),
    "an attached archive": (pdf(lambda writer: writer.add_attachment("a.dat", archive())), "lampiran"),
    "encrypted": (pdf(user_password="rahasia"), "sandi"),
    "encrypted without a password": (pdf(user_password="", owner_password="x"), "sandi"),
    "cut short": (pdf()[:-40], "terpotong"),
    "only a head": (b"%PDF-1.7\n%%EOF", "tidak dapat dibaca"),
    "no page": (pdf(pages=0), "tidak dapat dibaca"),
    "too many pages": (pdf(pages=301), "300 halaman"),
    "nested without end": (b"%PDF-1.4\n1 0 obj\n" + b"[" * 50_000 + b"\n%%EOF", "tidak dapat dibaca"),
    "a bomb of pixels": (bomb(), "25 megapiksel"),
    "a jpeg cut short": (picture("JPEG", (400, 400))[:-300], "tidak dapat dibaca"),
    "only the head of a png": (picture("PNG")[:40], "tidak dapat dibaca"),
    "a jpeg's first bytes": (b"\xff\xd8\xff" + b"<script>alert(1)</script>", "tidak dapat dibaca"),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_bad_file_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(Refused, match=sentence):
        inspect_upload(content)


def test_the_bomb_is_small():
    assert len(bomb()) < 50_000


def opens_on_a_page(writer):
    page = writer.pages[0].indirect_reference
    writer._root_object[NameObject("/OpenAction")] = ArrayObject([page, NameObject("/Fit")])


def links_to_a_page(writer):
    writer.add_annotation(0, Link(rect=(10, 10, 50, 50), target_page_index=0, fit=Fit.fit()))


def has_a_harmless_attachment(writer):
    writer.add_attachment("faktur.xml", b"<faktur/>")


@pytest.mark.parametrize("change", [None, opens_on_a_page, links_to_a_page, has_a_harmless_attachment])
def test_a_harmless_pdf_is_taken_as_it_is(change):
    content = pdf(change, pages=3)
    found = inspect_upload(content)
    assert (found.media_type, found.pages, found.clean_bytes) == ("application/pdf", 3, content)


def test_a_file_is_known_by_its_content_alone():
    assert inspect_upload(picture("PNG")).media_type == "image/png"
    assert inspect_upload(picture("JPEG")).media_type == "image/jpeg"


def test_a_photograph_loses_where_it_was_taken_and_keeps_its_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x010E] = "rumah pemohon"
    exif.get_ifd(0x8825)[1] = "S"
    content = picture("JPEG", (60, 40), exif=exif, comment=b"rahasia")
    found = inspect_upload(content)
    clean = Image.open(io.BytesIO(found.clean_bytes))
    assert b"rumah pemohon" in content
    assert dict(clean.getexif()) == {}
    assert b"rahasia" not in found.clean_bytes
    assert clean.size == (40, 60)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_every_kind_is_taken(mode):
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, "PNG")
    found = inspect_upload(out.getvalue())
    assert Image.open(io.BytesIO(found.clean_bytes)).size == (30, 20)


def test_a_jpeg_for_print_is_taken():
    out = io.BytesIO()
    Image.new("CMYK", (30, 20)).save(out, "JPEG")
    assert Image.open(io.BytesIO(inspect_upload(out.getvalue()).clean_bytes)).mode == "RGB"


def test_what_hides_behind_a_picture_does_not_come_along():
    found = inspect_upload(picture("PNG") + archive("serangan.html"))
    assert b"serangan" not in found.clean_bytes


def test_every_page_becomes_a_picture_of_the_wanted_width():
    pictures = page_images(pdf(pages=23), "application/pdf", 150)
    assert len(pictures) == 23
    assert {Image.open(io.BytesIO(one)).size for one in pictures} == {(150, 200)}


def test_some_pages_can_be_asked_for():
    content = pdf(pages=23)
    assert len(page_images(content, "application/pdf", 150, first=8, most=14)) == 14
    assert len(page_images(content, "application/pdf", 150, first=20, most=14)) == 3
    assert page_images(content, "application/pdf", 150, first=23) == []


def test_a_picture_is_narrowed_but_never_enlarged():
    wide = page_images(picture("JPEG", (800, 600)), "image/jpeg", 200)
    assert Image.open(io.BytesIO(wide[0])).size == (200, 150)
    small = page_images(picture("PNG", (60, 40)), "image/png", 200)
    assert Image.open(io.BytesIO(small[0])).size == (60, 40)


def test_a_page_of_absurd_shape_stays_a_small_picture():
    def stretch(writer):
        writer.add_blank_page(14_000, 20)
        writer.add_blank_page(20, 14_000)

    for one in page_images(pdf(stretch, pages=0), "application/pdf", 2400):
        width, height = Image.open(io.BytesIO(one)).size
        assert width * height <= 8_100_000


def test_a_file_that_cannot_be_shown_is_refused():
    with pytest.raises(Refused):
        page_images(b"bukan pdf", "application/pdf", 200)


def test_letters_of_the_office_pass_their_own_inspection():
    from app.letters import render
    from app.letters.samples import sample
    from tests.app.letters.test_letters import TEMPLATES

    content = render("sk_izin.typ", TEMPLATES, sample("sk_izin"))
    assert inspect_upload(content).pages == len(PdfReader(io.BytesIO(content)).pages)
