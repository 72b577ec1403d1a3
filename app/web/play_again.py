"""A kept scenario on the table again: opened where it no longer goes on, what is left of it played in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from flask import request, url_for
from markupsafe import Markup, escape

from app.web.play_state import packed, unpacked
from app.web.words import cited, english
from engine.playing import Move, Start
from engine.scenarios import FOLDER, Result

LONGEST_NAME, LONGEST_TITLE = 61, 200


@dataclass(frozen=True)
class Rest:
    """What of a scenario is still to be played; `name`: of its file, without folder and ending."""

    name: str
    title: str
    start: Start
    moves: tuple[Move, ...]

    def query(self) -> dict[str, Any]:
        """As the pages of a play carry it along."""
        return {"asal": self.name, "judul": self.title, "sisa": packed(self.start, self.moves)}

    def after(self, move: Move) -> Rest:
        """Once a move was made by hand: it may have been the next one."""
        ahead = self.moves[:1]
        made = any((one.kind, one.element, one.unit) == (move.kind, move.element, move.unit) for one in ahead)
        return Rest(self.name, self.title, self.start, self.moves[1:] if made else self.moves)


def carried() -> Rest | None:
    """Of the address or the form; None where the play is of no scenario."""
    found = unpacked(request.values.get("sisa", ""))
    name = request.values.get("asal", "").replace("\x00", "")[:LONGEST_NAME]
    if found is None or not name:
        return None
    return Rest(name, request.values.get("judul", "").replace("\x00", "")[:LONGEST_TITLE], *found)


def address(plan: UUID, result: Result) -> str:
    """Where a scenario is looked at: its play as far as it goes; its file where it cannot be played."""
    if result.scenario is not None and not result.lacking:
        start, moves = result.scenario.start, result.scenario.moves
        name = str(PurePosixPath(result.file).relative_to(FOLDER).with_suffix(""))
        rest = Rest(name, result.title, start, moves[result.made :]).query()
        done = packed(start, moves[: result.made])
        if done and rest["sisa"]:
            return url_for("studio.main", plan_id=plan, p=done, **rest)
    return url_for("studio.berkas", plan_id=plan, nama=result.file)


def title(result: Result) -> Markup:
    """What a scenario is called in the reader's language: as its file says, else as the office has it."""
    known = result.scenario.title_en if result.scenario and english() else ""
    return escape(known) if known else cited(result.title)
