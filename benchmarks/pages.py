"""The pages as a browser gets them, among a million open tasks and clocks, and with two hundred people at once.

Fair, for the page everything is compared with is served by the same server with the same workers in the same minute:
Flask, one question to the same database, ten bytes of HTML.  `gunicorn` runs as `make run` starts it.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, perf_counter, sleep
from uuid import UUID

from app.launch_office import commands
from app.operations import counted_facts, reports, sessions
from app.store import embedded, transaction
from benchmarks import crowd, office, page_stock, year
from benchmarks.many_clocks import CLOCKS
from benchmarks.page import Goal, Section
from benchmarks.served import SINCE

HOST = "127.0.0.1"
TIMES = 20
SLOW_TIMES = 3  # of pages that take seconds
SECONDS = int(os.environ.get("EPERIZINAN_BENCH_CROWD_SECONDS", "120"))
PEOPLE = int(os.environ.get("EPERIZINAN_BENCH_PEOPLE", "200"))
LIGHTEST = 100_000  # bytes, compressed, that a page's HTML may have (issue of the desk: first load below 100 kB)
LOCUST = Path(__file__).resolve().parent.parent / "var/bench/crowd/bin/locust"
PLAY = Path(__file__).resolve().parent / "peers/crowd.py"


def _free() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


@contextmanager
def _serving(application: str) -> Iterator[int]:
    """The port where gunicorn serves it, as `make run` would."""
    port = _free()
    command = commands(os.environ, HOST, port)["web"]
    command[command.index("app:create_app()")] = application
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int) -> None:
    until = monotonic() + 60
    while monotonic() < until:
        with socket.socket() as one:
            if one.connect_ex((HOST, port)) == 0:
                return
        sleep(0.1)
    raise RuntimeError("the web server did not come up")


def _got(port: int, path: str, session: str = "") -> tuple[float, bytes]:
    """Seconds and the body; raises where the answer is no page."""
    connection = HTTPConnection(HOST, port, timeout=120)
    began = perf_counter()
    connection.request("GET", path, headers={"Cookie": f"sid={session}", "Host": f"{HOST}:{port}"})
    answer = connection.getresponse()
    body = answer.read()
    took = perf_counter() - began
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} was answered {answer.status}")
    return took, body


Wanted = tuple[tuple[str, str, str], ...]  # what it is called, address, session


def _measured(office_port: int, bare_port: int, wanted: Wanted) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Seconds of each page, each time beside the bare one, and its compressed bytes."""
    took: dict[str, list[float]] = {"": []}
    weighed = {}
    for name, path, session in wanted:
        first, body = _got(office_port, path, session)
        weighed[name] = len(gzip.compress(body, 6))
        for _ in range(TIMES if first < 1 else SLOW_TIMES):
            took[""].append(_got(bare_port, "/")[0])
            took.setdefault(name, []).append(_got(office_port, path, session)[0])
    return took, weighed


def _row(name: str, values: list[float], bare: float, weight: str) -> str:
    middle = statistics.median(values)
    slow = statistics.quantiles(values, n=20)[-1] if len(values) > 2 else max(values)
    return f"| {name} | {len(values)} | {middle * 1000:.1f} | {slow * 1000:.1f} | {middle / bare:.1f} | {weight} |\n"


def _crowd(port: int, played: list[dict[str, object]]) -> list[dict[str, str]]:
    """Locust's own figures, a line for each kind of request."""
    folder = Path(mkdtemp(prefix="eperizinan-crowd-"))
    try:
        (folder / "people.json").write_text(json.dumps(played))
        command = [str(LOCUST), "-f", str(PLAY), "--headless", "-u", str(len(played)), "-r", "20"]
        command += ["-t", f"{SECONDS}s", "--host", f"http://{HOST}:{port}", "--csv", str(folder / "told")]
        command += ["--only-summary", "--exit-code-on-error", "0", "--loglevel", "ERROR"]
        environment = {**os.environ, "CROWD": str(folder / "people.json")}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with (folder / "told_stats.csv").open() as told:
            return list(csv.DictReader(told))
    finally:
        shutil.rmtree(folder)


def _crowd_row(line: dict[str, str], bare: float) -> str:
    name = "all" if line["Name"] == "Aggregated" else line["Name"]
    middle, slow = float(line["50%"]), float(line["95%"])
    asked, failed = int(line["Request Count"]), int(line["Failure Count"])
    return f"| {name} | {asked} | {failed} | {middle:.0f} | {slow:.0f} | {middle / 1000 / bare:.1f} |\n"


