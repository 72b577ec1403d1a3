"""What a phone sends from the field: each photograph once, upright and without its camera's data; nothing is lost."""

import io
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from PIL import Image

from app.operations import desk, documents, drafting, photographing, tasks, uploading
from app.operations.case_page import case_page
from app.operations.case_record import record
from app.operations.uploading import Paper
from app.store import files, transaction
from app.store.ids import uuid7
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid, TaskNotOpen, TaskTaken
from tests.app.operations.test_concurrency import at_once, whole
from tests.app.operations.test_visits import arranged

RED, BLUE = (200, 30, 30), (30, 30, 200)
GPS_INFO, ORIENTATION, LATITUDE_SIDE = 0x8825, 0x0112, 1


def photo(colour=RED, size=(60, 40), turned=0):
    """A JPEG whose upper left corner is white, with the place of the camera in it."""
    image = Image.new("RGB", size, colour)
    image.paste((255, 255, 255), (0, 0, 16, 16))
    exif = Image.Exif()
    exif[ORIENTATION] = turned or 1
    exif.get_ifd(GPS_INFO)[LATITUDE_SIDE] = "S"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, exif=exif, comment=b"Ponsel Bu Ratna")
    return out.getvalue()


class Visit:
    """A building visit on Wednesday whose report is open with its team."""

    def __init__(self, office, waktu="05/08/2026 09.00", day=5):
        team = [str(office.people[one]) for one in ("tim-pupr", "ketua-pupr")]
        self.office, self.case_id = office, arranged(office, waktu, anggota=team, ketua=team[0])
        office.at = office.at.replace(day=day, hour=9, minute=40)
        self.task = UUID(office.task(self.case_id, "tinjauan").id)
        self.team = office.people["tim-pupr"]

    def send(self, content=None, key=None, caption="", name="foto", by=None, taken_at=None):
        paper = Paper(name, "IMG_1.jpg", content or photo(), caption, taken_at, key or uuid4())
        return photographing.keep(self.task, paper, by or self.team, self.office.at)

    def kept(self):
        with transaction() as store:
            return store.documents.of_case(self.case_id, f"{self.task}/foto")

    def complete(self, outcome=None, **fixed):
        return self.office.do(self.case_id, "tinjauan", "tim-pupr", outcome, pemohon_hadir=True, **fixed)


@pytest.fixture
def visit(office):
    return Visit(office)


def added(case_id):
    with transaction() as store:
        return [
            one for one in store.cases.events(case_id) if one.kind == "document_added" and one.element == "tinjauan"
        ]


# --- once


def test_photographs_of_one_field_stand_beside_each_other(visit):
    first, second = visit.send(photo(RED)), visit.send(photo(BLUE))
    assert [one.id for one in visit.kept()] == [first, second]


def test_a_photograph_sent_again_after_its_answer_got_lost_stands_once(visit):
    key = uuid4()
    assert visit.send(key=key, caption="Tampak depan") == visit.send(key=key, caption="Tampak depan")
    assert [one.caption for one in visit.kept()] == ["Tampak depan"]
    assert len(added(visit.case_id)) == 1


def test_two_threads_with_one_key_keep_one_photograph_and_get_the_same_answer(visit, application):
    key = uuid4()
    answers = at_once(application, *[lambda: visit.send(key=key) for _ in range(4)])
    assert len(set(answers)) == 1
    assert [one.id for one in visit.kept()] == [answers[0]]
    assert len(added(visit.case_id)) == 1
    whole(visit.case_id)


def test_the_same_picture_under_two_keys_is_two_photographs(visit):
    assert visit.send(key=uuid4()) != visit.send(key=uuid4())
    assert len(visit.kept()) == 2


def test_one_key_does_not_carry_two_papers(visit, office):
    key = uuid4()
    visit.send(key=key)
    other = Visit(office, "07/08/2026 09.00", 7)
    with pytest.raises(Refused, match="sudah dipakai"):
        other.send(key=key)
    assert other.kept() == ()


