"""The diagram viewer alone, under the strict policy, with a small diagram of its own."""

import json
from pathlib import Path

import pytest
from flask import Flask, Response, send_from_directory

from tests.browser.conftest import DESK, PHONE

BUILT = Path(__file__).resolve().parents[2] / "app/static/built"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  id="d" targetNamespace="urn:uji">
  <process id="uji"><startEvent id="mulai"/><userTask id="periksa" name="Periksa berkas"/>
    <userTask id="sahkan" name="Sahkan"/><sequenceFlow id="ke_periksa" sourceRef="mulai" targetRef="periksa"/>
    <sequenceFlow id="ke_sahkan" sourceRef="periksa" targetRef="sahkan"/></process>
  <bpmndi:BPMNDiagram id="gambar"><bpmndi:BPMNPlane id="bidang" bpmnElement="uji">
    <bpmndi:BPMNShape id="s1"
      bpmnElement="mulai"><dc:Bounds x="100" y="120" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s2"
      bpmnElement="periksa"><dc:Bounds x="200" y="98" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s3"
      bpmnElement="sahkan"><dc:Bounds x="360" y="98" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="e1" bpmnElement="ke_periksa"><di:waypoint x="136" y="138"/><di:waypoint x="200" y="138"/>
    </bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e2" bpmnElement="ke_sahkan"><di:waypoint x="300" y="138"/><di:waypoint x="360" y="138"/>
    </bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>"""
PAGE = """<!doctype html><html lang="id"><head><title>Posisi berkas</title>
<link rel="stylesheet" href="/built/{css}"><link rel="stylesheet" href="/built/{font}">
<script type="module" src="/built/{js}"></script></head>
<body><main><h1>Posisi berkas</h1><div data-diagram role="group" aria-label="Diagram">
<script type="application/json">{data}</script></div></main></body></html>"""


def page_of(data):
    names = json.loads((BUILT / "manifest.json").read_text())
    text = json.dumps(data).replace("<", "\\u003c")
    return PAGE.format(css=names["viewer.css"], js=names["viewer.js"], font=names["font.css"], data=text)


@pytest.fixture
def show(serve, page):
    """`show(data)` opens a page with that diagram."""
    site = Flask(__name__)
    shown = {}
    site.add_url_rule("/", "page", lambda: Response(page_of(shown), headers={"Content-Security-Policy": POLICY}))
    site.add_url_rule("/built/<name>", "built", lambda name: send_from_directory(BUILT, name))
    site.add_url_rule("/favicon.ico", "icon", lambda: Response(status=204))
    with serve(site) as address:

        def open_with(data):
            shown.update(data)
            page.goto(address)
            return page

        yield open_with
        page.goto("about:blank")


def test_the_diagram_shows_what_is_done_where_it_stands_and_what_lies_ahead(show):
    page = show({"xml": DIAGRAM, "done": ["mulai", "ke_periksa"], "now": {"periksa": "2 dari 3"}, "ahead": ["sahkan"]})
    page.wait_for_selector("[data-diagram][data-ready]")
    assert page.locator(".is-done[data-element-id=mulai]").count() == 1
    assert page.locator(".is-now[data-element-id=periksa]").count() == 1
    assert page.locator(".is-ahead[data-element-id=sahkan]").count() == 1
    assert page.locator(".diagram-here").all_inner_texts() == ["Di sini · 2 dari 3"]


def test_each_step_bears_its_time_and_whose_it_was(show):
    times = {"periksa": "1 jam 10 menit · Kantor"}
    page = show({"xml": DIAGRAM, "done": ["periksa"], "now": {"sahkan": "5 menit · Kantor"}, "times": times})
    page.wait_for_selector("[data-diagram][data-ready]")
    assert page.locator(".diagram-time").all_inner_texts() == ["1 jam 10 menit · Kantor"]
    assert page.locator(".diagram-here").all_inner_texts() == ["Di sini · 5 menit · Kantor"]
    step = page.locator("[data-element-id=periksa] .djs-visual").first.bounding_box()
    label = page.locator(".diagram-time").bounding_box()
    assert label["y"] + label["height"] <= step["y"] + 1, "the time covers no word of the step"


def test_a_map_of_bottlenecks_tells_each_step_s_heat_in_words_beside_its_colour(show):
    heat = {"periksa": {"level": 4, "text": "P90 3,2 hk"}, "sahkan": {"level": 1, "text": ""}}
    page = show({"xml": DIAGRAM, "heat": heat})
    page.wait_for_selector("[data-diagram][data-ready]")
    assert page.locator(".is-heat-4[data-element-id=periksa]").count() == 1
    assert page.locator(".is-heat-1[data-element-id=sahkan]").count() == 1
    assert page.locator(".diagram-here").all_inner_texts() == ["P90 3,2 hk"]


def test_the_watermark_is_visible_and_uncovered(show):
    page = show({"xml": DIAGRAM, "now": ["periksa"]})
    page.wait_for_selector("[data-ready]")
    box = page.locator(".bjs-powered-by").bounding_box()
    centre = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('.bjs-powered-by') !== null", centre)


def test_the_keyboard_zooms(show):
    page = show({"xml": DIAGRAM})
    page.wait_for_selector("[data-ready]")
    task = page.locator("[data-element-id=periksa] .djs-visual")
    before = task.bounding_box()["width"]
    page.locator("[data-diagram]").press("+")
    assert task.bounding_box()["width"] > before
    page.locator("[data-diagram]").press("-")
    assert task.bounding_box()["width"] == pytest.approx(before, abs=1)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_flows_of_the_office_open_with_their_top_and_their_beginning_in_view(office, new_page, size):
    page = new_page(viewport=size)
    page.goto(f"{office.address}/alur")
    for diagram in page.locator("[data-diagram]").all():
        diagram.scroll_into_view_if_needed()
        diagram.locator("xpath=self::*[@data-ready]").wait_for()
        view = diagram.locator(".djs-container").bounding_box()
        start = diagram.locator("[data-element-id=permohonan_dibuka] > .djs-visual").bounding_box()
        service = diagram.locator("[data-element-id=pelayanan] > .djs-visual").bounding_box()
        assert view["x"] <= start["x"]
        assert view["y"] <= service["y"]
        assert start["y"] + start["height"] <= view["y"] + view["height"]


def test_a_broken_diagram_is_marked_and_the_page_stays(show):
    page = show({"xml": "<definitions"})
    page.wait_for_selector("[data-diagram][data-failed]")
    assert page.locator("h1").inner_text() == "Posisi berkas"


def test_the_viewer_is_accessible(show, assert_accessible):
    page = show({"xml": DIAGRAM, "now": ["periksa"]})
    page.wait_for_selector("[data-ready]")
    assert_accessible(page)
