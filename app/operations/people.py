"""Accounts: sign up, verify, log in, reset; officials, their roles, substitutes and disabling."""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from email_validator import EmailNotValidError, validate_email

from app.operations import acting, personal
from app.operations.common_passwords import COMMON
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.ids import uuid7
from engine import access
from engine.access import Actor
from engine.errors import NotAllowed, Refused, Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, phone_of

# OWASP's argon2id settings for a shared machine; two hashes at a time keep the other pages quick.
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
HASHING = threading.BoundedSemaphore(2)
SHORTEST, LONGEST = 12, 128
LONGEST_NAME = 200
VERIFY_FOR, RESET_FOR = timedelta(days=3), timedelta(minutes=30)
WINDOW = timedelta(minutes=15)
MOST_WRONG, MOST_PER_ADDRESS = 5, 30


@dataclass(frozen=True)
class LoggedIn:
    id: UUID
    name: str
    kind: str


def hashed(password: str) -> str:
    with HASHING:
        return HASHER.hash(password)


# Checked against when the account is unknown, so that both answers take the same time.
_NOBODY = HASHER.hash(secrets.token_hex(16))


def password_fault(password: str, *about: str) -> str:
    """The sentence why a password is refused, "" when it is good enough."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"Kata sandi harus {SHORTEST} sampai {LONGEST} huruf"
    if password.lower() in COMMON or any(one and one.lower() in password.lower() for one in about if len(one) > 3):
        return "Kata sandi ini terlalu mudah ditebak"
    return ""


def checked_phone(raw: str, errors: dict[str, str]) -> str | None:
    """The number as it is dialled from anywhere, None where none is given."""
    try:
        return phone_of(raw) if raw else None
    except Unreadable as fault:
        errors["telepon"] = Sentence("%(label)s %(fault)s", label="Nomor telepon", fault=fault.sentence)
        return None


def checked_name(name: str, errors: dict[str, str], missing: str = "Nama lengkap wajib diisi") -> None:
    """`missing`: what is said of none, by the label of the field."""
    if len(name) < 3:
        errors["nama"] = missing
    if len(name) > LONGEST_NAME:
        errors["nama"] = Sentence("Nama paling banyak %(n)s huruf", n=LONGEST_NAME)


def checked_email(raw: str, errors: dict[str, str]) -> str:
    try:
        return validate_email(raw, check_deliverability=False).normalized
    except EmailNotValidError:
        errors["email"] = "Surel tidak sah; contoh nama@contoh.id"
        return ""


def _token(store: Store, person: UUID, purpose: str, life: timedelta, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    store.people.add_token(_hash(token), person, purpose, at + life)
    return token


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _mail(store: Store, to: UUID, notice: str, subject: str, body: str, at: datetime) -> None:
    payload = {"to": str(to), "notice": notice, "subject": subject, "body": body}
    store.outbox.put(uuid7(), None, "message", payload, at)


@retried
def sign_up(name: str, email: str, password: str, phone: str, nik: str, link: str, at: datetime) -> None:
    """Make an applicant's account and send the verification link (`link` holds "{token}").

    An address that is known already gets a message instead: the page never tells.
    """
    errors: dict[str, str] = {}
    name, nik = clean(name), personal.digits(nik)
    email = checked_email(clean(email), errors)
    checked_name(name, errors)
    number = checked_phone(clean(phone), errors)
    if nik and len(nik) != 16:
        errors["nik"] = Sentence("NIK harus 16 angka, Anda menulis %(n)s", n=len(nik))
    fault = password_fault(password, name, email.partition("@")[0])
    if fault:
        errors["sandi"] = fault
    if errors:
        raise SubmissionInvalid(errors)
    secret = hashed(password)
    with transaction() as store:
        known = store.people.by_email(email)
        if known is not None:
            body = "Seseorang mencoba mendaftar dengan surel Anda. Anda sudah punya akun; pakailah Lupa kata sandi."
            _mail(store, known.id, "akun_ada", "Anda sudah punya akun", body, at)
            return
        id = uuid7()
        values = {"kind": "applicant", "name": name, "email": email, "phone": number}
        store.people.add(id, at, nik=nik or None, nik_hmac=personal.nik_hmac(nik), password_hash=secret, **values)
        token = _token(store, id, "verify", VERIFY_FOR, at)
        body = "Buka tautan ini untuk mengaktifkan akun Anda (berlaku 3 hari):\n" + link.replace("{token}", token)
        _mail(store, id, "verifikasi", "Aktifkan akun e-Perizinan Anda", body, at)


@retried
def verify_email(token: str, at: datetime) -> LoggedIn:
    with transaction() as store:
        id = store.people.use_token(_hash(token), "verify", at)
        if id is None:
            raise Refused("Tautan ini sudah dipakai atau kedaluwarsa.")
        store.people.change(id, email_verified_at=at)
        row = store.people.row(id)
        return LoggedIn(row.id, row.name, row.kind)


@retried
def register_at_counter(name: str, nik: str, phone: str, address: str, by: UUID, at: datetime) -> UUID:
    """The counter makes an account for a person without e-mail; an existing NIK gives the person it belongs to."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "file_for_applicant")
        bare = personal.digits(nik)
        errors: dict[str, str] = {}
        if len(bare) != 16:
            errors["nik"] = Sentence("NIK harus 16 angka, Anda menulis %(n)s", n=len(bare))
        checked_name(clean(name), errors)
        number = checked_phone(clean(phone), errors)
        if errors:
            raise SubmissionInvalid(errors)
        key = personal.nik_hmac(bare)
        known = store.people.by_nik(key) if key else ()
        if known:
            return UUID(str(known[0].id))
        id = uuid7()
        values = {"kind": "applicant", "name": clean(name), "phone": number}
        store.people.add(id, at, nik=bare, nik_hmac=key, address=clean(address)[:400] or None, created_by=by, **values)
        return id