def test_of_two_files_sent_at_once_under_one_key_one_is_refused_in_words(visit, office, application):
    key, other = uuid4(), Visit(office, "07/08/2026 09.00", 7)
    answers = at_once(application, *[lambda one=one: one.send(key=key) for one in (visit, other)])
    assert sorted(type(one).__name__ for one in answers) == ["Refused", "UUID"]
    assert len(visit.kept()) + len(other.kept()) == 1


class Died(BaseException):
    """The process was killed."""


def test_killed_after_the_bytes_and_before_the_row_the_next_try_keeps_it_once(visit, monkeypatch):
    key = uuid4()
    with monkeypatch.context() as patch:
        patch.setattr(uploading, "carry_out", _die)
        with pytest.raises(Died):
            visit.send(key=key)
    assert visit.kept() == ()
    document = visit.send(key=key)
    assert [one.id for one in visit.kept()] == [document]
    assert len(added(visit.case_id)) == 1


def _die(*_given):
    raise Died


def test_killed_after_the_commit_the_next_try_gets_the_document_that_stands(visit, monkeypatch):
    key, real = uuid4(), uploading.upload_all
    with monkeypatch.context() as patch:
        patch.setattr(uploading, "upload_all", lambda *given: (real(*given), _die()))
        with pytest.raises(Died):
            visit.send(key=key)
    assert [visit.send(key=key)] == [one.id for one in visit.kept()]


def test_a_photograph_taken_off_again_does_not_come_back_with_a_late_repetition(visit):
    key = uuid4()
    document = visit.send(key=key)
    uploading.remove(visit.task, document, visit.team, visit.office.at)
    assert visit.send(key=key) == document
    assert visit.kept() == ()


def test_a_repetition_that_arrives_after_the_task_is_done_is_answered_as_before(visit):
    key = uuid4()
    document = visit.send(key=key)
    visit.complete()
    assert visit.send(key=key) == document
    with pytest.raises(TaskNotOpen):
        visit.send(key=uuid4())


# --- what is kept of it


def test_where_and_with_what_a_photograph_was_taken_is_gone_from_it(visit):
    content = photo()
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(GPS_INFO)
    visit.send(content)
    kept = files.get(visit.kept()[0].sha256)
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}
    assert b"Ratna" not in kept


@pytest.mark.parametrize(
    ("turned", "size", "white"),
    [(1, (60, 40), (4, 4)), (6, (40, 60), (36, 4)), (3, (60, 40), (56, 36)), (8, (40, 60), (4, 56))],
)
def test_a_photograph_stands_as_its_camera_was_held(visit, turned, size, white):
    visit.send(photo(turned=turned))
    image = Image.open(io.BytesIO(files.get(visit.kept()[0].sha256)))
    assert image.size == size
    assert min(image.getpixel(white)) > 200, "the white corner moved with the picture"
    assert image.getpixel((20, 20))[0] > image.getpixel((20, 20))[2]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kosong"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (photo()[:300], "rusak"),
        (b"\xff\xd8\xff" + b"x" * (10 * 1024 * 1024), "lebih besar dari 10 MB"),
        (b"GIF89a", "Hanya PDF, JPG, dan PNG"),
    ],
)
def test_what_is_no_photograph_is_told_at_its_field(visit, content, sentence):
    paper = Paper("foto", "IMG_1.heic", content, key=uuid4())
    with pytest.raises(SubmissionInvalid) as found:
        photographing.keep(visit.task, paper, visit.team, visit.office.at)
    assert sentence in found.value.errors["foto"]
    assert visit.kept() == ()


def test_of_several_files_the_broken_one_is_named_and_the_others_are_kept(visit):
    papers = [Paper("foto", "satu.jpg", photo()), Paper("foto", "dua.heic", b"\0\0\0\x18ftypheic\0\0\0\0")]
    with pytest.raises(SubmissionInvalid) as found:
        uploading.upload_all(visit.task, papers, visit.team, visit.office.at)
    assert found.value.errors["foto"].startswith("dua.heic: ")
    assert [one.name for one in visit.kept()] == ["satu.jpg"]


