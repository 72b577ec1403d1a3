"""The pages beside the rooms, and every form that was sent empty, speak English to whoever reads English."""

from urllib.parse import urljoin

import pytest
from lxml import html

from tests.app.web.test_english import TYPED, read
from tests.app.web.test_english import indonesian as indonesian
from tests.browser import tour
from tests.browser.test_every_page import FAULTY, forms
from tests.browser.walking import walk as walk

HIDDEN = ".//input[@type='hidden']"


@pytest.fixture
def english(walk):
    """`english(login)`: a client of somebody who reads English."""
    walk.office.ask("update people set language = 'en'")

    def client(login):
        made = walk.application.test_client()
        made.set_cookie("bahasa", "en")
        if login:
            made.set_cookie("sid", walk.token(login))
        return made

    return client


def left(text, indonesian):
    """Indonesian words of the release on an English page."""
    said = [" ".join(one.split()) for one in read(text)]
    return sorted({word for one in said for word in indonesian.findall(TYPED.sub("", one))})


def emptied(page, place, button):
    """What a browser sends of a form whose controls were emptied."""
    form = page.xpath(".//main//form[translate(@method, 'POST', 'post')='post']")[place]
    pressed = form.xpath(".//button[not(@type='button')]")[button]
    sent = [*form.xpath(HIDDEN), *([pressed] if pressed.get("name") else [])]
    typed = [(one.get("name"), "") for one in form.xpath(".//textarea|.//input[not(@type)]|.//input[@type='text']")]
    return form.get("action"), [(one.get("name"), one.get("value", "")) for one in sent] + typed


def test_every_page_of_the_tour_speaks_english(walk, english, indonesian):
    wild = {}
    for login, addresses in tour.ELSEWHERE.items():
        for address in addresses:
            answer = english(login).get(address.format(**walk.known), follow_redirects=True)
            text = answer.get_data(as_text=True)
            assert '<html lang="en"' in text, address
            if words := left(text, indonesian):
                wild[f"{login} {address}"] = words
    assert wild == {}


def test_every_form_that_is_sent_empty_is_answered_in_english(walk, english, application, indonesian):
    sent, wild, faulty = set(), {}, 0
    for login, address in tour.addresses():
        client, place = english(login), address.format(**walk.known)
        text = client.get(place, follow_redirects=True).get_data(as_text=True)
        for new, number, button in forms(application, login, place, text):
            if new in sent:
                continue
            sent.add(new)
            action, typed = emptied(html.fromstring(text), number, button)
            data = {name: [value for key, value in typed if key == name] for name, _value in typed}
            answer = client.post(urljoin(place, action or place), data=data)
            if answer.status_code in FAULTY:
                faulty += 1
                if words := left(answer.get_data(as_text=True), indonesian):
                    wild[str(new)] = words
    assert faulty > 50
    assert wild == {}
