"""What will become of each demonstration case: drawn by seed, with every state and every turn represented."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

# Every state a case can rest in; five cases of each stay there.
RESTING = (
    "DRAF DIAJUKAN DIKEMBALIKAN TERDAFTAR VERIFIKASI MENUNGGU_PERBAIKAN TELAAH TINJAUAN REKOMENDASI PERHITUNGAN "
    "MENUNGGU_PEMBAYARAN VALIDASI_PEMBAYARAN PENYUSUNAN PARAF PENANDATANGANAN SIAP_DIAMBIL DISERAHKAN"
).split()
LEVIED = ("PERHITUNGAN", "MENUNGGU_PEMBAYARAN", "VALIDASI_PEMBAYARAN")
TURNS = (
    "biasa biasa biasa biasa dikembalikan perbaikan perbaikan_dua tidak_hadir bayar_lambat kurang_bayar "
    "bukti_tidak_sah ditolak_verifikasi ditolak_kadis dicabut lewat_kelengkapan lewat_perbaikan lewat_draf "
    "ditunda paraf_kembali"
).split()
EACH = 7
# Where the service clock runs on while a case rests there: opened too long ago, it would be late.
ON_THE_CLOCK = (
    "TERDAFTAR VERIFIKASI TELAAH TINJAUAN REKOMENDASI PERHITUNGAN VALIDASI_PEMBAYARAN PENYUSUNAN PARAF PENANDATANGANAN"
).split()
# How many days it takes to get there.
SOONEST = {
    "TINJAUAN": 4, "REKOMENDASI": 4, "PERHITUNGAN": 6, "VALIDASI_PEMBAYARAN": 13, "PENYUSUNAN": 6, "PARAF": 7,
    "PENANDATANGANAN": 7,
}  # fmt: skip
LATE = 0.15  # of the cases that rest on the clock
DAYS_A_WEEK = 7 / 5  # calendar days to a working day


AGREEING = 0.85  # of the applicants who come to the survey
RATINGS = (1, 6, 48, 45)  # how often 1, 2, 3 and 4 are given
RATED = tuple(
    f"skm_{one}"
    for one in ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
)


@dataclass
class Plan:
    """One case's course: `rest` is the state it stays in ("" runs to its end), `turn` its turn of events."""

    number: int
    permit: str
    kind: str
    category: str
    online: bool
    opened_day: int  # days before the end of the history
    rest: str = ""
    turn: str = "biasa"
    applicant: str = ""  # login of a named account, "" for an invented person
    brisk: bool = False  # nobody lets it lie
    seen: dict[str, int] = field(default_factory=dict)

    def times(self, element: str) -> int:
        """How often this step came up before; counts this time too."""
        count = self.seen.get(element, 0)
        self.seen[element] = count + 1
        return count


def draw(rng: Random, count: int, permits: dict[str, list[str]], budgets: dict[str, int]) -> list[Plan]:
    """`permits`: "levied", "visited", "recommended", "all" -> codes of active permits of that sort.

    `budgets`: permit -> working days of its standard of service.
    """
    plans = [_resting(rng, state, permits, budgets) for state in RESTING for _ in range(EACH)]
    while len(plans) < count:
        plans.append(_running(rng, TURNS[len(plans) % len(TURNS)], permits))
    rng.shuffle(plans)
    for number, plan in enumerate(plans):
        plan.number = number
    for login in ("pemohon", "pemohon2"):
        for plan in rng.sample([one for one in plans if not one.applicant and one.online], 6):
            plan.applicant = login
    return plans


def _base(rng: Random, permit: str, day: int) -> Plan:
    category = rng.choice(("perorangan", "perorangan", "badan"))
    kind = "baru" if rng.random() < 0.8 else "perpanjangan"
    return Plan(0, permit, kind, category, rng.random() < 0.7, day)


def _resting(rng: Random, state: str, permits: dict[str, list[str]], budgets: dict[str, int]) -> Plan:
    sort = "levied" if state in LEVIED else {"TINJAUAN": "visited", "REKOMENDASI": "recommended"}.get(state, "all")
    early = state in ("DRAF", "DIAJUKAN", "DIKEMBALIKAN", "MENUNGGU_PERBAIKAN")
    plan = _base(rng, rng.choice(permits[sort]), rng.randint(4, 8) if early else rng.randint(9, 38))
    plan.rest = state
    if state in ON_THE_CLOCK and rng.random() >= LATE:
        _in_time(plan, rng, permits[sort], budgets)
    plan.turn = {"DIKEMBALIKAN": "dikembalikan", "MENUNGGU_PERBAIKAN": "perbaikan"}.get(state, "biasa")
    if state == "MENUNGGU_PEMBAYARAN":
        plan.opened_day = rng.randint(20, 40)
    return plan


def _in_time(plan: Plan, rng: Random, choice: list[str], budgets: dict[str, int]) -> None:
    """A case that is where it is with days to spare: opened lately, a permit with room, everybody brisk."""
    soonest = SOONEST.get(plan.rest, 3)
    latest = {one: int((budgets[one] - 1) * DAYS_A_WEEK) for one in choice}
    roomy = [one for one in choice if latest[one] > soonest]
    plan.permit, plan.brisk = rng.choice(roomy or choice), True
    plan.opened_day = rng.randint(soonest, max(soonest + 1, latest[plan.permit]))


