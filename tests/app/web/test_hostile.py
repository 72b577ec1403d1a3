"""Hostile text at every door: each route, by somebody who may use it, never answers with a fault of ours."""

import re
from datetime import datetime
from functools import cache
from random import Random
from urllib.parse import quote, urlencode
from uuid import UUID
from zlib import crc32

import pytest
from flask import url_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import WIB
from app.operations import sessions
from tests.app.operations.office import Office
from tests.app.web.access_table import EVERYBODY, NOBODY, TABLE
from tests.app.web.test_access_table import LOGINS, address, log_in, objects, routes, typed
from tests.conftest import NAME, PROCESS, ROOT, close_pool
from tests.depth import THOROUGH, examples

PREPARED = f"eperizinan_hostile_{PROCESS}"
HOSTILE = {
    "nul": "Alasan\x00 yang panjang\x01",
    "lone surrogate": "Alasan \ud800 yang panjang \udfff",
    "not a number": "NaN",
    "infinity": "infinity",
    "minus infinity": "-Infinity",
    "brackets": "[" * 20_000,
    "digits": "9" * 5_000,
    "superscript": "²",
    "other digits": "٣٤٥٦٣٤٥٦٣٤٥٦٣٤٥٦",
    "leading zeros": "0000000000200012345678",
    "right to left": "\u202eAlasan yang panjang\u2066\u200f",
    "nested json": '{"a":' * 3_000,
    "template": "{{ 7*7 }}%(nomor)s{nama.__class__}%s%n",
    "header": "/x\r\nSet-Cookie: sid=jahat",
    "markup": "<script>alert(1)</script>'\"><img src=x>",
    "quotes": "'; drop table events; --",
    "old day": "01/01/0001",
    "last day": "31/12/9999 23.59",
    "unknown id": "01890000-0000-7000-8000-000000000000",
    "cursor": "MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMHwwMTg5MDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA=",
    "late cursor": "OTk5OS0xMi0zMVQyMzo1OTo1OS0xNDowMHwwMTg5MDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA=",
    "emoji": "👩‍👩‍👧‍👦" * 500,
    "long words": "kata " * 5_000,
    "percent": "%" * 300 + "_" * 300,
    "instant": "0001-01-01T00:00:00+23:59",
    "noise": "".join(Random(76).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=12_000)),
}
# One text in every field, and rounds in which each field meets another one.
ROUNDS = ("nul", "superscript", "digits", "infinity", "noise", *range(5)) if THOROUGH else ("nul", "noise", *range(3))
# Texts of every length there is, in all fields of the office at once: three megabytes are read for every form.
WHOLE = ("noise", 0)
# What ends the case, the task or an account comes last, so that it cannot spare the others.
LAST = (
    "berkas.cabut",
    "permohonan.cabut",
    "kelola.nonaktifkan",
    "kelola.cabut_peran",
    "akun.keluar",
    "akun.akhiri_sesi",
)
WORDS = ("putuskan", "simpan", "tambah", "kurang", "unggah", "buang")


def wrong(name, round_, longest=20_000):
    """What stands in a field in a round."""
    kinds = list(HOSTILE)
    kind = round_ if round_ in HOSTILE else kinds[(crc32(name.encode()) + 7 * round_) % len(kinds)]
    return HOSTILE[kind][:longest]


def names_in(pattern, folder, ending):
    files = sorted((ROOT / "app" / folder).rglob(f"*.{ending}"))
    return {one for file in files for one in re.findall(pattern, file.read_text(encoding="utf-8"))}


READ = names_in(r'(?:get|getlist|_word|instant|end_of_day)\(\s*"([a-z_]+)"', "web", "py")
DRAWN = names_in(r'name="([a-z_]+)"', "templates", "html")
ASKED = sorted(names_in(r'args\.get\(\s*"([a-z_]+)"', "web", "py") | {"keadaan_jam", "izin", "keadaan", "pemegang"})
NAMES = sorted(
    (READ | DRAWN | set(ASKED) | {"referensi", "jumlah", "tanggal", "penyetor", "jenis", "kategori"}) - {"csrf_token"}
)


