"""Pages, style sheets and scripts travel compressed: the field has slow lines, and no proxy is promised in front."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

KINDS = frozenset({"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"})
SMALLEST = 1000  # bytes; below that nothing is won
EFFORT = 5  # of nine: what more would win costs twice the time


def register(app: Flask) -> None:
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    """The same answer, smaller, to whoever said that it reads gzip."""
    if response.mimetype not in KINDS:
        return response
    response.vary.add("Accept-Encoding")
    if _worth(response):
        response.direct_passthrough = False  # a file of our own, small enough to be read whole
        response.set_data(gzip.compress(response.get_data(), EFFORT, mtime=0))
        response.content_encoding = "gzip"
        _weaken(response)
    return response


def _worth(response: Response) -> bool:
    whole = request.method != "HEAD" and response.status_code not in (204, 206, 304)
    small = (response.content_length or SMALLEST) < SMALLEST
    return whole and not small and not response.content_encoding and request.accept_encodings.quality("gzip") > 0


def _weaken(response: Response) -> None:
    """A mark of equal content, no longer of equal bytes."""
    mark, _weak = response.get_etag()
    if mark is not None:
        response.set_etag(mark, weak=True)