def _running(rng: Random, turn: str, permits: dict[str, list[str]]) -> Plan:
    sort = {"tidak_hadir": "visited"}.get(
        turn, "levied" if turn in ("bayar_lambat", "kurang_bayar", "bukti_tidak_sah") else "all"
    )
    first = 80 if turn in ("bayar_lambat", "lewat_draf") else 30
    plan = _base(rng, rng.choice(permits[sort]), rng.randint(first, 91))
    plan.turn = turn
    return plan


@dataclass(frozen=True)
class Decision:
    """What is done with a task: its outcome, what is typed on purpose, the reason, how long it takes."""

    outcome: str
    typed: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


REASON = "Alasan peragaan: sesuai hasil pemeriksaan dan ketentuan yang berlaku."


def decide(plan: Plan, element: str, outcomes: tuple[str, ...], flags: dict[str, bool], owed: int) -> Decision | None:
    """The decision for a step; None: nobody acts (the applicant lets the term pass)."""
    time = plan.times(element)
    special = _special(plan, element, time, owed)
    if special is not None:
        return special if special.outcome != "-" else None
    typed: dict[str, Any] = {}
    if element == "tentukan_jalur":
        typed = {name: flags.get(name, False) for name in ("butuh_tinjauan", "butuh_kajian", "butuh_rekomendasi")}
    if element == "telaah_penolakan":
        typed = {"alasan_penolakan": 1}
    if element == "skm":
        typed = _rated(plan)
    if element == "bayar":
        typed = {"jumlah": owed, "bukti": True, "kanal": "bank"}
    return Decision(outcomes[0] if outcomes else "", typed, REASON)


def _rated(plan: Plan) -> dict[str, Any]:
    """What an applicant answers in the survey: most agree and are content.

    Drawn by the number of the case alone, so that the course of no other case depends on it.
    """
    rng = Random(plan.number)
    agrees = rng.random() < AGREEING
    return {"bersedia": agrees, "saran": "", **{one: rng.choices("1234", RATINGS)[0] for one in RATED}}


def _special(plan: Plan, element: str, time: int, owed: int) -> Decision | None:
    """The turns of events, by (turn, step, how often it came up)."""
    key = (plan.turn, element, time)
    if (
        key == ("lewat_draf", "ajukan", 0)
        or key == ("lewat_kelengkapan", "lengkapi", 0)
        or key == ("lewat_perbaikan", "perbaikan", 0)
    ):
        return Decision("-")
    if element == "periksa_kelengkapan" and time == 0 and plan.turn in ("dikembalikan", "lewat_kelengkapan"):
        return Decision("tidak_lengkap", {"kelengkapan.ktp.status": "tidak_terbaca"}, REASON)
    if element == "verifikasi_keabsahan" and time < _rounds(plan):
        return Decision("perbaikan", {"keabsahan.ktp.hasil": "perbaikan"}, REASON)
    if key == ("ditolak_verifikasi", "verifikasi_keabsahan", 0):
        return Decision("tidak_sah", {"keabsahan.ktp.hasil": "tidak_sah", "usul_penolakan": 1}, REASON)
    if element == "tinjauan" and plan.turn == "tidak_hadir" and time == 0:
        return Decision("tidak_hadir", {"pemohon_hadir": False}, REASON)
    if key == ("ditolak_kadis", "tanda_tangan", 0):
        return Decision("tolak", {"usul_penolakan": 1}, REASON)
    if key == ("paraf_kembali", "paraf_kabid", 0):
        return Decision("kembalikan", {}, REASON)
    if key == ("kurang_bayar", "bayar", 0):
        return Decision("sudah_bayar", {"jumlah": max(1, owed // 2), "bukti": True, "kanal": "bank"})
    if key == ("kurang_bayar", "validasi_bayar", 0):
        return Decision("kurang_bayar", {}, REASON)
    if key == ("kurang_bayar", "bayar", 1):
        return Decision("sudah_bayar", {"jumlah": owed - max(1, owed // 2), "bukti": True, "kanal": "bank"})
    if key == ("bukti_tidak_sah", "validasi_bayar", 0):
        return Decision("tidak_sah", {}, REASON)
    return None


def _rounds(plan: Plan) -> int:
    return {"perbaikan": 1, "lewat_perbaikan": 1, "perbaikan_dua": 2}.get(plan.turn, 0)


def days_to_wait(plan: Plan, element: str, rng: Random) -> float:
    """How many days an applicant lets pass before he acts."""
    if element == "bayar":
        return rng.uniform(33, 48) if plan.turn == "bayar_lambat" else rng.uniform(0.5, 6)
    return {"ajukan": rng.uniform(0.02, 1.0), "skm": rng.uniform(0.5, 12)}.get(element, rng.uniform(0.3, 3.5))
