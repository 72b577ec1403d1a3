"""Earlier versions of a file's documents, and in what the version that came after each differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.operations.clock_views import grouped
from app.operations.desk import CasePage
from app.web.words import translated

KILO = 1024


@dataclass(frozen=True)
class Version:
    """`number`: which one of its place, 0 for the only one; `who` handed it in; `size` in words; `differs`: lines as
    "nama: a.pdf → b.pdf"; `after`: the name of the next version, "" if none.
    """

    title: str
    number: int
    who: str
    name: str
    size: str
    pages: int
    since: datetime
    until: datetime
    after: str
    differs: tuple[str, ...]


def versions(page: CasePage) -> list[Version]:
    """What was handed in and replaced or taken away, newest first."""
    every = sorted((*page.documents, *page.replaced), key=lambda one: one.at)
    return [_version(one, page, _next(one, every)) for one in reversed(page.replaced)]


def _next(old: Any, every: Iterable[Any]) -> Any:
    """The next document for the same requirement, else for the same field."""
    place = old.requirement or old.field
    return next((one for one in every if one.at > old.at and (one.requirement or one.field) == place), None)


def _version(one: Any, page: CasePage, after: Any) -> Version:
    named = page.papers[str(one.id)]
    told = (
        translated(named.title),
        named.version,
        one.uploader,
        one.name,
        size_words(one.size),
        one.pages,
        one.at,
        one.removed_at,
    )
    return Version(*told, after.name if after else "", tuple(_differences(one, after)) if after else ())


def _differences(old: Any, new: Any) -> Iterable[str]:
    if old.sha256 == new.sha256:
        yield str(_("isinya sama"))
    pairs = (
        (_("nama"), old.name, new.name),
        (_("ukuran"), size_words(old.size), size_words(new.size)),
        (_("halaman"), str(old.pages), str(new.pages)),
        (_("jenis"), old.media_type, new.media_type),
    )
    yield from (f"{what}: {was} → {now}" for what, was, now in pairs if was != now)


def size_words(size: int) -> str:
    """12.345 bytes -> "12 kB"; less than one is told in bytes."""
    return f"{grouped(size // KILO)} kB" if size >= KILO else f"{size} B"
