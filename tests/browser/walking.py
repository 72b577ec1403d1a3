"""One browser that walks through the demonstration office and changes its hat instead of logging in."""

import pytest

from tests.browser.conftest import serving
from tests.browser.office import Office
from tests.conftest import NAME, close_pool


@pytest.fixture
def walk(cluster, toured, application, present, new_page):
    """The walk through the demonstration office by one browser that changes its hat."""
    source, people, present.at, known, names = toured
    database = cluster.copy(source, NAME)
    with serving(application) as address:
        office = Office(application, address, dict(people), present, new_page, database.ask)
        yield Walk(office, application, new_page(reduced_motion="reduce"), known, names)
        office.close()
    close_pool(application)


class Walk:
    """`names`: login of the tables -> login of the office; `page` shows to whoever's session it carries."""

    def __init__(self, office, application, page, known, names):
        self.office, self.application, self.page = office, application, page
        self.known, self.names, self.sessions = known, names, {}
        page.on("dialog", lambda dialog: dialog.accept())

    def token(self, login):
        login = self.names.get(login, login)
        if login not in self.sessions:
            self.sessions[login] = self.office.begun(login)
        return self.sessions[login]

    def read(self, login, address):
        """The page as the server sends it: status, whether it is a page at all, its text."""
        client = self.application.test_client()
        if login:
            client.set_cookie("sid", self.token(login))
        answer = client.get(address.format(**self.known), follow_redirects=True)
        return answer.status_code, answer.mimetype == "text/html", answer.get_data(as_text=True)

    def go(self, login, address):
        self.page.context.clear_cookies()
        if login:
            self.page.context.add_cookies([{"name": "sid", "value": self.token(login), "url": self.office.address}])
        self.page.goto(self.office.address + address.format(**self.known))
        return self.page
