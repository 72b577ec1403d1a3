"""Two hundred officials before the office's pages, as locust plays them; run by the Python of its own environment.

CROWD names a JSON file: what each of them is logged in as and the tasks that wait for him, with what he will type.  A
person looks at a page for some ten seconds before the next; the counts beside his list are asked for every twenty, as
the pages themselves do.  Only GET and POST of pages, no pictures or scripts.
"""

from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path

from locust import HttpUser, between, events, task

PEOPLE = json.loads(Path(os.environ["CROWD"]).read_text())
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = re.compile(r'name="kunci" value="([^"]+)"')


class Official(HttpUser):
    """Somebody at work; each takes the next place of the list."""

    wait_time = between(6, 14)

    def on_start(self) -> None:
        self.me = PEOPLE.pop()
        self.client.cookies.set("sid", self.me["session"])
        self.etag = ""

    @task(6)
    def list_of_the_group(self) -> None:
        self.client.get("/kotak-tugas?daftar=kelompok", name="inbox of the group")

    @task(3)
    def own_list(self) -> None:
        self.client.get("/kotak-tugas", name="own inbox")

    @task(5)
    def pulse(self) -> None:
        headers = {"If-None-Match": self.etag} if self.etag else {}
        answer = self.client.get("/kotak-tugas/denyut", name="pulse", headers=headers)
        self.etag = answer.headers.get("ETag", self.etag)

    @task(2)
    def search(self) -> None:
        number = random.randint(10_000, 999_999)
        self.client.get(f"/kotak-tugas?daftar=kelompok&cari=U{number}", name="search by number")

    @task(2)
    def card(self) -> None:
        self.client.get(f"/berkas/{random.choice(self.me['cases'])}", name="Kartu Kendali")

    @task(2)
    def work(self) -> None:
        """Open the next own task, read it, complete it; the answer is the next page."""
        if not self.me["tasks"]:
            return
        one = self.me["tasks"].pop()
        page = self.client.get(f"/tugas/{one['id']}", name="task page").text
        found = CSRF.search(page), KEY.search(page)
        if None in found:
            events.request.fire(
                request_type="POST", name="completion", response_time=0, response_length=0, context={},
                exception=ValueError("the page of the task has no form"),
            )  # fmt: skip
            return
        sent = [("csrf_token", found[0][1]), ("kunci", found[1][1]), ("aksi", f"putuskan:{one['outcome']}")]
        sent += [(name, value) for name, values in one["typed"].items() for value in values]
        with self.client.post(
            f"/tugas/{one['id']}", data=sent, name="completion", allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code not in (302, 303):
                answer.failure(f"answered {answer.status_code}")
