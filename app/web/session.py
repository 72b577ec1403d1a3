"""Who is visiting: a session kept in PostgreSQL, named by a random token in a cookie."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from flask import Flask, Request, Response, abort, current_app, g, redirect, request, url_for
from flask import session as visit
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from werkzeug.wrappers import Response as AnyResponse

from app.clock import now
from app.operations import sessions
from app.operations.retrying import Unavailable
from app.operations.sessions import Person
from app.operations.whence import came_from
from engine.errors import NotAllowed

P = ParamSpec("P")
R = TypeVar("R")
log = logging.getLogger("eperizinan")
QUIET = ("/static/", "/healthz")


class Visit(SecureCookieSession):
    """The session's values; `token` names it, `person` is who is logged in."""

    token: str = ""
    person: UUID | None = None
    away: bool = False  # the database could not be asked who is visiting


class DatabaseSessions(SessionInterface):
    def open_session(self, app: Flask, request: Request) -> Visit | None:
        token = request.cookies.get(cookie_name(app), "")
        quiet = not token or request.path.startswith(QUIET)
        try:
            found = None if quiet else sessions.find(token, now())
        except Unavailable:  # no handler of errors hears what is raised here: it is raised again where one does
            return _nobody_can_tell()
        if found is None:
            return Visit()
        opened = Visit(found.data)
        opened.token, opened.person, opened.modified = token, found.person, False
        return opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, Visit) or not session.modified or session.away:
            return
        try:
            self._save(app, session, response)
        except Unavailable:  # what the page did is committed or refused; a message of the visit is lost, no entry
            log.warning("a visit could not be kept path=%s", request.path)

    @staticmethod
    def _save(app: Flask, session: Visit, response: Response) -> None:
        if session.token:
            sessions.keep(session.token, dict(session))
            return
        session.token = sessions.begin(session.person, dict(session), address(), agent(), now())
        _set_cookie(app, response, session.token)


def _nobody_can_tell() -> Visit:
    visiting = Visit()
    visiting.away = True
    return visiting


def cookie_name(app: Flask) -> str:
    """`__Host-` binds the cookie to this host and https; plain http in development has no such thing (ruling 23)."""
    return "__Host-sid" if app.extensions["settings"].https else "sid"


def _set_cookie(app: Flask, response: Response, token: str) -> None:
    secure = bool(app.extensions["settings"].https)
    response.set_cookie(cookie_name(app), token, httponly=True, secure=secure, samesite="Lax", path="/")


def address() -> str:
    return request.remote_addr or ""


def agent() -> str:
    return request.headers.get("User-Agent", "")[:200]


def start(response: AnyResponse, person: UUID) -> AnyResponse:
    """Log in: the old session dies, a new one begins under a new token (no fixation)."""
    if isinstance(visit, Visit) and visit.token:
        sessions.end(visit.token)
    token = sessions.begin(person, {}, address(), agent(), now())
    if isinstance(visit, Visit):
        visit.clear()
        visit.token, visit.person, visit.modified = token, person, False
    secure = bool(current_app.extensions["settings"].https)
    name = cookie_name(current_app._get_current_object())  # type: ignore[attr-defined]
    response.set_cookie(name, token, httponly=True, secure=secure, samesite="Lax", path="/")
    return response


def finish(response: AnyResponse) -> AnyResponse:
    """Log out: the session is gone from the database, a copied cookie is worth nothing."""
    if isinstance(visit, Visit) and visit.token:
        sessions.end(visit.token)
        visit.clear()
        visit.modified = False
    response.delete_cookie(cookie_name(current_app._get_current_object()), path="/")  # type: ignore[attr-defined]
    return response


def load_person() -> None:
    """The person with today's rights, read anew at every request; a disabled one is out at once."""
    g.at = now()
    g.person = None
    came_from(address())
    if isinstance(visit, Visit) and visit.away:
        raise Unavailable(str(Unavailable.__doc__))
    if isinstance(visit, Visit) and visit.person is not None:
        g.person = sessions.person(visit.person, g.at)


def person() -> Person:
    """Who is logged in; 401 when nobody is (the page for logging in follows)."""
    if g.person is None:
        abort(401)
    found: Person = g.person
    return found


def token() -> str:
    """The token of this visit's session, "" before there is one."""
    return visit.token if isinstance(visit, Visit) else ""


def login_required(view: Callable[P, R]) -> Callable[P, R | AnyResponse]:
    """Send a visitor who is not logged in to the login page and back."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | AnyResponse:
        if g.person is None:
            if request.method == "GET":
                return redirect(url_for("akun.masuk", lanjut=request.full_path.rstrip("?")), 303)
            abort(401)
        return view(*args, **kwargs)

    guarded.asks_login = True  # type: ignore[attr-defined]
    return guarded


def official_required(view: Callable[P, R]) -> Callable[P, R | AnyResponse]:
    """Officials only: an applicant is told whom a room is for (403); whether there is what an address names stays
    a secret to him (404)."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
        if person().actor.kind != "official":
            if request.view_args:
                abort(404)
            raise NotAllowed(OFFICIALS_ONLY)
        return view(*args, **kwargs)

    return login_required(guarded)


OFFICIALS_ONLY = "Halaman ini bagi pegawai dinas; permohonan dan pesan Anda ada di halaman Anda sendiri."


def register(app: Flask) -> None:
    app.session_interface = DatabaseSessions()
    app.before_request(load_person)
    app.teardown_request(lambda _fault: came_from(""))
