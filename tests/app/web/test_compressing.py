"""Pages and style sheets are small on the line, and the same to whoever cannot read them compressed."""

import gzip

import pytest

GZIP = {"Accept-Encoding": "br, gzip"}


@pytest.fixture
def fetch(office):
    """`fetch(address, headers, method)` tells status, headers and the bytes as they travel."""

    def go(address, headers=None, method="GET"):
        with office.browser().client.open(address, method=method, headers=headers or {}) as answer:
            return answer.status_code, answer.headers, answer.get_data()

    return go


def test_a_page_travels_compressed_and_says_the_same(fetch):
    _status, _headers, plain = fetch("/kalender")
    _status, headers, small = fetch("/kalender", GZIP)
    assert headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in headers["Vary"]
    assert int(headers["Content-Length"]) == len(small) < len(plain) / 3
    assert gzip.decompress(small).count(b"</main>") == 1


@pytest.mark.parametrize("asked", [{}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=0"}])
def test_a_page_stays_as_it_is_for_who_does_not_read_gzip_and_says_that_it_depends(asked, fetch):
    _status, headers, plain = fetch("/kalender", asked)
    assert "Content-Encoding" not in headers
    assert "Accept-Encoding" in headers["Vary"]
    assert b"</main>" in plain


def test_a_style_sheet_is_compressed_and_need_not_be_sent_twice(fetch):
    _status, _headers, whole = fetch("/static/site.css")
    _status, headers, small = fetch("/static/site.css", GZIP)
    assert gzip.decompress(small) == whole
    status, _headers, nothing = fetch("/static/site.css", {**GZIP, "If-None-Match": headers["ETag"]})
    assert (status, nothing) == (304, b"")


def test_what_is_compressed_already_or_small_is_left_alone(fetch):
    for address in ("/static/lambang.svg", "/healthz", "/kalender.ics"):
        assert "Content-Encoding" not in fetch(address, GZIP)[1], address
    assert "Content-Encoding" not in fetch("/kalender", GZIP, "HEAD")[1]
