"""Rules about clocks: started once, stopped on some way, every pause resumed.

The clocks' states travel with the tokens through a process and all it calls.
Choices are free, and some of the ways may be ruled out by data: so only what
holds on every way is told.  Clocks with a term of their own may start again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.clock_acts import (
    CLOSING,
    PAUSED,
    SERVICE,
    Act,
    Facts,
    act_of,
    begun,
    counted,
    done,
    reopened,
    repeats,
    resumed,
    termed,
)
from engine.bpmn.checking.clock_again import check as check_again
from engine.bpmn.checking.clock_again import passable
from engine.bpmn.checking.clock_walk import Watched, agreeing, always, watched_of
from engine.bpmn.checking.families import running
from engine.bpmn.checking.messages import PASSED, awaited
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import local
from engine.errors import Finding, Problem, joined, listed


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group, for the clocks this sheet drives."""
    acts = {node: act for node in sheet.of("serviceTask") if (act := counted(node, known)) is not None}
    found: list[Problem] = []
    if acts:
        found = list(_told(sheet, acts, watched_of(known, sheet), known))
        yield from found
    told = {(one.code, one.element) for one in found}
    yield from (one for one in check_again(sheet, known) if (one.code, one.element) not in told)
    yield from _terms(sheet, known)


def _terms(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """A clock that measures a term of its own, which no diagram stops and whose passing nobody waits for."""
    for node in sheet.of("serviceTask"):
        act = act_of(node)
        if act and act.kind == "clock.start" and act.subject in termed(known) and not _ended(sheet, node, act, known):
            message = Finding(
                "Jam %(subject)s yang dimulai di %(node)s tidak dihentikan dan tidak ditunggu siapa pun",
                subject=act.called,
                node=called_so(node),
            )
            hint = Finding(
                "Tunggu pesan %(subject)s%(passed)s di langkah yang terikat tenggat itu, atau pakai "
                "layanan Jam berhenti (clock.stop).",
                subject=act.subject,
                passed=PASSED,
            )
            yield problem(sheet, node, "never-stopped", message, hint, "warning")


def _ended(sheet: Sheet, node: Any, act: Act, known: Set) -> bool:
    """Whether a clock is stopped, or its passing awaited, in a case that runs the process of a node."""
    if act.subject + PASSED in awaited(sheet, node, known):
        return True
    return any(act.subject in _stopped(at, process) for at, process in running(sheet, node, known))


@lru_cache(maxsize=512)
def _stopped(sheet: Sheet, process: Any) -> frozenset[str]:
    nodes = (node for node in sheet.of("serviceTask") if process in node.iterancestors())
    acts = (act_of(node) for node in nodes)
    return frozenset(act.subject for act in acts if act is not None and act.kind == "clock.stop")


def _told(sheet: Sheet, acts: Mapping[Any, Act], watched: Watched, known: Set) -> Iterator[Problem]:
    for node, act in acts.items():
        met = watched.met.get(node, set())
        if act.kind == "clock.start" and met:
            yield from _started(sheet, node, act, met, watched, known)
        elif act.kind == "clock.reopen" and met:
            yield from _unstopped(sheet, node, act, watched, known)
        elif act.kind in ("clock.pause", "clock.stop") and met and _too_early(sheet, act, met, known):
            what = (
                Finding("menjeda jam layanan")
                if act.kind == "clock.pause"
                else Finding("menghentikan jam %(subject)s", subject=act.called)
            )
            message = Finding(
                "%(node)s %(what)s yang belum dimulai pada jalan mana pun sampai di sini",
                node=called_so(node),
                what=what,
            )
            yield problem(
                sheet,
                node,
                "not-started",
                message,
                "Pindahkan ke belakang awal jamnya, layanan Jam mulai (clock.start).",
                "warning",
            )
        elif act.kind == "clock.pause" and met:
            yield from _paused(sheet, node, act, met, watched, known)
        elif act.kind == "clock.resume" and met and not _paused_before(sheet, act, met, known):
            message = Finding(
                "%(node)s meneruskan jam yang tidak pernah dijeda karena %(subject)s",
                node=called_so(node),
                subject=act.called,
            )
            yield problem(sheet, node, "resumed-unpaused", message, "Pakai sebab yang sama seperti pada jedanya.")


def _paused_before(sheet: Sheet, act: Act, met: set[Facts], known: Set) -> bool:
    return any(PAUSED + act.subject in one for one in met) or _astray(sheet, known, ("clock.pause", act.subject))


def _astray(sheet: Sheet, known: Set, *wanted: tuple[str, str]) -> bool:
    """Whether an act of one of these kinds on its clock or cause may come where it was not seen: it stands where no
    case comes, which is told there, or the orders of the branches were too many to be followed."""
    watched = watched_of(known, sheet)
    if watched.crossed and not watched.whole:
        return True
    acts = (counted(node, known) for one in _together(sheet, known) for node in _strays(one))
    return any(act is not None and (act.kind, act.subject) in wanted for act in acts)


def _together(sheet: Sheet, known: Set) -> set[Sheet]:
    """The sheets of all that a case can run together with the processes of this one."""
    return {sheet, *(at for process in sheet.processes for at, _ in running(sheet, process, known))}


@lru_cache(maxsize=64)
def _strays(sheet: Sheet) -> tuple[Any, ...]:
    """The service tasks of a sheet to which no flow leads from a beginning."""
    reached = sheet.reached(one.get("id", "") for one in sheet.of("startEvent"))
    return tuple(one for one in sheet.of("serviceTask") if one.get("id", "") not in reached)


def _started(sheet: Sheet, node: Any, act: Act, met: set[Facts], watched: Watched, known: Set) -> Iterator[Problem]:
    if always(known, sheet, lambda seen: seen.met.get(node, set()), lambda held: done(act, held)):
        message = Finding(
            "%(node)s memulai jam %(subject)s yang sudah dimulai", node=called_so(node), subject=act.called
        )
        hint = (
            "Jam dimulai sekali saja; pakai layanan Jam yang berhenti dilanjutkan (clock.reopen) untuk "
            "melanjutkan hitungan yang sama."
        )
        yield problem(sheet, node, "started-twice", message, hint)
    elif any(begun(act, node.get("id", "")) in one for one in met) and _comes_back(sheet, node, known):
        message = Finding(
            "%(node)s memulai jam %(subject)s lagi: alur dapat kembali ke sini",
            node=called_so(node),
            subject=act.called,
        )
        hint = (
            "Mulai jamnya sebelum putaran, atau pakai layanan Jam yang berhenti dilanjutkan "
            "(clock.reopen) untuk melanjutkan hitungan yang sama."
        )
        yield problem(sheet, node, "started-twice", message, hint)
    else:
        yield from _unstopped(sheet, node, act, watched, known)


def _unstopped(sheet: Sheet, node: Any, act: Act, watched: Watched, known: Set) -> Iterator[Problem]:
    """Ends to which a clock runs on since an act: since its start, or since it was let go on."""
    if _astray(sheet, known, ("clock.stop", act.subject), (CLOSING, "")):
        return
    left = [one for held, one in watched.last.items() if _runs_since(act, node, held)]
    if left and all(f"{act.subject} runs" in one for one in watched.ends):
        message = Finding(
            "Jam %(subject)s yang %(began)s %(node)s tidak dihentikan pada jalan mana pun",
            subject=act.called,
            began=_BEGAN[act.kind],
            node=called_so(node),
        )
        yield problem(sheet, node, "never-stopped", message, _STOP)
    elif left := _left_running(sheet, act, node, known):
        ends = listed(sorted({called_so(one) for one in left}))
        message = Finding(
            "Jam %(subject)s yang %(began)s %(node)s dapat berjalan sampai akhir di %(ends)s",
            subject=act.called,
            began=_BEGAN[act.kind],
            node=called_so(node),
            ends=ends,
        )
        hint = joined((Finding(_STOP), Finding("Hentikan juga di jalan itu.")))
        yield problem(sheet, node, "never-stopped", message, hint, "warning")


def _left_running(sheet: Sheet, act: Act, node: Any, known: Set) -> list[Any]:
    """The nodes at which a process may end with the clock still running: by ways on which the same question always
    has the same answer, for it would be no way at all that answers it once so and once so."""
    found = (
        one for watched in agreeing(known, sheet) for held, one in watched.last.items() if _runs_since(act, node, held)
    )
    return list(dict.fromkeys(found))


def _runs_since(act: Act, node: Any, held: Facts) -> bool:
    since = [one for one in held if one.startswith(reopened(act, ""))]
    wanted = [reopened(act, node.get("id", ""))] if act.kind == "clock.reopen" else []
    return f"{act.subject} runs" in held and since == wanted


_BEGAN = {"clock.start": Finding("dimulai di"), "clock.reopen": Finding("diteruskan di")}
_STOP = "Pakai layanan Jam berhenti (clock.stop) saat kewajibannya selesai."


def _too_early(sheet: Sheet, act: Act, met: set[Facts], known: Set) -> bool:
    """Whether an act always comes before the start of its clock, which some process of the office starts."""
    clock = SERVICE if act.kind == "clock.pause" else act.subject
    if _astray(sheet, known, ("clock.start", clock)):
        return False
    begins = any(clock in _begun_in(one) for one in set(known.processes.values()))
    return begins and not any({f"{clock} runs", f"{clock} stopped"} & one for one in met)


@lru_cache(maxsize=64)
def _begun_in(sheet: Sheet) -> frozenset[str]:
    """The clocks that a sheet starts."""
    acts = (act_of(node) for node in sheet.of("serviceTask"))
    return frozenset(act.subject for act in acts if act is not None and act.kind == "clock.start")


def _comes_back(sheet: Sheet, node: Any, known: Set, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a further round, of a loop here or around what holds or calls this, leads through this node for certain.

    Where a choice goes round past it, data may keep the second start from happening.
    """
    if repeats(node) or _round_again(sheet, node.get("id", "")):
        return True
    holder = node.getparent()
    if passable(sheet, holder, node.get("id", "")):
        return False
    if local(holder) == "subProcess":
        return repeats(holder) or _comes_back(sheet, holder, known, seen)
    key = holder.get("id", "")
    calls = [] if key in seen else known.callers.get(key, [])
    return any(repeats(call) or _comes_back(at, call, known, seen | {key}) for at, call in calls)


def _round_again(sheet: Sheet, key: str) -> bool:
    ring = {one for one in sheet.reached(sheet.following(key)) if key in sheet.reached(sheet.following(one))}
    past = ring - {key}
    return bool(ring) and not any(one in sheet.reached(sheet.following(one), frozenset({key})) for one in past)


def _paused(sheet: Sheet, node: Any, act: Act, met: set[Facts], watched: Watched, known: Set) -> Iterator[Problem]:
    fact = f"paused for {act.subject}"
    resumes = ("clock.resume", act.subject)
    if fact not in watched.ended and not _astray(sheet, known, resumes, ("clock.stop", SERVICE)):
        message = Finding(
            "Jeda karena %(subject)s di %(node)s tidak diakhiri pada jalan mana pun",
            subject=act.called,
            node=called_so(node),
        )
        hint = "Pakai Jam layanan dilanjutkan (clock.resume) dengan sebab yang sama, atau Jam berhenti (clock.stop)."
        yield problem(sheet, node, "never-resumed", message, hint)
    elif fact in watched.ended and resumed(fact) not in watched.ended and not _astray(sheet, known, resumes):
        message = Finding(
            "Jeda karena %(subject)s di %(node)s tidak diteruskan pada jalan mana pun, hanya dihentikan",
            subject=act.called,
            node=called_so(node),
        )
        hint = "Pakai Jam layanan dilanjutkan (clock.resume) dengan sebab yang sama saat pekerjaan kembali ke kantor."
        yield problem(sheet, node, "never-resumed", message, hint, "warning")
    again = any(fact in one for one in met) and _comes_back(sheet, node, known)
    if again or always(known, sheet, lambda seen: seen.met.get(node, set()), lambda held: fact in held):
        message = Finding(
            "%(node)s menjeda jam yang sudah dijeda karena %(subject)s", node=called_so(node), subject=act.called
        )
        yield problem(sheet, node, "paused-twice", message, "Hapus salah satu jeda.", "warning")
