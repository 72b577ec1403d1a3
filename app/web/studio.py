"""Studio: drafts of the next release, their files as text, the check of the whole, the proposal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from app.operations import draft_files, release_drafts
from app.operations.release_drafts import DraftFile
from app.web.admin import word
from app.web.documents import attachment
from app.web.errors import told
from app.web.parts import key, sent, whole
from app.web.rendering import stop
from app.web.session import official_required, person
from app.web.words import translated
from engine import access
from engine.errors import DefinitionInvalid, Problem, Refused, SubmissionInvalid

studio = Blueprint("studio", __name__)
Page = AnyResponse | tuple[str, int] | str


def me() -> UUID:
    return person().actor.id


@studio.get("/studio")
@official_required
def daftar() -> Page:
    return _list({}, 200)


def _list(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = release_drafts.drafts(me(), g.at)
    may = access.may(person().actor, "deploy")
    page = render_template("studio/daftar.html", rancangan=found, boleh=may, salah=errors, isi=request.form)
    return page, status


@studio.post("/studio")
@official_required
def mulai() -> Page:
    try:
        id = release_drafts.begin(word("judul", 400), me(), g.at, key())
    except SubmissionInvalid as invalid:
        return _list(invalid.errors, 422)
    return redirect(url_for("studio.satu", plan_id=id), 303)


@studio.get("/studio/<uuid:plan_id>")
@official_required
def satu(plan_id: UUID) -> Page:
    return draft_page(plan_id)


def draft_page(
    id: UUID,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    said: str = "",
    unread: tuple[Problem, ...] = (),
) -> tuple[str, int]:
    """The page of a draft: faults by field, the status, why something was not done, what could not be read."""
    found = release_drafts.draft(id, me(), g.at)
    open_ = found.row.status == "open"
    page = render_template(
        "studio/satu.html",
        r=found,
        kelompok=_grouped(found.files),
        masalah=sorted(release_drafts.check(id, me(), g.at), key=lambda one: one.severity) if open_ else (),
        boleh=open_ and access.may(person().actor, "deploy"),
        boleh_buka=access.may(person().actor, "deploy"),
        salah=errors or {},
        isi=request.form,
        kabar=said,
        tak_terbaca=unread,
    )
    return page, status


KINDS = (
    (lazy_gettext("Diagram"), "processes/", ".bpmn"),
    (lazy_gettext("Tabel keputusan"), "processes/", ".dmn"),
    (lazy_gettext("Formulir"), "forms/", ".json"),
    (lazy_gettext("Data hukum"), "processes/catalogue/", ".json"),
    (lazy_gettext("Surat"), "processes/letters/", ".typ"),
    (lazy_gettext("Skenario"), "processes/scenarios/", ".json"),
)


def _grouped(files: tuple[DraftFile, ...]) -> list[tuple[Any, list[DraftFile]]]:
    """The files of a draft by what they are, kinds without any left out."""
    found = [
        (title, [one for one in files if one.path.startswith(folder) and one.path.endswith(suffix)])
        for title, folder, suffix in KINDS
    ]
    return [(title, some) for title, some in found if some]


@studio.post("/studio/<uuid:plan_id>/usulkan")
@official_required
def usulkan(plan_id: UUID) -> Page:
    try:
        made = release_drafts.propose(plan_id, word("keterangan", 2000), me(), g.at)
    except SubmissionInvalid as invalid:
        return draft_page(plan_id, invalid.errors, 422)
    except DefinitionInvalid:
        return draft_page(plan_id, {}, 422, _("Masih ada galat yang menghalangi; perbaiki dahulu."))
    except Refused as refused:
        return draft_page(plan_id, {}, 409, told(refused))
    flash(
        _(
            "Rancangan diusulkan sebagai terbitan %(nomor)s; pengelola proses lain yang memutuskannya.",
            nomor=made.number,
        )
    )
    return redirect(url_for("kelola.satu_proses", deployment_id=made.id), 303)


@studio.post("/studio/<uuid:plan_id>/buang")
@official_required
def buang(plan_id: UUID) -> Page:
    try:
        release_drafts.drop(plan_id, word("alasan", 2000), me(), g.at)
    except SubmissionInvalid as invalid:
        return draft_page(plan_id, invalid.errors, 422)
    except Refused as refused:
        return draft_page(plan_id, {}, 409, told(refused))
    flash(_("Rancangan dibuang; simpanannya tetap dapat dibaca."))
    return redirect(url_for("studio.daftar"), 303)


@studio.post("/studio/<uuid:plan_id>/gabungkan")
@official_required
def gabungkan(plan_id: UUID) -> Page:
    chosen: dict[str, draft_files.Whose] = {}
    for name, value in request.form.items():
        if name.startswith("pilih:") and value in ("mine", "theirs"):
            chosen[name.removeprefix("pilih:")] = "mine" if value == "mine" else "theirs"
    try:
        draft_files.merge(plan_id, chosen, me(), g.at)
    except Refused as refused:
        return draft_page(plan_id, {}, 409, told(refused))
    flash(_("Rancangan kini berdiri di atas terbitan yang berlaku."))
    return redirect(url_for("studio.satu", plan_id=plan_id), 303)


@studio.get("/studio/<uuid:plan_id>/unduh.zip")
@official_required
def unduh(plan_id: UUID) -> Response:
    """The whole release as the draft has it, in one file whose bytes are the same for the same content."""
    return attachment(release_drafts.bundle(plan_id, me(), g.at))


# --- one file


EDITORS = (
    (".bpmn", "", "studio.diagram"),
    (".dmn", "", "studio.tabel"),
    (".json", "forms/", "studio.formulir"),
    (".json", "processes/catalogue/", "studio.hukum"),
    (".typ", "", "studio.surat"),
)


@studio.app_template_test("skenario")
def is_scenario(path: str) -> bool:
    return path.startswith("processes/scenarios/")


@studio.app_template_global("alamat_editor")
def editor_of(plan: UUID, path: str) -> str:
    """Where a file of a draft is changed: its editor, or as text."""
    found = (page for suffix, folder, page in EDITORS if path.endswith(suffix) and path.startswith(folder))
    return url_for(next(found, "studio.berkas"), plan_id=plan, nama=path)


def chosen_path() -> str:
    """The file of the draft that is meant."""
    return request.values.get("nama", "").replace("\x00", "")[:200]


@studio.get("/studio/<uuid:plan_id>/berkas")
@official_required
def berkas(plan_id: UUID) -> Page:
    if not chosen_path():
        release_drafts.draft(plan_id, me(), g.at)
        return redirect(url_for("studio.satu", plan_id=plan_id))
    return _file(plan_id, chosen_path())


def _file(
    id: UUID, path: str, typed: str | None = None, said: str = "", problems: tuple[Problem, ...] = (), status: int = 200
) -> tuple[str, int]:
    found = draft_files.opened(id, path, me(), g.at)
    row = release_drafts.draft(id, me(), g.at).row
    content = (found.content or b"").decode("utf-8", "replace") if typed is None else typed
    page = render_template(
        "studio/berkas.html",
        r=row,
        b=found,
        teks=content,
        versi=whole(request.form.get("versi", "")) if typed is not None else found.version,
        boleh=row.status == "open" and access.may(person().actor, "deploy") and not found.editors,
        masalah=problems,
        kabar=said,
        rupa=PurePosixPath(path).suffix.removeprefix("."),
    )
    return page, status


@studio.post("/studio/<uuid:plan_id>/berkas")
@official_required
def ubah(plan_id: UUID) -> Page:
    """Save, take out, take back, hold, ask for or hand over a file: `aksi`."""
    path, act = chosen_path(), request.form.get("aksi", "simpan")
    # Browsers end lines of a text area as forms do; files of a release end them as the repository does.
    text = request.form.get("isi", "").replace("\r\n", "\n")
    try:
        _done(plan_id, path, act, text)
        if act == "minta":
            flash(_("Giliran diminta; halaman pemegangnya memberi tahu dia sekarang."))
    except DefinitionInvalid as invalid:
        return _file(plan_id, path, text, _("Belum disimpan: berkas ini tidak dapat dibaca."), invalid.problems, 422)
    except SubmissionInvalid as invalid:
        return draft_page(plan_id, invalid.errors, 422)
    except Refused as refused:
        return _file(plan_id, path, text if act == "simpan" else None, told(refused), (), 409)
    return redirect(url_for("studio.berkas", plan_id=plan_id, nama=path), 303)


def _done(id: UUID, path: str, act: str, text: str) -> None:
    version, by, at = whole(request.form.get("versi", "")) or 0, me(), g.at
    acts: dict[str, Any] = {
        "simpan": lambda: draft_files.save(id, path, text.encode("utf-8", "replace"), version, by, at),
        "keluarkan": lambda: draft_files.remove(id, path, version, by, at),
        "semula": lambda: draft_files.as_base(id, path, version, by, at),
        "pulihkan": lambda: draft_files.bring_back(id, path, whole(word("simpanan")) or 0, version, by, at),
        "pegang": lambda: _held(id, path),
        "minta": lambda: draft_files.ask(id, path, by, at),
        "serahkan": lambda: draft_files.hand_over(id, path, by, at),
    }
    acts.get(act, acts["pegang"])()


def _held(id: UUID, path: str) -> None:
    if not draft_files.hold(id, path, me(), g.at):
        raise Refused("Berkas ini sedang diubah orang lain.")


@studio.post("/studio/<uuid:plan_id>/impor")
@official_required
def impor(plan_id: UUID) -> Page:
    """A file from this computer takes the place of one of the draft, or joins it, under the name that is given."""
    content, path = sent("berkas"), chosen_path()
    try:
        draft_files.take_in(plan_id, path, content, me(), g.at)
    except DefinitionInvalid as invalid:
        one = invalid.problems[0]
        why = translated(one.message) + (f"{stop(one.message)} {translated(one.hint)}" if one.hint else "")
        said = _("%(nama)s baris %(baris)s: %(pesan)s", nama=path, baris=one.line, pesan=why)
        return draft_page(plan_id, {"berkas": said}, 422)
    except SubmissionInvalid as invalid:
        return draft_page(plan_id, invalid.errors, 422)
    except Refused as refused:
        return draft_page(plan_id, {}, 409, told(refused))
    flash(_("%(nama)s disimpan dalam rancangan.", nama=path))
    return redirect(url_for("studio.berkas", plan_id=plan_id, nama=path), 303)
