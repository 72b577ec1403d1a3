"""Engine errors to HTTP: the one table.  A page that keeps what was typed handles SubmissionInvalid itself."""

from __future__ import annotations

import logging
from fractions import Fraction
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from app.operations.background import record_incident
from app.operations.frame import NOTHING
from app.operations.retrying import Unavailable
from app.web.navigation import came_from, role_words
from app.web.security import LONGEST_FORM, MOST_FIELDS
from app.web.words import fraction, translated
from engine.errors import EngineError, Incident, NotAllowed, NotFound, Refused, Sentence, SubmissionInvalid, TaskNotOpen

log = logging.getLogger("eperizinan")
MEGABYTE = 1024 * 1024
Answer = tuple[str | Response, int] | tuple[str | Response, int, dict[str, str]]
LATER = {"Retry-After": "5"}

TITLES = {
    400: "Permintaan tidak dapat dibaca",
    401: "Anda perlu masuk dahulu",
    403: "Tidak berwenang",
    404: "Tidak ditemukan",
    405: "Cara ini tidak dilayani",
    409: "Keadaan sudah berubah",
    413: "Kiriman terlalu besar",
    414: "Alamat terlalu panjang",
    422: "Ada yang perlu diperbaiki",
    500: "Terjadi gangguan",
    503: "Sedang tidak tersedia",
}


def page(
    status: int, message: str, details: list[str] | None = None, back: str = "", task: str = "", case: str = ""
) -> tuple[str, int]:
    """One plain page for every refusal: what happened, and where to go from here (`back`: where one came from).

    `task`: photographs of it that wait on this phone are shown; `case`: the file that was spoken of.
    """
    title = _(TITLES.get(status, "Terjadi gangguan"))
    whom = _as_whom(status) if status in TO_A_PERSON and getattr(g, "person", None) is not None else ""
    back = back or (_before() if whom else "")
    shown = {"judul": title, "pesan": message, "rincian": details or [], "kembali": back, "tugas": task}
    shown |= {"berkas": case, "sebagai": whom}
    return render_template("galat.html", status=status, **shown), status


TO_A_PERSON = (403, 404)


def _as_whom(status: int) -> str:
    """In which role somebody was refused; of what was not found too, for it may be another's."""
    role = role_words()
    if status == 404:
        return str(_("Mungkin tidak ada, atau bukan untuk Anda. Anda masuk sebagai %(peran)s.", peran=role))
    return str(_("Anda masuk sebagai %(peran)s.", peran=role))


def _before() -> str:
    """The page of this site that somebody came from, where that is another one and not that of logging in."""
    before = came_from()
    return before if before.partition("?")[0] not in (request.path, url_for("akun.masuk")) else ""


def told(error: EngineError) -> str:
    """The error's sentence in the reader's language."""
    if isinstance(error.message, Sentence):
        return translated(error.message)
    return str(_(error.message) % error.params if error.params else _(error.message))


def _refused(error: Refused) -> Answer:
    case = (request.view_args or {}).get("case_id", "")
    return page(409, told(error), back=came_from(), task=_task_gone(error), case=str(case))


def _task_gone(error: Refused) -> str:
    """The task somebody reached for too late: photographs of it may wait on his phone.  "" for other refusals."""
    return str((request.view_args or {}).get("task_id", "")) if isinstance(error, TaskNotOpen) else ""


def _not_allowed(error: NotAllowed) -> Answer:
    return page(403, told(error))


def _not_found(error: NotFound) -> Answer:
    return page(404, told(error))


def _invalid(error: SubmissionInvalid) -> Answer:
    return page(422, _("Ada isian yang perlu diperbaiki."), list(error.errors.values()))


def _unavailable(error: Unavailable) -> Answer:
    """503; whoever was sending something gets it back in a page that sends it again."""
    if _asked_by_script():
        return jsonify(kata=_("Basis data sedang tidak dapat dihubungi; coba lagi sebentar lagi.")), 503, LATER
    if request.method == "POST" and request.form:
        g.person, g.frame = None, NOTHING
        return _kept_page("tanpa_basis_data"), 503, LATER
    body, status = _bare(503, _("Basis data sedang tidak dapat dihubungi; coba lagi sebentar lagi."))
    return body, status, LATER


def _asked_by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _kept_page(why: str, token: str = "") -> str:
    """Everything typed, to be sent again by its button: the same key, so once is once.

    `why`: tanpa_basis_data | sesi_berakhir | masuk_lagi | terlalu_lama; `token`: the
    one to send instead of the page's own, "" keeps that.  Passwords are not written
    into a page but asked for again; files cannot be.
    """
    secrets = [name for name in request.form if _secret(name)]
    rows = [(name, one) for name, values in request.form.lists() if name not in secrets for one in values]
    if token:
        rows = [("csrf_token", token), *(row for row in rows if row[0] != "csrf_token")]
    files = any(one.filename for one in request.files.values())
    values = {"isian": rows, "sandi": secrets, "ada_berkas": files, "macam": request.mimetype}
    return render_template("tertahan.html", sebab=why, tanpa_basis_data=why == "tanpa_basis_data", **values)


def _secret(name: str) -> bool:
    """A field of a password: it says so, or stands beside one as the old one or the repetition."""
    return "sandi" in name or (name in ("lama", "ulang") and "sandi" in request.form)


