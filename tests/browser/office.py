"""The office as people use it: each at a desk of his own, through pages only; the test moves the present."""

import re
import sys
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from playwright.sync_api import expect

from app import clock
from app.clock import WIB
from app.operations import background, desk, sessions
from app.operations.demo import invented
from app.operations.demo.answers import fill
from app.operations.demo.staff import DOMAIN, PASSWORD
from app.store import transaction
from tests.app.operations.office import Office as Operations
from tests.app.operations.office import read_in

MONDAY = datetime(2026, 8, 3, 10, 0, tzinfo=WIB)
SEEN_LOGGING_IN = set()  # who came in through the page once, in whatever test of this process
RECORDED = re.compile("langkah ini sudah tercatat|sudah kami terima", re.IGNORECASE)
SOUND = {
    "status": "ada",
    "hasil": "sah",
    "cara": "lihat_asli",
    "identitas_diperiksa": True,
    "cara_tanda_tangan": "peragaan",
}
PAPERS = {
    "pdf": ("application/pdf", invented.paper),
    "jpg": ("image/jpeg", invented.photo),
}


class Present:
    """What the clock on the office's wall shows."""

    def __init__(self, at=MONDAY):
        self.at = at

    def now(self):
        return self.at

    def later(self, **span):
        self.at += timedelta(**span)

    def on(self, text):
        """Move to an instant of WIB, as 2026-08-05 09:00; time never goes back."""
        wanted = datetime.fromisoformat(text).replace(tzinfo=WIB)
        assert wanted >= self.at
        self.at = wanted

    @property
    def day(self):
        return self.at.astimezone(WIB).strftime("%d/%m/%Y")

    def hang(self, patch):
        """Replace `app.clock.now` wherever a module took it over."""
        real = clock.now
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] == "app" and getattr(module, "now", None) is real:
                patch.setattr(module, "now", self.now)


class Office:
    """People by login; the worker is called at the present by `work`."""

    def __init__(self, application, address, people, present, new_page, ask=None):
        self.ask = ask  # rows behind the pages' back
        self.application, self.address, self.ids = application, address, people
        self.present, self.new_page, self.rng = present, new_page, Random(76)
        self.desks = {}

    def person(self, login, **options):
        """Who logs in there; the same person keeps his desk."""
        if login not in self.desks:
            self.desks[login] = Person(self, login, self.new_page(**options), options.get("java_script_enabled", True))
        return self.desks[login]

    def visitor(self, **options):
        return Person(self, "", self.new_page(**options))

    def work(self):
        """The worker's round: what is due is woken, warned of and delivered."""
        with self.application.app_context():
            while background.wake_one(self.present.at):
                pass
            background.warn_due(self.present.at)
            while background.deliver_one(lambda *_: "disimpan di kotak surat kantor", self.present.at):
                pass

    @contextmanager
    def prepared(self):
        """The operations' own office, to bring cases to where a test begins."""
        with self.application.app_context():
            yield Operations(self.ids, self.present.at)

    def filling(self, task_id, login, fixed):
        """What somebody would type into the form of a task."""
        with self.application.app_context():
            found = desk.task_page(UUID(task_id), self.ids[login], self.present.at)
            read = read_in(found)
            return fill(found.form, found.lists, self.rng, self.present.at, SOUND | read | fixed)

    def code_of(self, case_id, kind):
        """The verification code printed on a letter, as its QR carries it."""
        with self.application.app_context(), transaction() as store:
            return store.documents.letters_of(UUID(case_id), kind)[-1].verification_code

    def begun(self, login):
        """The cookie of a new session of somebody."""
        with self.application.app_context():
            return sessions.begin(self.ids[login], {}, "", "", self.present.at)

    def close(self):
        """Everybody leaves the pages, so that none of them asks a closed office."""
        for one in self.desks.values():
            one.page.goto("about:blank")


