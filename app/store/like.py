"""What somebody typed, as a part of a LIKE pattern."""


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