def _wanted(people: dict[str, UUID], known: page_stock.Known, report: UUID) -> Wanted:
    at = page_stock.AT

    def visiting(login: str) -> str:
        return sessions.begin(people[login], {}, HOST, "bench", at)

    verifier, supervisor = visiting("verifikator"), visiting("pengawas")
    return (
        (f"inbox of the group, first page of {CLOCKS:,}", "/kotak-tugas?daftar=kelompok", verifier),
        ("the same, a later page", f"/kotak-tugas?daftar=kelompok&lanjut={known.later}", verifier),
        ("the same, by a number", "/kotak-tugas?daftar=kelompok&cari=U77777", verifier),
        ("the same, by permit", "/kotak-tugas?daftar=kelompok&izin=IMB", verifier),
        ("the same, by a step that nobody is at", "/kotak-tugas?daftar=kelompok&tahap=tinjauan", verifier),
        ("the same, of a place where nothing lies", "/kotak-tugas?daftar=kelompok&wilayah=18.72.01.1099", verifier),
        ("the same, late ones", "/kotak-tugas?daftar=kelompok&jam=lewat", verifier),
        ("own inbox", "/kotak-tugas", verifier),
        ("pulse of the inbox", "/kotak-tugas/denyut", verifier),
        ("list of files", "/berkas", supervisor),
        ("list of files, by a name", "/berkas?cari=riyadi", supervisor),
        (f"Kartu Kendali of a file with {known.events:,} events", f"/berkas/{known.long_case}", supervisor),
        ("board, by state", "/jam-layanan", supervisor),
        ("board, by step", "/jam-layanan?kelompok=langkah", supervisor),
        ("pulse of the board", "/jam-layanan/denyut", supervisor),
        ("order of a permit's queue", "/jam-layanan/antrean?izin=SIPB", supervisor),
        ("forecast of the promises", "/jam-layanan/perkiraan", supervisor),
        ("bottlenecks on the diagram", "/jam-layanan/kemacetan", supervisor),
        ("risks of the legal limit", "/jam-layanan/risiko", supervisor),
        ("audit, the newest entries", "/audit", supervisor),
        ("audit, letters that were issued", "/audit?jenis=letter_issued", supervisor),
        ("patterns worth a look", "/audit/pola", supervisor),
        (f"figures of a month of {known.month:,} files", f"/laporan/angka?periode={year.YEAR}-07", supervisor),
        (f"figures of a year of {year.FILES:,} files, counted", f"/laporan/angka?periode={year.YEAR}", supervisor),
        ("the files behind one of them", f"/laporan/angka/berkas?periode={year.YEAR}&angka=terbit", supervisor),
        ("agencies of that year", f"/laporan/opd?periode={year.YEAR}", supervisor),
        ("satisfaction in that year", f"/laporan/skm?periode={year.YEAR}", supervisor),
        ("report of that year, frozen", f"/laporan/{report}", supervisor),
        ("the files behind a figure of it", f"/laporan/{report}/berkas?angka=terbit", supervisor),
    )


def _count() -> None:
    """The year and its month, as the worker does once somebody has asked for them."""
    for period in (str(year.YEAR), f"{year.YEAR}-07"):
        with transaction() as store:
            store.kept_facts.ask(period, page_stock.AT)
        while counted_facts.count_one(page_stock.AT):
            pass


def run(server: embedded.Server) -> Section:
    """The section of the page."""
    os.environ[SINCE] = datetime.now(UTC).isoformat()  # noqa: TID251 -- a benchmark tells the time itself
    os.environ["TRUSTED_HOSTS"] = f"{HOST},localhost"
    with office.opened() as people:
        known = page_stock.stock(server, people)
        _count()
        wanted = _wanted(people, known, reports.draft(str(year.YEAR), "", people["kasi"], page_stock.AT))
        played = crowd.hired(PEOPLE, people, page_stock.AT)
    with _serving("benchmarks.served:office()") as port, _serving("benchmarks.served:bare()") as bare_port:
        for _, path, session in wanted[:6]:
            _got(port, path, session)
        took, weighed = _measured(port, bare_port, wanted)
        bare = statistics.median(took.pop(""))
        lines = _crowd(port, played)
    rows = "".join(_row(name, values, bare, f"{weighed[name] / 1000:.1f}") for name, values in took.items())
    heaviest = max(weighed.values())
    failed = sum(int(line["Failure Count"]) for line in lines if line["Name"] == "Aggregated")
    asked = next(int(line["Request Count"]) for line in lines if line["Name"] == "Aggregated")
    text = (
        f"## Pages\n\nAmong {CLOCKS:,} open tasks with as many clocks and {year.FILES:,} finished files, over HTTP "
        f"from gunicorn as `make run` starts it; the bare page (Flask, one question to the same database) takes "
        f"{bare * 1000:.1f} ms. HTML only, in kB as compressed by gzip.\n\n"
        "| page | times | median ms | 95th percentile ms | × bare | kB |\n|---|---|---|---|---|---|\n" + rows +
        f"\n## {PEOPLE} people at once\n\nLocust for {SECONDS} s on the same two processors, ten seconds between two "
        "requests of a person (`benchmarks/peers/crowd.py`): lists among the million, cards, searches, tasks opened "
        "and completed.\n\n| request | number | failed | median ms | 95th percentile ms | × bare |\n"
        "|---|---|---|---|---|---|\n" + "".join(_crowd_row(line, bare) for line in lines)
    )  # fmt: skip
    return Section(
        text,
        (
            Goal("a page's HTML, compressed", "< 100 kB", f"{heaviest / 1000:.1f} kB", heaviest < LIGHTEST),
            Goal(f"{PEOPLE} people at once", "no request failed", f"{failed} of {asked:,}", failed == 0),
        ),
    )


def main() -> int:
    """This section alone, in an office of its own: `python -m benchmarks.pages`."""
    folder = Path(mkdtemp(prefix="eperizinan-pages-"))
    folder.chmod(0o755)
    try:
        server = embedded.start(folder / "db")
        os.environ |= {"DATABASE_URL": server.app_url, "DATABASE_OWNER_URL": server.owner_url}
        os.environ |= {"EPERIZINAN_VAR": str(folder / "var"), "EPERIZINAN_ENV": "development"}
        with office.opened() as people:
            page_stock.alone(server, people["pemohon"])
        sys.stdout.write(run(server).text)
    finally:
        embedded.stop(folder / "db")
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
