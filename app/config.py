"""Settings, typed, from the environment; what may not run in production is refused with a sentence."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32


class Misconfigured(click.ClickException):
    """The office may not open like this; the text says what to change.  On the command line it is one sentence."""


@dataclass(frozen=True)
class Settings:
    environment: str  # "development" | "testing" | "production"
    database_url: str
    owner_url: str
    var: Path
    secret: bytes
    https: bool
    trusted_hosts: tuple[str, ...]
    proxies: int
    smtp_url: str
    mail_from: str
    public_url: str
    anchors: Path
    anchor_key: Path
    admin_url: str = ""  # who may make a database for a rehearsal; never used by pages
    instance: str = ""
    threads: int = 6
    flask: Mapping[str, object] = field(default_factory=dict)

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def backups(self) -> Path:
        return self.var / "backups"

    @property
    def files(self) -> Path:
        """Content-addressed files (uploads, letters)."""
        return self.var / "files"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; raises Misconfigured with one sentence.

    On a desk `database_url` may be "": the office that `make run` opened is looked for then.
    """
    kind = environment.get("EPERIZINAN_ENV", "development")
    var = Path(environment.get("EPERIZINAN_VAR", str(ROOT / "var")))
    url = driver(environment.get("DATABASE_URL", ""))
    if not url and kind == "production":
        raise Misconfigured("DATABASE_URL belum diisi; isi alamat PostgreSQL.")
    settings = Settings(
        environment=kind,
        database_url=url,
        owner_url=driver(environment.get("DATABASE_OWNER_URL", "")) or url,
        var=var,
        secret=_secret(environment, var, kind),
        https=environment.get("EPERIZINAN_HTTPS", "") == "1",
        trusted_hosts=tuple(one for one in environment.get("TRUSTED_HOSTS", "").split(",") if one),
        proxies=int(environment.get("EPERIZINAN_PROXIES", "0")),
        smtp_url=environment.get("SMTP_URL", ""),
        mail_from=environment.get("MAIL_FROM", "pmptspkotametro@gmail.com"),
        public_url=environment.get("PUBLIC_URL", "").rstrip("/"),
        anchors=Path(environment.get("ANCHORS") or var / "anchors"),
        anchor_key=Path(environment.get("ANCHOR_KEY") or var / "anchor-key"),
        admin_url=driver(environment.get("DATABASE_ADMIN_URL", "")),
        instance=environment.get("EPERIZINAN_INSTANCE", ""),
    )
    _refuse(settings, environment)
    return settings


def driver(url: str) -> str:
    """`postgresql://` would mean another driver to SQLAlchemy 2.1: name ours."""
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg2://" + url.removeprefix(plain)
    return url


def _secret(environment: Mapping[str, str], var: Path, kind: str) -> bytes:
    """From SECRET_KEY, else made at the first start into a file only we may read."""
    given = environment.get("SECRET_KEY", "")
    if given:
        return given.encode()
    path = var / "secret"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w") as file:
            file.write(secrets.token_hex(32))
    if kind == "production" and path.stat().st_mode & 0o077:
        raise Misconfigured(f"Berkas rahasia {path.name} dapat dibaca orang lain; jalankan chmod 600.")
    return path.read_bytes()


def _refuse(settings: Settings, environment: Mapping[str, str]) -> None:
    if not settings.production:
        return
    if environment.get("FLASK_DEBUG", "0") not in ("", "0", "false"):
        raise Misconfigured("FLASK_DEBUG tidak boleh menyala dalam operasi sesungguhnya.")
    if len(settings.secret) < SHORTEST_SECRET:
        raise Misconfigured(f"SECRET_KEY harus paling sedikit {SHORTEST_SECRET} huruf.")
    if not settings.trusted_hosts:
        raise Misconfigured("TRUSTED_HOSTS harus menyebut nama alamat layanan ini, misalnya izin.contoh.id.")
    if not settings.https and not settings.proxies:
        raise Misconfigured(
            "Operasi sesungguhnya memerlukan https: isi EPERIZINAN_HTTPS=1, atau EPERIZINAN_PROXIES=1 di balik proksi."
        )
