"""Headers, CSRF and limits for every page."""

from __future__ import annotations

from flask import Flask, Response, abort, current_app, request
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
MOST_FIELDS = 3000
LONGEST_FORM = 2 * 1024 * 1024
LONGEST_ADDRESS = 6000  # bytes of path and query; the longest that a page of ours sends has some hundreds


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["X-Frame-Options"] = "DENY"
    if current_app.extensions["settings"].https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    elif response.status_code == 200 and ("v" in request.args or request.path.startswith("/static/built/")):
        # Their address changes with their content: browsers need not ask again at every page.
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _refuse_cross_site() -> None:
    """Browsers say where a post comes from; another site has no business posting here."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)


def _limit_address() -> None:
    """An address nobody typed and no page sends; the web server cuts off only beyond that."""
    if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
        abort(414)


def _limit_fields() -> None:
    """Werkzeug's limits guard multipart only: count the fields of a plain form ourselves."""
    if request.method != "POST":
        return
    if request.mimetype != "multipart/form-data" and (request.content_length or 0) > LONGEST_FORM:
        abort(413)
    if sum(len(values) for _, values in request.form.lists()) > MOST_FIELDS:
        abort(413)


def register(app: Flask) -> None:
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", 12 * 3600)
    csrf.init_app(app)
    app.before_request(_refuse_cross_site)
    app.before_request(_limit_address)
    app.before_request(_limit_fields)
    app.after_request(_headers)