def test_a_field_takes_no_more_photographs_than_its_form_says(visit):
    most = desk.task_page(visit.task, visit.team, visit.office.at).form.field("foto").many
    clean = files.get(_first(visit))
    for _ in range(most - 1):
        visit.send(clean)
    with pytest.raises(SubmissionInvalid) as found:
        visit.send(clean)
    assert f"paling banyak {most}" in found.value.errors["foto"]


def _first(visit):
    visit.send()
    return visit.kept()[0].sha256


@pytest.mark.parametrize(
    ("ago", "kept"), [(timedelta(hours=3), True), (-timedelta(days=1), False), (timedelta(days=400), False)]
)
def test_when_a_phone_took_a_picture_is_noted_unless_its_clock_cannot_be_right(office, ago, kept):
    told = office.at - ago
    assert photographing.taken(told, office.at) == (told if kept else None)


# --- who


def test_only_whoever_may_do_the_task_sends_photographs_to_it(visit, office):
    with pytest.raises(NotAllowed):
        visit.send(by=office.people["verifikator"])
    with pytest.raises(NotFound):
        visit.send(by=office.people["tim-perkim"])
    assert visit.kept() == ()


def test_a_colleague_who_took_the_task_is_named_to_the_phone_and_nothing_is_kept(visit, office):
    tasks.claim_task(visit.task, visit.team, office.at)
    mate, since = office.people["ketua-pupr"], office.at.date()
    with transaction() as store:
        store.people.add_grant(uuid7(), office.at, person_id=mate, role="TT", unit="PUPR", since=since, basis="SK 9")
    with pytest.raises(TaskTaken, match="diambil"):
        visit.send(by=mate)
    assert "diambil Budi Hartono" in str(photographing.standing(visit.task, mate, office.at).refused)
    assert photographing.standing(visit.task, visit.team, office.at).refused is None
    assert visit.kept() == ()


def test_the_phone_hears_who_completed_the_task_meanwhile(visit):
    key = uuid4()
    document = visit.send(key=key)
    visit.complete()
    found = photographing.standing(visit.task, visit.team, visit.office.at)
    assert "sudah diselesaikan oleh" in str(found.refused)
    assert found.arrived == {key: document}


def test_a_stranger_learns_nothing_of_a_task(visit, office):
    with pytest.raises(NotFound):
        photographing.standing(visit.task, office.people["pemohon2"], office.at)
    with pytest.raises(NotFound):
        photographing.standing(uuid4(), visit.team, office.at)


def test_the_phone_is_told_which_device_wrote_the_draft_that_stands(visit):
    typed = {"temuan": ["Pagar berdiri"], photographing.DEVICE: ["ponsel-1"]}
    version = drafting.save_draft(visit.task, typed, visit.team, visit.office.at, 0)
    found = photographing.standing(visit.task, visit.team, visit.office.at)
    assert (found.version, found.device) == (version, "ponsel-1")


# --- captions


def test_a_caption_is_part_of_the_report_and_of_nothing_else(visit):
    document = visit.send(caption="  Tampak\n depan ")
    assert photographing.call(visit.task, {document: "Tampak samping", uuid4(): "x"}, visit.team, visit.office.at) == 1
    visit.complete()
    with transaction() as store:
        values = store.cases.submissions(visit.case_id, "tinjauan")[-1].values
    assert values["foto"] == [str(document)]
    assert values["keterangan_foto"] == {str(document): "Tampak samping"}
    with pytest.raises(TaskNotOpen):
        photographing.call(visit.task, {document: "lain"}, visit.team, visit.office.at)


