"""What a draft is proved by: its scenarios played again and what they cover, past files decided once more.

Its pages hang under the studio.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, render_template, request

from app.operations import draft_playing, draft_replaying
from app.web import play_again
from app.web.errors import told
from app.web.parts import uuid_of
from app.web.play_words import Words
from app.web.playing import begin
from app.web.session import official_required
from app.web.studio import Page, me, studio
from engine.bpmn import Definition
from engine.errors import DefinitionInvalid
from engine.scenarios import Covered


@studio.get("/studio/<uuid:plan_id>/skenario")
@official_required
def skenario(plan_id: UUID) -> Page:
    """Every scenario played again, what they cover, and the articles behind the steps."""
    try:
        found = draft_playing.proven(plan_id, me(), g.at)
    except DefinitionInvalid as fault:
        return begin(plan_id, {}, 409, told(fault))
    definition = found.release.definition
    words = Words(found.release)
    return render_template(
        "studio/skenario.html",
        s=found,
        alamat=lambda one: play_again.address(plan_id, one),
        judul=play_again.title,
        gambar=[(one, _covered(definition, one)) for one in found.covered],
        nama_unsur=words.element,
        nama_alur=words.way,
        nama_syarat={one.id: one.name for one in definition.flows}.get,
    )


def _covered(definition: Definition, one: Covered) -> dict[str, Any]:
    """What the viewer draws: the diagram, what scenarios passed of its elements and flows, and what they did not."""
    missed = (*one.missed, *one.missed_ways)
    done = sorted({*one.elements, *one.ways} - {*missed})
    return {"xml": definition.file_of(one.process)[1].decode(), "done": done, "missed": missed}


@studio.get("/studio/<uuid:plan_id>/ulang")
@official_required
def ulang(plan_id: UUID) -> Page:
    """Files that were served lately, decided once more on the draft."""
    try:
        found = draft_replaying.lab(plan_id, me(), g.at, uuid_of(request.args.get("setelah", "")))
    except DefinitionInvalid as fault:
        return begin(plan_id, {}, 409, told(fault))
    words = Words(*(one.own for one in found.replays), found.release)
    return render_template("studio/ulang.html", u=found, nama_unsur=words.element)