def _from_our_page() -> bool:
    """Whether a page of this site sent a form: another site's must not come back as if typed here."""
    sender = urlsplit(request.headers.get("Origin") or request.referrer or "").netloc
    ours = sender == request.host and request.headers.get("Sec-Fetch-Site") != "cross-site"
    return ours and request.method == "POST" and bool(request.form)


def _visit_over(status: int) -> Answer | None:
    """What was typed, with a token of the present visit; None when no page of ours sent a form."""
    if _asked_by_script():
        known = getattr(g, "person", None) is not None
        told = _("Belum tersimpan: Anda sudah masuk lagi sejak halaman ini dibuka; tekan Simpan rancangan.")
        return jsonify(
            kata=told if known else _("Belum tersimpan: sesi Anda sudah berakhir; tekan Simpan rancangan.")
        ), status
    return (_kept_page(_why_over(), generate_csrf()), status) if _from_our_page() else None


def _why_over() -> str:
    """What became of the visit a form was opened in."""
    if getattr(g, "person", None) is not None:
        return "masuk_lagi"
    asks = getattr(current_app.view_functions.get(request.endpoint or ""), "asks_login", False)
    return "sesi_berakhir" if asks else "terlalu_lama"


def _incident(error: Incident) -> Answer:
    """A fault of a definition: recorded in the case's own list, told without details."""
    case_id = getattr(g, "case_id", None)
    if case_id is not None:
        record_incident(case_id, error, request.path, g.at)
    log.error("incident element=%s path=%s", error.element, request.path)
    return page(
        500, _("Berkas ini mengalami gangguan pada definisi prosesnya dan sudah dicatat; petugas akan memperbaikinya.")
    )


def _http(error: HTTPException) -> Answer:
    status = error.code or 500
    if status == 401 and request.method == "POST" and (kept := _visit_over(401)) is not None:
        return kept
    messages = {
        401: _("Silakan masuk, lalu ulangi."),
        403: _("Anda tidak berwenang melakukan tindakan ini."),
        404: _("Halaman atau berkas ini tidak ditemukan."),
        405: _("Halaman ini tidak dapat dibuka dengan cara itu."),
        414: _("Persingkat yang dicari, lalu coba lagi. Tidak ada yang berubah atau hilang."),
    }
    back = came_from() if status == 414 else ""
    return page(status, messages.get(status, _("Permintaan ini tidak dapat diproses.")), back=back)


def _too_large(_error: RequestEntityTooLarge) -> Answer:
    """Which limit was passed, and the way back to the page, where the saved draft is."""
    advice = [
        _("Rancangan dan berkas yang sudah tersimpan tetap ada di halaman tadi; sesudahnya belum terkirim."),
        _("Kecilkan berkas atau pindai dengan resolusi lebih rendah, lalu unggah satu per satu."),
        _("Teks yang panjang sebaiknya dikirim sebagai berkas PDF."),
    ]
    return page(413, _limit_passed(), advice, came_from())


def _limit_passed() -> str:
    sent, most = request.content_length or 0, int(current_app.config["MAX_CONTENT_LENGTH"])
    if sent > most:
        return str(_("Kiriman ini %(sent)s MB; satu kiriman paling besar %(most)s MB.", sent=_mb(sent), most=_mb(most)))
    if request.mimetype != "multipart/form-data" and sent > LONGEST_FORM:
        return str(_("Teks yang diketik dalam satu kiriman paling banyak %(most)s MB.", most=_mb(LONGEST_FORM)))
    limits = {"most": _mb(int(current_app.config["MAX_FORM_MEMORY_SIZE"])), "fields": MOST_FIELDS}
    return str(_("Satu kiriman memuat paling banyak %(fields)s isian dan teks %(most)s MB.", **limits))


def _mb(size: int) -> str:
    """24, or 31,5: whole when it is whole, never less than what was sent."""
    return fraction(Fraction(-(-size * 10 // MEGABYTE), 10), 1)


def _csrf(error: CSRFError) -> Answer:
    """400; whoever logged out or in elsewhere, or left the page open too long, loses nothing he typed."""
    return _visit_over(400) or page(
        400, _("Halaman ini sudah terlalu lama terbuka. Kembali, muat ulang, lalu kirim sekali lagi.")
    )


def _strange_host(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
    """A host name that is not ours: no link can be written for it, so the answer is a line of text."""
    return "Alamat ini tidak dilayani.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _bug(error: Exception) -> Answer:
    """Whatever nobody foresaw: logged with its traceback, shown without."""
    log.exception("unhandled error path=%s", request.path)
    return _bare(
        500, _("Terjadi gangguan yang tidak terduga dan sudah dicatat. Coba lagi; bila berulang, hubungi kami.")
    )


def _bare(status: int, message: str) -> tuple[str, int]:
    """A page that needs neither session nor database."""
    g.person, g.frame = None, NOTHING
    values = {"judul": _(TITLES[status]), "pesan": message, "rincian": [], "tanpa_basis_data": True}
    return render_template("galat.html", status=status, **values), status


def register(app: Flask) -> None:
    app.register_error_handler(SubmissionInvalid, _invalid)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Incident, _incident)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)
