"""Letters: frozen values and a Typst template become a PDF/A file."""

from app.letters.rendering import LetterFailed, render

__all__ = ["LetterFailed", "render"]