class Person:
    """Somebody at a desk: looks at pages, finds his tasks, types, presses."""

    def __init__(self, office, login, page, scripted=True):
        self.office, self.login, self.page, self.scripted = office, login, page, scripted
        self.here = None  # since when he is known to be logged in
        page.on("dialog", lambda dialog: dialog.accept())

    # --- looking

    def go(self, path):
        """Open a page; whoever is not logged in, or was away too long, logs in and is brought back."""
        self._let_in()
        self.page.goto(path if path.startswith("http") else self.office.address + path)
        if "/masuk" in self.page.url and self.login:
            self.log_in()
        return self.page

    def _let_in(self):
        """Begin a session for whoever was seen logging in through the page before: that is looked at once."""
        at = self.office.present.at
        away = at - self.here > sessions.IDLE if self.here else not self.page.context.cookies()
        if away and self.login in SEEN_LOGGING_IN:
            session = {"name": "sid", "value": self.office.begun(self.login), "url": self.office.address}
            self.page.context.add_cookies([session])
        self.here = at

    def log_in(self):
        if "/masuk" not in self.page.url:
            self.page.goto(self.office.address + "/masuk")
        self.page.get_by_label("Surel").fill(f"{self.login}@{DOMAIN}")
        self.page.get_by_label("Kata sandi").fill(PASSWORD)
        self.press("Masuk")
        expect(self.page.locator("details.orang")).to_be_visible()
        if self.login in self.office.ids:
            SEEN_LOGGING_IN.add(self.login)

    def press(self, words, exact=True, within=None):
        """Press the one button of that name and wait for the next page."""
        with self.page.expect_navigation():
            (within or self.page.locator("main")).get_by_role("button", name=words, exact=exact).click()

    def follow(self, words, exact=True, within=None):
        with self.page.expect_navigation():
            (within or self.page.locator("main")).get_by_role("link", name=words, exact=exact).first.click()

    def sees(self, *sentences, within="main"):
        for one in sentences:
            expect(self.page.locator(within)).to_contain_text(one)

    def misses(self, *sentences, within="main"):
        for one in sentences:
            expect(self.page.locator(within)).not_to_contain_text(one)

    # --- tasks

    def open_task(self, name, case=""):
        """Find a task in the inbox, own ones first, and open it."""
        for listed in ("saya", "kelompok"):
            self.go(f"/kotak-tugas?daftar={listed}")
            row = self.row(name, case)
            if row.count():
                with self.page.expect_navigation():
                    row.first.locator("[data-kerjakan]").click()
                return self
        raise AssertionError(f"{self.login} has no task {name!r}: {self.page.locator('main').inner_text()}")

    def row(self, name, case=""):
        rows = self.page.locator("tr[data-baris]").filter(has=self.page.get_by_text(name, exact=True))
        return rows.filter(has_text=case) if case else rows

    def take(self):
        """Take an open task that lies with the group."""
        button = self.page.get_by_role("button", name="Ambil tugas", exact=True)
        if button.count():
            self.press("Ambil tugas")
        return self

    def do(self, name, outcome, case="", reason="", **fixed):
        """Find a task, take it, fill its form in and press the button of an outcome."""
        self.open_task(name, case).take()
        return self.finish(outcome, reason, **fixed)

    def own(self, name, outcome, case="", reason="", **fixed):
        """An applicant's task, from the list of his applications."""
        self.go("/permohonan")
        row = self.page.locator("main tr").filter(has_text=case).filter(has_text=name)
        with self.page.expect_navigation():
            row.get_by_role("link", name=re.compile(re.escape(name))).first.click()
        return self.finish(outcome, reason, **fixed)

    def finish(self, outcome, reason="", **fixed):
        """Fill the open form in, press the outcome, and see that the step was recorded."""
        self.fill_in(**fixed)
        if reason:
            self.page.get_by_label("Alasan", exact=False).last.fill(reason)
        self.press(outcome)
        problems = self.page.locator(".ringkasan-salah li, [role=alert]").all_inner_texts()
        assert problems == [], problems
        expect(self.page.locator(".kabar[role=status]").first).to_contain_text(RECORDED)
        return self

    def fill_in(self, **fixed):
        """Type what the form asks for; `fixed` by field name, dots written as two underscores."""
        wanted = {name.replace("__", "."): value for name, value in fixed.items()}
        task = re.search(r"/tugas/([0-9a-f-]{36})", self.page.url).group(1)
        filling = self.office.filling(task, self.login, wanted)
        self._grow(filling.typed)
        for name, values in filling.typed.items():
            self._type(name, values, filling.wanted(name, name.rpartition(".")[2]) is not None)
        for name in filling.files:
            self.attach(name, "jpg" if "foto" in name else "pdf")
        return filling

    def _grow(self, typed):
        """Add rows to repeating groups until there are as many as will be typed."""
        for name, (count, *_rest) in [(one, two) for one, two in typed.items() if one.endswith(".n")]:
            shown = self.page.locator(f'input[name="{name}"]')
            while shown.count() and int(shown.input_value()) < int(count):
                with self.page.expect_navigation():
                    self.page.locator(f'button[value="tambah:{name.removesuffix(".n")}"]').click()

    def _type(self, name, values, meant):
        """What the office filled in already stays, unless the test means something else."""
        control = self.page.locator(f'.formulir [name="{name}"]')
        found = control.evaluate_all("all => all.map((one) => [one.type, one.value])")
        if not found or found[0][0] == "hidden":
            return
        kind, shown = found[0]
        if kind == "checkbox" and len(found) == 1 and values[0] in ("ya", "tidak"):
            control.set_checked(values[0] == "ya")
        elif kind in ("radio", "checkbox"):
            for value in values:
                self.page.locator(f'.formulir [name="{name}"][value="{value}"]').check()
        elif kind == "select-one":
            control.select_option(values[0])
        elif meant or not shown:
            control.fill(values[0])

    def attach(self, name, kind="pdf"):
        """Choose a file; the page sends it at once and shows it beside the control."""
        media_type, make = PAPERS[kind]
        paper = {"name": f"pindaian.{kind}", "mimeType": media_type, "buffer": make()}
        chosen = self.page.locator(f'input[type="file"][name="{name}"]')
        with self.page.expect_navigation():
            chosen.set_input_files(paper)
            if not self.scripted:
                self.page.locator(f'button[value="unggah:{name}"]').click()
        shown = self.page.locator(".isian").filter(has=self.page.locator(f'input[type="file"][name="{name}"]'))
        expect(shown.locator(".unggahan").last).to_contain_text(f"pindaian.{kind}")
