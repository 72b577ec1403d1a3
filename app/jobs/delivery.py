"""Carriers of messages: SMTP when configured, else the mailbox pages of the office alone."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from urllib.parse import urlsplit
from uuid import UUID

from app.config import Settings
from app.operations.background import Carrier


def carrier(settings: Settings) -> Carrier:
    """What hands a message on and says what became of it; raises OSError when it could not."""
    return _smtp(settings) if settings.smtp_url else _mailbox


def _mailbox(id: UUID, address: str, subject: str, body: str) -> str:
    return "disimpan di kotak surat kantor"


def _smtp(settings: Settings) -> Carrier:
    """`smtp://user:password@host:587` with STARTTLS, `smtps://` with TLS from the start."""
    parts = urlsplit(settings.smtp_url)

    def send(id: UUID, address: str, subject: str, body: str) -> str:
        message = EmailMessage()
        message["From"], message["To"] = settings.mail_from, address
        message["Subject"] = " ".join(subject.split())
        # Derived from the effect's name: a repeat after a crash is recognised as the same letter.
        message["Message-ID"] = f"<{id}@e-perizinan>"
        message.set_content(body)
        kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        try:
            with kind(parts.hostname or "localhost", parts.port or 0, timeout=20) as server:
                _log_in(server, parts.scheme, parts.username, parts.password)
                server.send_message(message)
        except smtplib.SMTPException as fault:
            raise OSError(str(fault)) from fault
        return f"dikirim ke {address}"

    return send


def _log_in(server: smtplib.SMTP, scheme: str, username: str | None, password: str | None) -> None:
    if scheme == "smtp" and server.has_extn("starttls"):
        server.starttls()
    if username:
        server.login(username, password or "")
