"""The typesetter's trade, done in a limited child: a folder of templates, fonts and values becomes PDF/A-2b."""

from __future__ import annotations

from typing import Any, cast

import typst

LONGEST = 4000  # letters of what is said of the place

FONTS: dict[tuple[str, ...], typst.Fonts] = {}


def work(words: dict[str, Any], parts: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """`words`: folder, main, fonts (folders), timestamp (seconds since 1970) -> one part, or its fault and place."""
    folder = words["folder"]
    compiler = typst.Compiler(
        f"{folder}/{words['main']}",
        root=folder,
        font_paths=_fonts(tuple(words["fonts"])),
        package_path=f"{folder}/none",
        package_cache_path=f"{folder}/none",
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards=["a-2b"], timestamp=words["timestamp"])
    except typst.TypstError as fault:
        return {"gagal": str(fault), "tempat": str(getattr(fault, "diagnostic", ""))[:LONGEST]}, []
    return {}, [cast(bytes, made)]


def _fonts(paths: tuple[str, ...]) -> typst.Fonts:
    """Read once in the child's life; the system's and the compiler's own fonts are left out, so that every machine
    sets the same page."""
    if paths not in FONTS:
        FONTS[paths] = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*paths])
    return FONTS[paths]
