"""The applicant's pages: choose a permit, own cases, one case in plain words; and the counter doing it for him."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.operations import applications, asking, board, cases, counter, people, processes, public, telling
from app.web.answered import answers
from app.web.parts import end_of_day, key, place, place_text, uuid_of
from app.web.public import listed, today
from app.web.session import login_required, official_required, person
from engine import access
from engine.catalogue import Permit
from engine.deployment import Deployment
from engine.errors import CaseSuspended, NotAllowed, NotFound, SubmissionInvalid

applicant_pages = Blueprint("permohonan", __name__)
Page = str | Response | tuple[str, int]
LONGEST_TEXT = 100


@applicant_pages.get("/permohonan")
@login_required
def saya() -> Page:
    if person().actor.kind == "official":
        raise NotAllowed("Halaman ini bagi pemohon.")
    lines = board.my_cases(person().actor.id, g.at)
    return render_template("permohonan/saya.html", daftar=lines)


# --- a new application


@applicant_pages.get("/permohonan/baru")
@login_required
def baru() -> Page:
    _counter_only()
    code, text = request.args.get("izin", "").upper()[:20], request.args.get("cari", "").replace("\x00", "")
    deployment = processes.active()
    if not code:
        found = listed(deployment, text[:LONGEST_TEXT])
        helped = _helped(uuid_of(request.args.get("pemohon", "")))
        return render_template("permohonan/pilih.html", daftar=found, cari=text[:LONGEST_TEXT], dibantu=helped)
    return _starting(deployment, _offered(deployment, code))


def _counter_only() -> None:
    """Applicants start their own; of the officials only the counter starts one for somebody."""
    if person().actor.kind == "official":
        access.require(person().actor, "file_for_applicant")


def _offered(deployment: Deployment, code: str) -> Permit:
    permit = public.permit_of(deployment, code)
    if not permit.active:
        raise NotFound(_("Izin ini tidak dilayani di sini."))
    return permit


def _helped(id: UUID | None) -> counter.Person | None:
    """The person an official files for; an official without one is sent to choose him."""
    if person().actor.kind == "applicant":
        return None
    return counter.person_page(id, person().actor.id, g.at).person if id else None


def _starting(
    deployment: Deployment, permit: Permit, errors: Mapping[str, str] | None = None, status: int = 200
) -> tuple[str, int] | Response:
    helped = _helped(uuid_of(request.values.get("pemohon", "")))
    if person().actor.kind == "official" and helped is None:
        flash(_("Pilih dahulu pemohon yang dibantu."))
        return redirect(url_for("permohonan.loket"), 303)
    catalogue = deployment.catalogue
    page = render_template(
        "permohonan/mulai.html",
        izin=permit,
        persyaratan=[catalogue.requirements[one] for one in permit.requirements],
        standar=permit.standard_on(today()),
        kategori=[one for one in cases.CATEGORIES if permit.offered_to(one)],
        dibantu=helped,
        salah=errors or {},
        isi=request.form,
    )
    return page, status


@applicant_pages.post("/permohonan/baru")
@login_required
def baru_kirim() -> Page:
    """Open the application; the same key opens it once."""
    code, kind, category = (request.form.get(name, "")[:40] for name in ("izin", "jenis", "kategori"))
    helped = uuid_of(request.form.get("pemohon", ""))
    try:
        made = cases.open_case(code, kind, category, person().actor.id, g.at, helped, key())
    except SubmissionInvalid as invalid:
        deployment = processes.active()
        return _starting(deployment, _offered(deployment, code), invalid.errors, 422)
    flash(_("Permohonan dibuka. Isilah formulirnya; rancangan tersimpan sendiri."))
    return redirect(url_for("kerja.tugas", task_id=made.task_id), 303)


# --- one case


@applicant_pages.get("/permohonan/<uuid:case_id>")
@login_required
def berkas(case_id: UUID) -> Page:
    return drawn_case(case_id)


def drawn_case(case_id: UUID, errors: Mapping[str, str] | None = None, status: int = 200) -> tuple[str, int]:
    found = applications.page(case_id, person().actor.id, g.at)
    by_id = {str(one.id): one for one in found.documents}
    answered = [(form.title, row, answers(form, row.values, found.lists, by_id)) for form, row in found.submissions]
    page = render_template("permohonan/berkas.html", k=found, jawaban=answered, salah=errors or {}, isi=request.form)
    return page, status


@applicant_pages.post("/permohonan/<uuid:case_id>/tunda")
@login_required
def tunda(case_id: UUID) -> Page:
    """Ask for a hold (ruling 42)."""
    try:
        until = end_of_day("sampai", _("Sampai tanggal"))
        cases.ask_hold(case_id, request.form.get("alasan", ""), until, person().actor.id, g.at, key())
    except SubmissionInvalid as invalid:
        return drawn_case(case_id, invalid.errors, 422)
    except CaseSuspended:
        return drawn_case(case_id, status=409)
    flash(_("Permintaan penundaan disampaikan kepada Kepala Seksi."))
    return redirect(url_for("permohonan.berkas", case_id=case_id), 303)


@applicant_pages.post("/permohonan/<uuid:case_id>/pertanyaan/<uuid:question_id>")
@login_required
def jawab(case_id: UUID, question_id: UUID) -> Page:
    """Answer what an official asked, in words."""
    name = f"jawaban-{question_id}"
    try:
        asking.answer(case_id, question_id, request.form.get(name, ""), person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return drawn_case(case_id, invalid.errors, 422)
    flash(_("Jawaban dikirim kepada petugas."))
    return redirect(url_for("permohonan.berkas", case_id=case_id, _anchor="pertanyaan"), 303)


@applicant_pages.post("/permohonan/<uuid:case_id>/cabut")
@login_required
def cabut(case_id: UUID) -> Page:
    if request.form.get("yakin") != "ya":
        return drawn_case(case_id, {"yakin": _("Centang dahulu bahwa Anda mengerti akibatnya")}, 422)
    try:
        cases.withdraw(case_id, person().actor.id, g.at, key())
    except CaseSuspended:
        return drawn_case(case_id, status=409)
    flash(_("Permohonan dicabut."))
    return redirect(url_for("permohonan.berkas", case_id=case_id), 303)


# --- the counter


@applicant_pages.get("/loket")
@official_required
def loket() -> Page:
    return _counter({}, 200)


def _counter(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    text = request.args.get("cari", "").replace("\x00", "")[:LONGEST_TEXT]
    found = counter.find_people(text, person().actor.id, g.at)
    page = render_template(
        "permohonan/loket.html",
        cari=text,
        daftar=found,
        menunggu=telling.count(person().actor.id, g.at),
        salah=errors,
        isi=request.form,
    )
    return page, status


@applicant_pages.post("/loket/pemohon")
@official_required
def daftarkan() -> Page:
    """Register a person without e-mail; a NIK that is known opens the person it belongs to."""
    typed = {name: request.form.get(name, "") for name in ("nama", "nik", "telepon", "alamat")}
    try:
        found = people.register_at_counter(
            typed["nama"], typed["nik"], typed["telepon"], typed["alamat"], person().actor.id, g.at
        )
    except SubmissionInvalid as invalid:
        return _counter(invalid.errors, 422)
    return redirect(url_for("permohonan.pemohon", person_id=found), 303)


@applicant_pages.get("/loket/<uuid:person_id>")
@official_required
def pemohon(person_id: UUID) -> Page:
    return _applicant(person_id, {}, 200)


def _applicant(person_id: UUID, errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = counter.person_page(person_id, person().actor.id, g.at)
    alone = [str(one.row.id) for one in found.untold] if len(found.untold) == 1 else []
    page = render_template(
        "permohonan/pemohon.html",
        pemohon=found.person,
        daftar=found.cases,
        belum=found.untold,
        dipilih=request.form.getlist("pesan") if errors else alone,
        salah=errors,
        isi=request.form,
    )
    return page, status


# --- what the counter tells people without e-mail


@applicant_pages.get("/loket/pesan")
@official_required
def belum_disampaikan() -> str:
    found = telling.waiting(person().actor.id, g.at, place(request.args.get("sesudah", "")))
    more = place_text(*found.more) if found.more else ""
    return render_template("permohonan/belum_disampaikan.html", hasil=found, lanjut=more)


@applicant_pages.post("/loket/<uuid:person_id>/pesan")
@official_required
def sampaikan(person_id: UUID) -> Page:
    """Mark messages as told; pressed twice, the first press stands."""
    chosen = [found for one in request.form.getlist("pesan") if (found := uuid_of(one))]
    way, note = request.form.get("cara", ""), request.form.get("catatan_penyampaian", "")
    try:
        n = telling.tell(person_id, chosen, way, note, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return _applicant(person_id, invalid.errors, 422)
    told = ngettext("%(num)s pesan ditandai sudah disampaikan.", "%(num)s pesan ditandai sudah disampaikan.", n)
    flash(told if n else _("Pesan itu sudah ditandai sebelumnya."))
    return redirect(url_for("permohonan.pemohon", person_id=person_id), 303)