def encoded(values):
    """A form's body as a browser without manners would send it, lone surrogates and all."""
    return "&".join(_typed(*one) if isinstance(one[1], str) else _spelled(*one) for one in values.items())


def _spelled(name, value):
    return urlencode({name: value}, doseq=True, errors="surrogatepass")


_typed = cache(_spelled)  # a round sends the same long texts to every form


def sent_to(client, path, values):
    kind = "application/x-www-form-urlencoded"
    return client.post(path, data=encoded(values), content_type=kind)


@pytest.fixture(scope="module")
def prepared(cluster, furnished, application):
    """A case with everything that routes are about, as the table of access has it."""
    name, people = furnished
    cluster.copy(name, NAME)
    with application.app_context():
        office = Office(dict(people))
        case_id = office.registered("SIPB")
        office.do(case_id, "verifikasi_keabsahan", "verifikator")
        office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=True)
        found = objects(office, case_id)
    close_pool(application)
    cluster.copy(NAME, PREPARED)
    return found, people, office.at


class Doors:
    """Every route with somebody for whom it is."""

    def __init__(self, application, people, found, at):
        self.application, self.people, self.found, self.at = application, people, found, at
        self.clients = {}
        self.faults = []

    def role(self, endpoint):
        wanted = TABLE[endpoint]
        return "AS" if wanted in (EVERYBODY, NOBODY) else next(one for one in LOGINS if one in wanted)

    def client(self, role):
        """A browser of that role, logged in again when hostile text happened to log it out."""
        if role not in self.clients:
            self.clients[role] = self.application.test_client()
        client, token = self.clients[role], self.clients[role].get_cookie("sid")
        with self.application.app_context():
            alive = token is not None and sessions.find(token.value, self.at)
        if not alive:
            client.set_cookie("sid", log_in(self.application, self.people[LOGINS[role]], self.at))
        return client

    def path(self, rule):
        with self.application.test_request_context():
            return url_for(rule.endpoint, **address(rule, self.found))

    def posts(self):
        found = [rule for rule, method in routes(self.application) if method == "POST"]
        return sorted(found, key=lambda rule: rule.endpoint in LAST)

    def gets(self):
        return [rule for rule, method in routes(self.application) if method == "GET" and rule.endpoint != "static"]

    def note(self, what, answer):
        """Remember a fault of ours: a 5xx, or anything that shows our insides; /readyz may say what waits."""
        text = answer.get_data(as_text=True) if "text" in (answer.mimetype or "") else ""
        if (
            (answer.status_code >= 500 and what[:15] != "kesehatan.ready")
            or "Traceback" in text
            or "sqlalchemy" in text
            or "psycopg2" in text
        ):
            self.faults.append(f"{what}: {answer.status_code}")


@pytest.fixture
def doors(prepared, cluster, application, monkeypatch):
    import app.web.session as session

    found, people, at = prepared
    cluster.copy(PREPARED, NAME)
    monkeypatch.setattr(session, "now", lambda: at)
    # Throttles are counted and tested elsewhere; here every try must get as far as it can.
    monkeypatch.setattr("app.operations.people.MOST_WRONG", 10**6)
    monkeypatch.setattr("app.operations.people.MOST_PER_ADDRESS", 10**6)
    monkeypatch.setattr("app.operations.public.MOST_TRACKED", 10**6)
    application.config["WTF_CSRF_ENABLED"] = False
    yield Doors(application, people, found, at)
    application.config["WTF_CSRF_ENABLED"] = True
    close_pool(application)


@pytest.mark.parametrize("round_", ROUNDS)
def test_no_form_of_the_office_breaks_over_hostile_text(round_, doors):
    # In most rounds no longer than most fields may be; a form's own come whole, one by one below.
    everything = {name: wrong(name, round_, 5_000 if round_ in WHOLE else 300) for name in NAMES}
    for rule in doors.posts():
        role = doors.role(rule.endpoint)
        client, path = doors.client(role), doors.path(rule)
        sound = typed(rule.endpoint, doors.people, role, doors.found)
        doors.note(f"{rule.endpoint} all", sent_to(client, path, everything))
        for name in sound:
            doors.note(f"{rule.endpoint} {name}", sent_to(client, path, {**sound, name: wrong(name, round_)}))
        doors.note(f"{rule.endpoint} rest", sent_to(client, path, {**everything, **sound}))
    assert not doors.faults, "\n".join(doors.faults)


