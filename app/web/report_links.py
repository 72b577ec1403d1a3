"""Where the numbers of a report's tables lead: the files of a kelurahan, those that took so long, permits that end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import url_for

from app.operations.report_listing import NOWHERE

Links = dict[str, Callable[..., str]]


def living(asked: Mapping[str, Any]) -> Links:
    """Of the living figures; `asked`: period, permit and place that are looked at."""

    def area(code: str, place: str) -> str:
        return _to("laporan.angka_berkas", asked, angka=code, kelurahan=place or NOWHERE)

    def lasted(place: int) -> str:
        return _to("laporan.angka_berkas", asked, angka="selesai", lama=place)

    def expiry(column: str, permit: str) -> str:
        return _to("laporan.berlaku_berkas", asked, angka=column, **({"izin": permit} if permit else {}))

    return {"tautan_wilayah": area, "tautan_lama": lasted, "tautan_berlaku": expiry}


def frozen(report_id: UUID, period: str) -> Links:
    """Of a report; which permits end is told as of now of what stood when its period ended."""

    def area(code: str, place: str) -> str:
        return url_for("laporan.berkas", report_id=report_id, angka=code, kelurahan=place or NOWHERE)

    def lasted(place: int) -> str:
        return url_for("laporan.berkas", report_id=report_id, angka="selesai", lama=place)

    def expiry(column: str, permit: str) -> str:
        return url_for("laporan.berlaku_berkas", periode=period, angka=column, izin=permit)

    return {"tautan_wilayah": area, "tautan_lama": lasted, "tautan_berlaku": expiry}


def _to(endpoint: str, asked: Mapping[str, Any], **more: Any) -> str:
    values: dict[str, Any] = {**asked, **more}
    return url_for(endpoint, **values)