def count_attempt(kind: str, subject: str, at: datetime) -> int:
    """One more attempt, committed before the check, or a rollback would forget the failure."""
    with transaction() as store:
        return store.people.count_attempt(kind, subject, _window(at))


def _window(at: datetime) -> datetime:
    return at - timedelta(seconds=at.timestamp() % WINDOW.total_seconds())


@retried
def log_in(email: str, password: str, address: str, at: datetime) -> LoggedIn:
    """Check a password; raises NotAllowed with one sentence for every failure, Refused when throttled."""
    subject = hashlib.sha256(email.strip().lower().encode("utf-8", "replace")).hexdigest()
    if (
        count_attempt("login", subject, at) > MOST_WRONG
        or count_attempt("login_address", address, at) > MOST_PER_ADDRESS
    ):
        raise Refused("Terlalu banyak percobaan. Coba lagi dalam 15 menit.")
    with transaction() as store:
        row = store.people.by_email(clean(email))
    good = matches(row.password_hash if row and row.password_hash else _NOBODY, password)
    if row is None or not good or row.disabled_at is not None or not row.password_hash:
        raise NotAllowed("Surel atau kata sandi tidak cocok.")
    if row.email_verified_at is None:
        raise NotAllowed("Akun belum aktif; buka tautan aktivasi yang dikirim ke surel Anda.")
    with transaction() as store:
        store.people.forgive("login", subject)
        # An office behind one address logs in by the dozen: only failures count against it.
        store.people.give_back("login_address", address, _window(at))
        if HASHER.check_needs_rehash(row.password_hash):
            store.people.change(row.id, password_hash=hashed(password))
    return LoggedIn(row.id, row.name, row.kind)


def matches(secret: str, password: str) -> bool:
    try:
        with HASHING:
            return HASHER.verify(secret, password)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


@retried
def ask_reset(email: str, link: str, address: str, at: datetime) -> None:
    """Send a reset link; the page gives the same answer for unknown addresses."""
    if count_attempt("reset", address, at) > MOST_WRONG:
        return
    with transaction() as store:
        row = store.people.by_email(clean(email))
        if row is None or row.disabled_at is not None:
            return
        token = _token(store, row.id, "reset", RESET_FOR, at)
        body = "Buka tautan ini untuk mengganti kata sandi (berlaku 30 menit):\n" + link.replace("{token}", token)
        _mail(store, row.id, "reset", "Ganti kata sandi e-Perizinan", body, at)


@retried
def reset_password(token: str, password: str, at: datetime) -> None:
    """Use a reset link once; ends every session of the account."""
    fault = password_fault(password)
    if fault:
        raise SubmissionInvalid({"sandi": fault})
    secret = hashed(password)
    with transaction() as store:
        id = store.people.use_token(_hash(token), "reset", at)
        if id is None:
            raise Refused("Tautan ini sudah dipakai atau kedaluwarsa.")
        store.people.change(id, password_hash=secret)
        row = store.people.row(id)
        if row.email_verified_at is None:
            store.people.change(id, email_verified_at=at)
        store.people.end_sessions(id)


def require_nik(held: Held, who: Actor) -> None:
    """Raise NotAllowed unless the full NIK of the case's applicant may be read: one's own, or by role."""
    if who.id != held.case.facts.applicant:
        access.require(who, "see_applicant")


@retried
def reveal_nik(case_id: UUID, why: str, by: UUID, at: datetime, address: str = "") -> str:
    """The full NIK of a case's applicant: logged with who, whose, why (UU 27/2022)."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = acting.seen(store, case_id, who)
        require_nik(held, who)
        row = store.people.row(held.case.facts.applicant)
        nik = next(
            (str(one.values["nik"]) for one in reversed(store.cases.submissions(case_id)) if one.values.get("nik")),
            row.nik or "",
        )
        values = {"person_id": by, "what": personal.VIEWED, "subject_id": held.case.facts.applicant, "case_id": case_id}
        store.people.log_access(uuid7(), at, why=clean(why)[:200], address=address, **values)
        return nik


@retried
def choose_language(person: UUID, language: str, theme: str, at: datetime) -> None:
    with transaction() as store:
        store.people.change(person, language=language if language in ("id", "en") else "id", theme=theme)