@pytest.mark.parametrize("round_", ROUNDS)
def test_no_page_of_the_office_breaks_over_a_hostile_address(round_, doors):
    query = encoded({name: wrong(name, round_, 300) for name in ASKED})
    for place, rule in enumerate(doors.gets()):
        text = wrong(NAMES[place % len(NAMES)], round_, 5_000)
        client = doors.client(doors.role(rule.endpoint))
        doors.note(f"{rule.endpoint} query", client.get(f"{doors.path(rule)}?{query}"))
        if rule.arguments:
            doors.note(f"{rule.endpoint} path", client.get(_broken_path(rule, text)))
    assert not doors.faults, "\n".join(doors.faults)


def _broken_path(rule, text):
    return re.sub(r"<[^>]+>", quote(text.encode("utf-8", "surrogatepass"), safe="").replace("\\", "%5C"), rule.rule)


def test_an_unknown_id_is_not_found_at_every_door(doors):
    unknown = "01890000-0000-7000-8000-000000000000"
    for rule, method in routes(doors.application):
        if not any("uuid:" in part for part in rule.rule.split("/")):
            continue
        path = re.sub(r"<uuid:[^>]+>", unknown, rule.rule)
        path = re.sub(r"<int:[^>]+>", "0", re.sub(r"<kind>", "naskah_izin", path))
        role = doors.role(rule.endpoint)
        client = doors.client(role)
        sound = typed(rule.endpoint, doors.people, role, doors.found)
        answer = sent_to(client, path, sound) if method == "POST" else client.get(path)
        doors.note(rule.endpoint, answer)
        if answer.status_code == 200:
            doors.faults.append(f"{method} {rule.endpoint}: opened for an unknown id")
    assert not doors.faults, "\n".join(doors.faults)


@pytest.mark.parametrize("page", ["9" * 5_000, "99999999999999999999", "-1", "٣", "²", "1e9", "0x1"])
def test_a_page_that_no_document_has_is_not_found(page, doors):
    client = doors.client("PM")
    answer = client.get(f"/dokumen/{doors.found.document_id}/halaman/{quote(page)}.png")
    assert answer.status_code == 404


def test_three_thousand_fields_are_answered_and_more_are_too_large(doors):
    client = doors.client("KT")
    path = f"/tugas/{doors.found.task_id}"
    many = {f"isian{number}": "x" for number in range(2_990)}
    answer = sent_to(client, path, {**many, "aksi": "putuskan:disetujui"})
    assert answer.status_code == 422
    assert sent_to(client, path, {**many, **{f"lagi{number}": "x" for number in range(100)}}).status_code == 413


HEADERS = ("User-Agent", "Referer", "Accept-Language", "Accept", "X-Forwarded-For", "If-None-Match")


@pytest.mark.parametrize("kind", ["digits", "brackets", "quotes", "percent", "infinity"])
def test_hostile_headers_do_not_break_a_page(kind, doors):
    text = HOSTILE[kind][:4_000]
    for name in HEADERS:
        for role, path in (("KD", "/kotak-tugas/denyut"), ("AS", "/akun"), ("PM", "/permohonan")):
            doors.note(f"{path} {name}", doors.client(role).get(path, headers={name: text}))
        visitor = doors.application.test_client()
        visitor.set_cookie("sid", text[:100].replace(" ", ""))
        doors.note(f"/masuk {name}", visitor.get("/masuk", headers={name: text}))
    assert not doors.faults, "\n".join(doors.faults)


RESTS = ("", ":", "::", "kelengkapan:²", "pemilik:²", "pemilik:" + "9" * 5_000, "a.b.c.d.e", "\x00", "²")


@pytest.mark.parametrize("word", WORDS)
def test_no_button_of_a_task_breaks_over_what_it_names(word, doors):
    path = f"/tugas/{doors.found.task_id}"
    for rest in RESTS:
        values = {"aksi": f"{word}:{rest}", "versi_rancangan": "²", "pemilik.n": "²", "kunci": "x"}
        doors.note(f"{word}:{rest[:20]}", sent_to(doors.client("KT"), path, values))
    assert not doors.faults, "\n".join(doors.faults)


