"""Figures, dates, amounts and percentages are written in one place, so that they look alike on every page."""

import re
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
PLACES = {"rendering.py", "words.py"}
CODE = re.compile(r"strftime\(|:%[dHYm]|[\"']Rp|:,\}|:\.\d[f%]|\bround\(")
PAGE = re.compile(r"strftime|\bRp ?(?:\d|\{\{)|\d ?%(?=[\s<.,)])|(?<!%)\}\} ?%(?=[\s<.,)])|\| ?format\(")
MARKUP = re.compile(r"<svg.*?</svg>|\{#.*?#\}|\{%.*?%\}", re.DOTALL)


def found(pattern, text):
    return [text[max(0, one.start() - 30) : one.end() + 20] for one in pattern.finditer(text)]


def test_pages_code_leaves_dates_amounts_and_percentages_to_the_one_place_that_writes_them():
    modules = [one for one in (APP / "web").glob("*.py") if one.name not in PLACES]
    wild = {one.name: found(CODE, one.read_text("utf-8")) for one in modules}
    assert {name: hits for name, hits in wild.items() if hits} == {}


def test_templates_leave_dates_amounts_and_percentages_to_filters():
    pages = {one: MARKUP.sub("", one.read_text("utf-8")) for one in (APP / "templates").rglob("*.html")}
    wild = {str(one.relative_to(APP)): found(PAGE, text) for one, text in pages.items()}
    assert {name: hits for name, hits in wild.items() if hits} == {}


def test_a_figure_written_by_hand_would_be_seen():
    for wrong in ('f"{day:%d/%m/%Y}"', 'at.strftime("%H")', 'f"Rp{total}"', 'f"{total:,}"'):
        assert found(CODE, wrong), wrong
    for wrong in ("<td>{{ share * 100 }} %</td>", "Rp{{ total }}", "12,5% ", "Rp 5.000"):
        assert found(PAGE, MARKUP.sub("", wrong)), wrong