def test_papers_of_the_applicant_are_not_renamed_from_the_field(visit):
    with transaction() as store:
        paper = store.documents.of_case(visit.case_id)[0]
    assert photographing.call(visit.task, {paper.id: "lain"}, visit.team, visit.office.at) == 0
    assert documents.document_row(paper.id, visit.team, visit.office.at).row.caption == ""


def test_a_photograph_is_found_in_the_exported_file_with_its_hash_who_sent_it_and_when(visit):
    when = visit.office.at - timedelta(minutes=20)
    document = visit.send(caption="Tampak depan", taken_at=when)
    found = record(case_page(visit.case_id, visit.office.people["kasi"], visit.office.at), visit.office.at)
    row = next(one for one in found["dokumen"] if one["id"] == str(document))
    assert row["caption"] == "Tampak depan"
    assert row["taken_at"] == when.isoformat()
    assert row["sha256"] == visit.kept()[0].sha256
    assert row["uploader"].startswith("Budi Hartono")


# --- measured beside declared


def rows(visit, **first):
    page = desk.task_page(visit.task, visit.team, visit.office.at)
    typed = {name: values for name, values in page.typed.items() if name.startswith("ukuran")}
    return typed | {f"ukuran.0.{name}": [value] for name, value in first.items()}


def completing(visit, typed):
    answer = visit.office.typed(visit.case_id, "tinjauan", "tim-pupr", pemohon_hadir=True) | typed
    return tasks.complete_task(visit.task, answer, "sesuai", visit.team, visit.office.at)


def test_the_form_says_which_figures_are_measured_and_in_which_order(visit):
    page = desk.task_page(visit.task, visit.team, visit.office.at)
    count = int(page.typed["ukuran.n"][0])
    labels = [page.typed[f"ukuran.{row}.uraian"][0] for row in range(count)]
    assert labels[:2] == ["Luas lantai bangunan", "Jumlah lantai"]
    assert "Luas tanah" in labels
    assert set(labels) == page.stated


def test_a_difference_without_a_remark_is_asked_about_in_words(visit):
    declared = int(rows(visit)["ukuran.0.dinyatakan"][0])
    with pytest.raises(SubmissionInvalid) as found:
        completing(visit, rows(visit, terukur=str(declared + 5)))
    sentence = found.value.errors["ukuran.0.keterangan"]
    assert "Luas lantai bangunan terukur lebih besar 5 m²" in sentence
    completing(visit, rows(visit, terukur=str(declared + 5), keterangan="Dapur ditambah"))


def test_what_agrees_with_the_declaration_needs_no_remark(visit):
    declared = rows(visit)["ukuran.0.dinyatakan"][0]
    completing(visit, rows(visit, terukur=declared))


def test_what_the_applicant_declared_is_not_changed_in_the_field(visit):
    declared = rows(visit)["ukuran.0.dinyatakan"][0]
    with pytest.raises(SubmissionInvalid) as found:
        completing(visit, rows(visit, dinyatakan="1", terukur="1"))
    assert declared in found.value.errors["ukuran.0.dinyatakan"]


# --- the point


@pytest.mark.parametrize(
    "typed", ["-5.1131, 105.3067", "-5,1131; 105,3067", "\u22125,1131 105,3067", "-5,1131, 105,3067"]
)
def test_a_point_is_read_with_decimal_comma_and_point(visit, typed):
    visit.complete(koordinat_lapangan=typed, ketelitian_koordinat="8")
    with transaction() as store:
        values = store.cases.submissions(visit.case_id, "tinjauan")[-1].values
    assert (values["koordinat_lapangan"], values["ketelitian_koordinat"]) == ("-5.1131, 105.3067", "8")


def test_a_point_far_outside_of_metro_is_asked_about_and_not_refused(visit):
    with pytest.raises(SubmissionInvalid) as found:
        visit.complete(koordinat_lapangan="-6,2; 106,8", titik_di_luar=False)
    assert "atau centang" in found.value.errors["koordinat_lapangan"]
    visit.complete(koordinat_lapangan="-6,2; 106,8", titik_di_luar=True)
