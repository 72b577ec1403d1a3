"""The web server's answer to what it refuses before the application hears of it, in the words of the office."""

from gunicorn import util
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

LONGEST_LINE = 8190  # bytes, the most that gunicorn allows short of no limit at all
PAGE = """\
<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Alamat terlalu panjang</title></head>
<body><main>
<h1>Alamat terlalu panjang</h1>
<p>Persingkat yang dicari, atau mulai lagi dari <a href="/">halaman depan</a>. Tidak ada yang berubah atau hilang.</p>
<p lang="en">This address is too long. Search for something shorter, or start again from the <a href="/">front page</a>.
Nothing was changed or lost.</p>
</main></body>
</html>
"""


class Worker(ThreadWorker):  # type: ignore[misc]
    """Threads, as gunicorn's own; only what it says of an address that is too long is ours."""

    def handle_error(self, req: object, client: object, addr: object, exc: BaseException) -> None:
        if not isinstance(exc, (LimitRequestLine, LimitRequestHeaders)):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Address or headers too long: %s", exc)
        util.write_nonblock(client, answer())


def answer() -> bytes:
    """A whole HTTP answer 414."""
    body = PAGE.encode()
    head = (
        "HTTP/1.1 414 URI Too Long",
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        f"Content-Length: {len(body)}",
    )
    return ("\r\n".join(head) + "\r\n\r\n").encode() + body
