"""An office for the pages' tests: released, staffed, at a Tuesday in October; cases are walked through operations."""

import io
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from PIL import Image

from app.clock import WIB
from app.operations import cases, desk, sessions, tasks, uploading
from app.operations.demo.answers import fill
from app.operations.demo.invented import paper as scan
from app.operations.demo.invented import photo
from app.operations.demo.staff import DOMAIN, PASSWORD
from app.web import session
from tests.app.operations.office import read_in

NOW = datetime(2026, 10, 20, 9, 30, tzinfo=WIB)  # a Tuesday within the service hours
BEFORE = NOW - timedelta(days=1)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SOUND = {"status": "ada", "hasil": "sah", "cara": "melihat_asli", "cara_tanda_tangan": "peragaan"}
SEEN_LOGGING_IN = set()  # who came in through the page once, in whatever test of this process
PERMIT = "PEN"  # Surat Keterangan Penelitian: no levy, the shortest course


def picture():
    """A small PNG, as a phone would send it."""
    target = io.BytesIO()
    Image.new("RGB", (60, 80), (200, 180, 150)).save(target, "PNG")
    return target.getvalue()


@dataclass(frozen=True)
class Answer:
    """What a page answered: status, text, where it sends the browser."""

    status: int
    text: str
    location: str
    headers: object
    data: bytes

    def __contains__(self, sentence):
        return sentence in self.text


class Browser:
    """A browser without JavaScript: carries the page's token along, follows nothing by itself."""

    def __init__(self, client):
        self.client, self.tokens = client, {}

    def get(self, address, **options):
        return answered(self.client.get(address, **options))

    def token(self):
        """The token of a page that everybody may open; 404 pages carry one too. At one time a session has but one."""
        if self._session() not in self.tokens:
            found = TOKEN.search(self.client.get("/akun-token-belum-ada").get_data(as_text=True)).group(1)
            self.tokens[self._session()] = found
        return self.tokens[self._session()]

    def _session(self):
        cookie = self.client.get_cookie("sid")
        return cookie and (cookie.value, session.now())

    def post(self, address, typed=None, **options):
        typed = {"csrf_token": self.token(), **(typed or {})}
        return answered(self.client.post(address, data=typed, **options))

    def follow(self, answer):
        return self.get(answer.location)

    def log_in(self, login):
        found = self.post("/masuk", {"email": f"{login}@{DOMAIN}", "sandi": PASSWORD})
        assert found.status == 303, found.text
        SEEN_LOGGING_IN.add(login)
        return self

    def let_in(self, person):
        """Give him the session that a login begins."""
        about = self.client.environ_base
        with self.client.application.app_context():
            token = sessions.begin(person, {}, about["REMOTE_ADDR"], about["HTTP_USER_AGENT"], session.now())
        self.client.set_cookie("sid", token)
        return self


def answered(response):
    text = response.get_data(as_text=True) if any(one in (response.mimetype or "") for one in ("text", "json")) else ""
    found = Answer(response.status_code, text, response.headers.get("Location", ""), response.headers, response.data)
    response.close()
    response.request.environ["wsgi.input"].close()  # what was sent lies in a file when it is large
    return found


class Office:
    """The people by login, and cases brought to a step."""

    def __init__(self, app, people, begun=None):
        self.app, self.people, self.rng, self.begun = app, people, Random(76), begun

    def browser(self):
        return Browser(self.app.test_client())

    def logged_in(self, login):
        """Through the page the first time in this process: that is but once looked at."""
        seen = login in SEEN_LOGGING_IN
        return self.browser().let_in(self.people[login]) if seen else self.browser().log_in(login)

    def open(self, permit=PERMIT, applicant="pemohon", at=BEFORE):
        """A fresh application of an applicant; the opened case with its first task."""
        with self.app.app_context():
            return cases.open_case(permit, "baru", "perorangan", self.people[applicant], at, key=uuid4())

    def page(self, task_id, login, at=NOW):
        with self.app.app_context():
            return desk.task_page(task_id, self.people[login], at)

    def typed(self, task_id, login, at=NOW, **fixed):
        """A sound answer to a task's form, and the names of its file fields."""
        found = self.page(task_id, login, at)
        with self.app.app_context():
            read = read_in(found)
        filling = fill(found.form, found.lists, self.rng, at, SOUND | read | fixed)
        return filling.typed, filling.files

    def complete(self, task_id, outcome, login, at=NOW, reason="", **fixed):
        """Do a task properly: upload what it asks for, type, press the button."""
        typed, files = self.typed(task_id, login, at, **fixed)
        with self.app.app_context():
            for name in files:
                document = ("foto.jpg", photo()) if "foto" in name else ("pindaian.pdf", scan())
                uploading.upload(task_id, name, *document, self.people[login], at)
            raw = {**typed, "alasan_keputusan": [reason]}
            return tasks.complete_task(task_id, raw, outcome, self.people[login], at)

    def task(self, case_id, login="kadis", at=NOW):
        """The id of the open task of a case."""
        with self.app.app_context():
            found = desk.case_page(case_id, self.people[login], at).open_tasks
        return found[0].id

    def first_outcome(self, case_id):
        """What the first button of the open task says."""
        return self.page(self.task(case_id), "kadis").form.outcomes[0][0]

    def _begun(self, how, walk):
        """What `walk` answers; as the first thing in an office it is walked once and copied from then on."""
        begin, self.begun = self.begun, None
        if begin is None:
            return walk()
        made, state = begin.with_(how, lambda: (walk(), self.rng.getstate()))
        self.rng.setstate(state)
        return made

    def submitted(self, permit=PERMIT, at=BEFORE):
        """A case whose application waits for the counter's check."""
        return self._begun(("submitted", permit, at), lambda: self._submitted(permit, at))

    def _submitted(self, permit, at):
        made = self.open(permit, at=at)
        self.complete(made.task_id, "diajukan", "pemohon", at)
        return made.case_id

    def registered(self, permit=PERMIT, at=BEFORE):
        """A case whose service clock runs: found complete, waiting for the verifier."""
        return self._begun(("registered", permit, at), lambda: self._registered(permit, at))

    def _registered(self, permit, at):
        case_id = self._submitted(permit, at)
        self.complete(self.task(case_id), "lengkap", "loket", at)
        return case_id

    def claimed(self, case_id, login, at=NOW):
        task = self.task(case_id)
        with self.app.app_context():
            tasks.claim_task(task, self.people[login], at)
        return task

    def case(self, case_id, login="kadis", at=NOW):
        with self.app.app_context():
            return desk.case_page(case_id, self.people[login], at)


def uuids(text):
    return [UUID(one) for one in re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)]
