"""Handing in an application, and handing it in again after it was sent back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.operations import personal
from app.operations.lists_for_forms import flagged
from app.operations.prefilling import newest_application
from app.operations.soundness import possible
from engine.errors import SubmissionInvalid

if TYPE_CHECKING:
    from app.operations.consequences import Completing


def applied(doing: Completing) -> dict[str, Any]:
    """The application was handed in: lists and rights read name, place and NIK from the case's columns."""
    values = doing.values
    possible(doing)
    person, company = str(values.get("nama") or ""), str(values.get("nama_badan") or "")
    columns: dict[str, Any] = {
        "applicant_name": (company or person or doing.held.applicant_name)[:200],
        "person_name": person[:200] if company else "",
        "subject": str(values.get("perihal") or values.get("alamat_objek") or "")[:200],
        **personal.nik_columns(str(values.get("nik", ""))),
        "area": str(values.get("kelurahan", "")),
    }
    if doing.held.submitted_at is None:
        columns["submitted_at"] = doing.at
    return columns


def completed(doing: Completing) -> dict[str, Any]:
    """A file that was sent back comes with another paper for each that was found wanting."""
    answers = doing.store.cases.submissions(doing.held.id)
    before = newest_application(answers)
    kept = {code: _papers(before, code) for code in flagged(doing.store, doing.held)}
    wrong = [code for code, old in kept.items() if not _papers(doing.values, code) - old]
    if wrong:
        row = {code: "berkas" if code in doing.values.get("berkas", {}) else "berkas_tambahan" for code in wrong}
        raise SubmissionInvalid({f"{row[one]}.{one}.unggahan": "Unggah dokumen penggantinya" for one in wrong})
    return applied(doing)


def _papers(values: Mapping[str, Any], code: str) -> set[str]:
    """Ids of the documents an application holds for a requirement."""
    rows = (values.get(name, {}).get(code, {}) for name in ("berkas", "berkas_tambahan"))
    return {id for row in rows for id in row.get("unggahan", ())}
