"""Several papers as one, to be printed at once."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO


def joined(papers: Iterable[bytes]) -> bytes:
    """The PDFs behind each other in one PDF."""
    from pypdf import PdfWriter  # takes long to load, and is needed by nothing else here

    writer, made = PdfWriter(), BytesIO()
    for paper in papers:
        writer.append(BytesIO(paper))
    writer.write(made)
    return made.getvalue()
