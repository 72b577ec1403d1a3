"""Accounts: log in and out, sign up, activate, forgotten and changed passwords, language, theme, sessions."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.operations import own_account, people
from app.web.errors import told
from app.web.navigation import safe
from app.web.rendering import LANGUAGES
from app.web.session import address, finish, login_required, person, start, token
from engine.errors import NotAllowed, Refused, SubmissionInvalid

accounts = Blueprint("akun", __name__)
Page = str | Response | tuple[str, int]
YEAR = 365 * 24 * 3600
THEMES = ("terang", "gelap", "")  # "": as the computer is set


def home(kind: str) -> str:
    """Where a person's day begins."""
    endpoint = "tugas.kotak" if kind == "official" else "permohonan.saya"
    return url_for(endpoint) if endpoint in current_app.view_functions else "/"


def _form(template: str, errors: dict[str, str], status: int, **values: object) -> tuple[str, int]:
    return render_template(template, salah=errors, isi=request.form, **values), status


@accounts.get("/masuk")
def masuk() -> Page:
    if g.person is not None:
        return redirect(home(g.person.actor.kind), 303)
    lanjut = safe(request.args.get("lanjut", ""), "")
    return render_template("akun/masuk.html", salah={}, isi={}, lanjut=lanjut)


@accounts.post("/masuk")
def masuk_kirim() -> Page:
    lanjut = safe(request.form.get("lanjut", ""), "")
    try:
        found = people.log_in(request.form.get("email", ""), request.form.get("sandi", ""), address(), g.at)
    except NotAllowed as refused:
        return _form("akun/masuk.html", {"email": told(refused)}, 422, lanjut=lanjut)
    except Refused as refused:
        return _form("akun/masuk.html", {"email": told(refused)}, 429, lanjut=lanjut)
    return start(redirect(lanjut or home(found.kind), 303), found.id)


@accounts.post("/keluar")
def keluar() -> Page:
    return finish(redirect(url_for("akun.masuk"), 303))


@accounts.get("/daftar")
def daftar() -> Page:
    return render_template("akun/daftar.html", salah={}, isi={})


@accounts.post("/daftar")
def daftar_kirim() -> Page:
    typed = {name: request.form.get(name, "") for name in ("nama", "email", "sandi", "telepon", "nik")}
    link = url_for("akun.aktivasi", token="TOKEN", _external=True).replace("TOKEN", "{token}")
    try:
        people.sign_up(typed["nama"], typed["email"], typed["sandi"], typed["telepon"], typed["nik"], link, g.at)
    except SubmissionInvalid as invalid:
        return _form("akun/daftar.html", invalid.errors, 422)
    return redirect(url_for("akun.daftar_terkirim"), 303)


@accounts.get("/daftar/terkirim")
def daftar_terkirim() -> Page:
    return render_template("akun/terkirim.html", daftar=True)


@accounts.get("/aktivasi/<token>")
def aktivasi(token: str) -> Page:
    """A page with a button: programs that fetch links in letters must not use the link up."""
    return render_template("akun/aktivasi.html", token=token)


@accounts.post("/aktivasi/<token>")
def aktivasi_kirim(token: str) -> Page:
    found = people.verify_email(token, g.at)
    flash(_("Akun Anda sudah aktif. Selamat datang, %(nama)s.", nama=found.name))
    return start(redirect(home(found.kind), 303), found.id)


@accounts.get("/lupa-sandi")
def lupa() -> Page:
    return render_template("akun/lupa.html", salah={}, isi={})


@accounts.post("/lupa-sandi")
def lupa_kirim() -> Page:
    link = url_for("akun.sandi_baru", token="TOKEN", _external=True).replace("TOKEN", "{token}")
    people.ask_reset(request.form.get("email", ""), link, address(), g.at)
    return render_template("akun/terkirim.html", daftar=False)


@accounts.get("/sandi-baru/<token>")
def sandi_baru(token: str) -> Page:
    return render_template("akun/sandi_baru.html", salah={}, token=token)


@accounts.post("/sandi-baru/<token>")
def sandi_baru_kirim(token: str) -> Page:
    try:
        own_account.same_twice(request.form.get("sandi", ""), request.form.get("ulang", ""))
        people.reset_password(token, request.form.get("sandi", ""), g.at)
    except SubmissionInvalid as invalid:
        return _form("akun/sandi_baru.html", invalid.errors, 422, token=token)
    flash(_("Kata sandi sudah diganti. Silakan masuk."))
    return redirect(url_for("akun.masuk"), 303)


@accounts.get("/akun")
@login_required
def profil() -> Page:
    return _profile({}, 200)


def _profile(errors: dict[str, str], status: int) -> tuple[str, int]:
    account = own_account.page(person().actor.id, token(), g.at)
    return render_template("akun/profil.html", akun=account, salah=errors), status


@accounts.post("/akun/sandi")
@login_required
def ganti_sandi() -> Page:
    typed = {name: request.form.get(name, "") for name in ("lama", "sandi", "ulang")}
    try:
        own_account.same_twice(typed["sandi"], typed["ulang"])
        own_account.change_password(person().actor.id, typed["lama"], typed["sandi"], g.at)
    except SubmissionInvalid as invalid:
        return _profile(invalid.errors, 422)
    flash(_("Kata sandi sudah diganti; sesi di perangkat lain diakhiri."))
    return start(redirect(url_for("akun.profil"), 303), person().actor.id)


@accounts.post("/akun/sesi")
@login_required
def akhiri_sesi() -> Page:
    own_account.end_other_sessions(person().actor.id, token(), g.at)
    flash(_("Sesi di perangkat lain diakhiri."))
    return redirect(url_for("akun.profil"), 303)


@accounts.post("/bahasa")
def pilih_bahasa() -> Page:
    wanted = request.form.get("bahasa", "id")
    language = wanted if wanted in LANGUAGES else "id"
    if g.person is not None:
        people.choose_language(person().actor.id, language, person().theme, g.at)
    answer = redirect(safe(request.form.get("lanjut", "/")), 303)
    answer.set_cookie("bahasa", language, max_age=YEAR, samesite="Lax")
    return answer


@accounts.post("/tema")
@login_required
def pilih_tema() -> Page:
    wanted = request.form.get("tema", "")
    people.choose_language(person().actor.id, person().language, wanted if wanted in THEMES else "", g.at)
    return redirect(safe(request.form.get("lanjut", "/")), 303)