@pytest.mark.parametrize("row", ["²", "9" * 5_000, "-1", "", "\x00"])
def test_a_row_that_is_none_cannot_be_taken_off_an_estimate(row, doors):
    answer = sent_to(doors.client("PM"), "/simulasi/IMB", {"aksi": f"kurang:bangunan:{row}", "bangunan.n": "2"})
    assert answer.status_code in (200, 422)


def test_a_book_of_numbers_begins_with_plain_digits_only(doors):
    for name, text in (("tahun", "02000999"), ("mulai", "000001999999999999"), ("tahun", "٢٠٢٦")):
        values = {"register": "SKRD", "tahun": "2026", "mulai": "1", "izin": "IMB", name: text}
        assert sent_to(doors.client("AS"), "/kelola/nomor", values).status_code == 422


def test_digits_of_another_script_make_no_nik(doors):
    answer = sent_to(doors.client("FO"), "/loket/pemohon", {"nama": "Budi Santoso", "nik": HOSTILE["other digits"]})
    assert answer.status_code == 422


# --- the forms of steps, with any text at all

ANYTHING = st.text(max_size=60) | st.sampled_from([text[:5_000] for text in HOSTILE.values()])
STEPS = {
    "ajukan": ("PM", ()),
    "periksa_kelengkapan": ("FO", ("ajukan",)),
    "verifikasi_keabsahan": ("VB", ("ajukan", "periksa_kelengkapan")),
    "tentukan_jalur": ("KS", ("ajukan", "periksa_kelengkapan", "verifikasi_keabsahan")),
    "hitung_retribusi": ("PR", ("ajukan", "periksa_kelengkapan", "verifikasi_keabsahan", "tentukan_jalur")),
}


@pytest.fixture(scope="module")
def stepped(cluster, furnished, application):
    """A file resting before each of the steps: step -> task id and its sound answer."""
    name, people = furnished
    cluster.copy(name, NAME)
    found = {}
    with application.app_context():
        office = Office(dict(people), at=datetime(2026, 8, 3, 10, 0, tzinfo=WIB))
        for step, (role, before) in STEPS.items():
            case_id = office.open("TRY")
            for one in before:
                office.do(case_id, one, LOGINS[STEPS[one][0]], **_path_of(one))
            found[step] = (UUID(office.task(case_id, step).id), office.typed(case_id, step, LOGINS[role]))
    close_pool(application)
    cluster.copy(NAME, PREPARED + "_steps")
    return found, people, office.at


def _path_of(step):
    plain = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False}
    return plain if step == "tentukan_jalur" else {}


@pytest.fixture
def desks(stepped, cluster, application, monkeypatch):
    import app.web.session as session

    found, people, at = stepped
    cluster.copy(PREPARED + "_steps", NAME)
    monkeypatch.setattr(session, "now", lambda: at)
    application.config["WTF_CSRF_ENABLED"] = False
    yield Doors(application, people, None, at), found
    application.config["WTF_CSRF_ENABLED"] = True
    close_pool(application)


@pytest.mark.parametrize("step", STEPS)
def test_any_text_in_a_steps_form_is_read_or_refused_and_never_breaks(step, desks):
    doors, found = desks
    task, sound = found[step]
    client, path = doors.client(STEPS[step][0]), f"/tugas/{task}"

    @settings(
        max_examples=examples(25), deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.dictionaries(st.sampled_from(sorted(sound)), ANYTHING, min_size=1, max_size=4), st.booleans())
    def told(wrong, save):
        # No outcome is called so: the form is read to its end, and the step stays open for the next try.
        act = "simpan" if save else "putuskan:tidak_ada_hasil_ini"
        answer = sent_to(client, path, {**sound, **{name: [text] for name, text in wrong.items()}, "aksi": act})
        assert answer.status_code in (303, 409, 422), answer.get_data(as_text=True)[:400]

    told()
    assert client.get(path).status_code == 200
