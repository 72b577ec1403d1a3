"""Pages for everybody: the office, its permits, both flows, tracking, verification of letters, tariff simulation."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.clock import WIB
from app.operations import documents, processes, public
from app.web import fields, words
from app.web.errors import told
from app.web.flow_words import outline
from app.web.parts import typed
from app.web.session import address
from engine.catalogue import Permit
from engine.deployment import Deployment
from engine.errors import NotFound, Refused, SubmissionInvalid
from engine.levy import Calculation

public_pages = Blueprint("umum", __name__)
Page = str | Response | tuple[str, int]
FLOWS = ("izin_retribusi", "izin_non_retribusi")
LONGEST_TEXT = 100


@public_pages.get("/")
def beranda() -> Page:
    deployment = processes.active()
    return render_template("umum/beranda.html", daftar=listed(deployment, ""), hari_ini=today())


@public_pages.get("/izin")
def izin() -> Page:
    deployment = processes.active()
    text = request.args.get("cari", "").replace("\x00", "")[:LONGEST_TEXT]
    idle = [one for one in deployment.catalogue.permits.values() if not one.active]
    return render_template(
        "umum/izin.html",
        daftar=listed(deployment, text),
        cari=text,
        hari_ini=today(),
        tidak_dilayani=() if text else idle,
    )


def listed(deployment: Deployment, text: str) -> list[Permit]:
    """Active permits by name, those that hold every word of `text`."""
    words = text.lower().split()
    active = (one for one in deployment.catalogue.permits.values() if one.active)
    found = [one for one in active if all(word in _haystack(one) for word in words)]
    return sorted(found, key=lambda one: one.name)


def _haystack(permit: Permit) -> str:
    return f"{permit.code} {permit.name} {permit.name_en} {permit.about} {permit.product}".lower()


@public_pages.get("/izin/<code>")
def satu_izin(code: str) -> Page:
    deployment = processes.active()
    permit = public.permit_of(deployment, code.upper())
    catalogue, day = deployment.catalogue, today()
    return render_template(
        "umum/satu_izin.html",
        izin=permit,
        katalog=catalogue,
        standar=permit.standard_on(day),
        batas=permit.legal_limit_on(day),
        tarif=catalogue.tariff_on(permit.levy, day) if permit.levy else None,
        persyaratan=[catalogue.requirements[one] for one in permit.requirements],
        diagram=drawn(deployment, permit.process),
    )


def today() -> date:
    """The day in WIB."""
    found: date = g.at.astimezone(WIB).date()
    return found


def drawn(deployment: Deployment, process: str) -> dict[str, Any]:
    """A process for the viewer, and the same in words (R-48)."""
    _name, xml = deployment.definition.file_of(process)
    return {
        "key": process,
        "name": deployment.definition.name_of(process),
        "data": {"xml": words.drawn(xml.decode("utf-8"))},
        "steps": outline(deployment.definition, process),
    }


@public_pages.get("/alur")
def alur() -> Page:
    """Both registration flows as pictures and in words; the parts they call have pages of their own."""
    deployment = processes.active()
    known = [one for one in FLOWS if one in deployment.definition.processes]
    called = dict.fromkeys(part for one in known for part in deployment.definition.called(one))
    parts = [(one, deployment.definition.name_of(one)) for one in called]
    return render_template("umum/alur.html", alur=[drawn(deployment, one) for one in known], bagian=parts)


@public_pages.get("/alur/<process>")
def bagian_alur(process: str) -> Page:
    deployment = processes.active()
    if process not in deployment.definition.processes:
        raise NotFound(_("Alur ini tidak ada."))
    return render_template("umum/bagian_alur.html", d=drawn(deployment, process))


# --- tracking


@public_pages.get("/lacak")
def lacak() -> Page:
    return _tracking({}, 200)


def _tracking(errors: dict[str, str], status: int, found: public.Tracked | None = None) -> tuple[str, int]:
    code = request.form.get("kode", request.args.get("kode", ""))[:40]
    return render_template("umum/lacak.html", salah=errors, kode=code, hasil=found), status


@public_pages.post("/lacak")
def lacak_kirim() -> Page:
    """A post, so that the second fact never stands in an address."""
    code, second = request.form.get("kode", "")[:40], request.form.get("angka", "")[:20]
    try:
        return _tracking({}, 200, public.track(code, second, address(), g.at))
    except NotFound as missing:
        return _tracking({"kode": told(missing)}, 404)
    except Refused as refused:
        return _tracking({"kode": told(refused)}, 429)


# --- verification


@public_pages.get("/periksa")
def periksa() -> Page:
    code = "".join(one for one in request.args.get("kode", "") if one.isalnum())[:40]
    if code:
        return redirect(url_for("umum.periksa_kode", code=code), 303)
    return render_template("umum/periksa.html", kode="", hasil=None, dicari=False, kunci=documents.office_key())


@public_pages.get("/periksa/<code>")
def periksa_kode(code: str) -> Page:
    """What the QR of a letter opens: ours or not, and whether it still stands."""
    found = documents.verify_letter(code[:40])
    page = render_template("umum/periksa.html", kode=code[:40], hasil=found, dicari=True, hari_ini=today(), kunci="")
    return page, 200 if found else 404


# --- simulation (R0)


@public_pages.get("/simulasi")
def simulasi() -> Page:
    permits = [one for one in listed(processes.active(), "") if one.levy]
    return render_template("umum/simulasi.html", daftar=permits)


def _with_levy(code: str) -> tuple[Deployment, Permit]:
    deployment = processes.active()
    permit = public.permit_of(deployment, code.upper())
    if not permit.levy or not permit.active:
        raise NotFound(_("Izin ini tidak dikenai retribusi, jadi tidak ada yang dapat disimulasikan."))
    return deployment, permit


@public_pages.get("/simulasi/<code>")
def simulasi_izin(code: str) -> Page:
    deployment, permit = _with_levy(code)
    return _simulated(deployment, permit, {})


@public_pages.post("/simulasi/<code>")
def simulasi_hitung(code: str) -> Page:
    """An estimate of today's tariff, kept nowhere; "Tambah" and "Hapus baris" work without JavaScript."""
    deployment, permit = _with_levy(code)
    form, raw = public.simulation_form(deployment, permit), typed()
    act, _sep, rest = request.form.get("aksi", "").partition(":")
    if act == "tambah":
        return _simulated(deployment, permit, fields.grown(form, raw, rest))
    if act == "kurang":
        name, _sep, row = rest.rpartition(":")
        return _simulated(deployment, permit, fields.shrunk(form, raw, name, row))
    try:
        return _simulated(deployment, permit, raw, result=public.simulate(deployment, permit, raw, g.at))
    except SubmissionInvalid as invalid:
        return _simulated(deployment, permit, raw, invalid.errors)


def _simulated(
    deployment: Deployment,
    permit: Permit,
    raw: dict[str, list[str]],
    errors: dict[str, str] | None = None,
    result: Calculation | None = None,
) -> tuple[str, int]:
    form = public.simulation_form(deployment, permit)
    page = render_template(
        "umum/simulasi_izin.html",
        izin=permit,
        form=form,
        bagian=fields.parts(fields.Filling(form, raw, errors=errors or {})),
        salah=errors or {},
        hasil=result,
        tarif=deployment.catalogue.tariff_on(permit.levy, today()),
    )
    return page, 422 if errors else 200
