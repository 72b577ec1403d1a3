"""Two versions of the release side by side: a list in words, a diagram in colours, remarks on the newer one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.operations import release_differences
from app.operations.release_differences import Comparison, Side
from app.web import difference_words
from app.web.admin import Page, me, word
from app.web.errors import told
from app.web.parts import key, uuid_of
from app.web.session import official_required
from app.web.words import translated
from engine.errors import NotFound, Refused, SubmissionInvalid

comparing = Blueprint("banding", __name__)
MARK = "#"  # between a file and its element
WORDS = {"added": "baru", "removed": "dihapus", "changed": "berubah", "moved": "digeser"}


def _version(name: str) -> UUID | None:
    return uuid_of(request.values.get(name, "").replace("\x00", ""))


def title(one: Side) -> str:
    """A version as a person names it."""
    if one.number:
        return str(_("Terbitan %(n)s", n=one.number))
    return str(_("Rancangan: %(judul)s", judul=one.title))


@comparing.get("/kelola/banding")
@official_required
def lihat() -> Page:
    return _shown({}, 200)


def _shown(errors: Mapping[str, str], status: int, said: str = "") -> tuple[str, int]:
    found = release_differences.compare(_version("dari"), _version("ke"), me(), g.at)
    page = render_template(
        "proses/banding.html",
        b=found,
        kata=difference_words,
        judul_versi=title,
        pilihan=[(str(one.id), title(one)) for one in found.versions],
        tentang=_subjects(found) if found.may_remark else (),
        dipilih=MARK.join(_about()),
        salah={"tentang" if name in ("berkas", "unsur") else name: fault for name, fault in errors.items()},
        catatan=_at(found) if found.may_remark else None,
        sebutan_unsur=lambda row: translated(found.office.step(row.element)),
        isi=request.values,
        kabar=said,
    )
    return page, status


def _about() -> tuple[str, str]:
    """The file a remark is about and its element, "" for the whole: as it was chosen, or as the address says."""
    path, mark, element = word("tentang", 500).partition(MARK)
    return (path, element) if mark else (_asked("berkas"), _asked("unsur"))


def _asked(name: str) -> str:
    return request.values.get(name, "").replace("\x00", "")[:200]


def _subjects(found: Comparison) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be remarked on: by file, as a whole or a thing that differs; what the address names besides."""
    chosen, element = _about()
    groups = []
    for one in found.files:
        things = {change.id: difference_words.told(one.sort, change) for change in one.changes if change.id}
        if one.path == chosen and element:
            things.setdefault(element, translated(found.office.step(element)))
        called = translated(found.titles[one.path]) if one.path in found.titles else one.path
        whole = (f"{one.path}{MARK}", str(_("%(judul)s, seluruh berkas", judul=called)))
        head = f"{difference_words.SORTS[one.sort]}: {called}"
        groups.append((head, [whole, *((f"{one.path}{MARK}{id}", name) for id, name in things.items())]))
    return groups


def _at(found: Comparison) -> Callable[[str, str], str]:
    """The address of the form for a remark, filled in with an element of a file."""
    old, new = found.before.id, found.after.id

    def address(path: str, element: str) -> str:
        return url_for("banding.lihat", dari=old, ke=new, berkas=path, unsur=element, _anchor="catatan")

    return address


@comparing.get("/kelola/banding/diagram")
@official_required
def diagram() -> Page:
    """One diagram in both versions, coloured; beside it the same in words."""
    old, new, path = _version("dari"), _version("ke"), request.args.get("nama", "").replace("\x00", "")[:200]
    if old is None or new is None or not path:
        return _shown({}, 200)
    both = release_differences.drawn(old, new, path, me(), g.at)
    found = release_differences.compare(old, new, me(), g.at)
    words = {name: str(difference_words.ACTS[act]) for name, act in WORDS.items()} | {"remark": _("Beri catatan")}
    remark = _at(found) if found.may_remark else None
    return render_template(
        "proses/banding_diagram.html",
        b=found,
        berkas=next((one for one in found.files if one.path == path), None),
        nama=path,
        data={
            "before": both.before,
            "after": both.after,
            "renamed": both.renamed,
            "words": words,
            "remark": remark(path, "UNSUR") if remark else None,
        },
        catatan=remark,
        kata=difference_words,
        judul_versi=title,
    )


@comparing.post("/kelola/banding/catatan")
@official_required
def catat() -> Page:
    """A remark on a file of the newer version, or on one of its elements."""
    version = _version("ke")
    try:
        if version is None:
            raise NotFound("Versi ini tidak ada.")
        words = word("catatan", 3000)
        release_differences.remark(version, *_about(), words, me(), g.at, key())
    except SubmissionInvalid as invalid:
        return _shown(invalid.errors, 422)
    except Refused as refused:
        return _shown({}, 409, told(refused))
    flash(_("Catatan disimpan; pengusul dan penyetuju membacanya."))
    return redirect(_remarks(version), 303)


@comparing.post("/kelola/banding/catatan/<uuid:remark_id>")
@official_required
def jawab(remark_id: UUID) -> Page:
    try:
        version = release_differences.answer(remark_id, word("jawaban", 3000), me(), g.at, key())
    except SubmissionInvalid as invalid:
        return _shown({f"jawaban-{remark_id}": invalid.errors["jawaban"]}, 422)
    except Refused as refused:
        return _shown({}, 409, told(refused))
    flash(_("Catatan dijawab."))
    return redirect(_remarks(_version("ke") or version), 303)


def _remarks(version: UUID) -> str:
    return url_for("banding.lihat", dari=_version("dari"), ke=version, _anchor="catatan")
