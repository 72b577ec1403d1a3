"""Papers and words of a declaration: its decrees, the recovery record, the notice, the annotation of breaches."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.letters.signing import WET
from app.operations import office_settings
from app.operations.breaching import BREACH
from app.operations.clock_views import NAMES
from app.operations.force_majeure_effects import MEANING
from app.operations.force_majeure_proposal import Impact
from app.operations.force_majeure_rescued import EXCUSED
from app.operations.force_majeure_scope import named
from app.operations.force_majeure_versions import changed, printed
from app.operations.issuing import LATER, render_file
from app.operations.notifying import long_day
from app.store import Store
from app.store.compared import Told
from app.store.encoding import parse
from app.store.ids import code, uuid7
from engine.access import STANDING
from engine.catalogue import Catalogue, LetterKind
from engine.numbering import number, scope

# Which paper each act brings about; its register, template and title are the catalogue's.
LETTERS = {
    "DECLARE": "sk_kahar",
    "AMEND": "sk_kahar_perubahan",
    "EXTEND": "sk_kahar_perpanjangan",
    "RECOVER": "ba_pemulihan",
    "REVOKE": "sk_kahar_pencabutan",
}
AGAIN = {
    "AMEND": "diubah dengan",
    "EXTEND": "diperpanjang dengan",
    "RECOVER": "berakhir dengan",
    "REVOKE": "dicabut oleh",
}
SUBJECTS = {
    "AMEND": "Keadaan kahar diubah",
    "EXTEND": "Keadaan kahar diperpanjang",
    "RECOVER": "Keadaan kahar berakhir",
    "REVOKE": "Keadaan kahar dicabut",
}
NO_DATE = "belum dapat dijanjikan sampai kondisi stabil"
NO_TERM = "menunggu kondisi stabil"
UNDONE = "Waktu yang semula dikecualikan dihitung kembali."
Past = tuple[Any, ...]  # the established versions before this one, the declaring one first


def past(store: Store, row: Any) -> Past:
    rows = reversed(store.calendars.versions(row.declaration_id))
    return tuple(one for one in rows if one.approved_at is not None and one.version < row.version)


def annotate(store: Store, row: Any, before: Past, decree: str, at: datetime) -> None:
    """A breach that the version undoes is annotated with it, never deleted; one that it brings back stands again.

    One that nobody was warned of yet, for warnings wait for service hours, is registered first: a late file that is
    made timely is never out of the register.
    """
    for case, clock in store.compared.turned(late=False):
        store.readings.fire_rung(clock, case, BREACH, at, False)  # one that was known stays as it is
        store.readings.annotate_rung(clock, BREACH, at, f"{EXCUSED} ({decree})")
    for _case, clock in store.compared.turned(late=True) if before else ():
        why = f"kembali terlambat: {before[0].decree} {AGAIN[row.kind]} {decree}"
        store.readings.restore_rung(clock, BREACH, why)


def notice(row: Any, before: Past, move: Told, decree: str) -> tuple[str, str]:
    """Subject and body for the applicant: decree, cause, old and new date."""
    subject = f"{SUBJECTS.get(row.kind, 'Keadaan kahar')}: janji layanan berkas {move.number or ''} berubah"
    old, new = (long_day(one) if one else NO_DATE for one in (move.before, move.after))
    return subject, f"{_told(row, before, decree)}\nJanji semula {old}; janji sekarang {new}."


def term_notice(row: Any, before: Past, move: Told, decree: str) -> tuple[str, str]:
    """The same for a term of the applicant himself: until when he has time now."""
    name = NAMES.get(move.name, NAMES["P"])
    subject = f"{SUBJECTS.get(row.kind, 'Keadaan kahar')}: tenggat Anda untuk berkas {move.number or ''} berubah"
    old, new = (long_day(one) if one else NO_TERM for one in (move.before, move.after))
    return subject, f"{_told(row, before, decree)}\n{name}: semula {old}; sekarang {new}."


def _told(row: Any, before: Past, decree: str) -> str:
    """What was decided and why."""
    first = before[0].decree if before else ""
    return {
        "DECLARE": f"Berdasarkan {decree} pelayanan terganggu keadaan kahar: {row.description}{_rolled(row)}",
        "AMEND": f"Pernyataan keadaan kahar {first} diubah dengan keputusan {decree}: {row.description}",
        "EXTEND": f"Keadaan kahar {first} diperpanjang dengan keputusan {decree}: {row.description}",
        "RECOVER": f"Keadaan kahar {first} ({_bare(row.event)}) berakhir menurut {decree}: {row.description}",
        "REVOKE": f"Pernyataan keadaan kahar {first} dicabut dengan keputusan {decree}: {_bare(row.description)}. "
        + ("Janji tidak lagi bergeser." if row.effect == "ROLL_LAST_DAY" else UNDONE),
    }[str(row.kind)]


def _rolled(row: Any) -> str:
    """What an applicant must know of an effect under which time goes on."""
    return f" {MEANING[row.effect]}" if row.effect == "ROLL_LAST_DAY" else ""


def _bare(text: str) -> str:
    return text.rstrip(" .;")


def letter_of(store: Store, row: Any) -> LetterKind | None:
    return store.deployments.active().catalogue.letters.get(LETTERS[row.kind])


def next_decree(store: Store, row: Any, at: datetime) -> str:
    """The next number of the letter's register, one that no other declaration bears."""
    catalogue, day = store.deployments.active().catalogue, at.astimezone(WIB).date()
    letter = letter_of(store, row)
    book = catalogue.registers[letter.register if letter else "KAHAR"]
    unit = str(office_settings.effective(store, catalogue).get("unit_code", "DPMPTSP"))
    while True:
        span = scope(book, "", day)
        seq = store.numbers.take(book.code, span)
        given = number(book, seq, "", day, unit)
        store.numbers.record(book.code, span, seq, given, None, at)
        if not store.calendars.decreed(given, row.declaration_id):
            return given


def withdraw(store: Store, row: Any, decree: str, at: datetime) -> None:
    """An undoing withdraws every paper of the declaration: whoever holds one reads so on its page of verification."""
    if row.kind == "REVOKE":
        store.documents.withdraw_letters(row.declaration_id, at, f"dicabut dengan keputusan nomor {decree}")


def write_letter(store: Store, row: Any, before: Past, found: Impact, decree: str, by: UUID, at: datetime) -> None:
    """The paper of the act: SK, its change, its revocation, or the Berita Acara Pemulihan."""
    deployment, letter = store.deployments.active(), letter_of(store, row)
    if letter is None:
        return
    id, secret = uuid7(), code(12)
    values = _values(store, row, decree, by, at, letter.title, secret)
    values["kahar"] |= {**_before(before), "akibat": found.counts()}
    values["kahar"]["berubah"] = printed(changed(deployment, before[-1], row)) if before else []
    store.documents.add_letter(
        id,
        values,
        at,
        declaration_id=row.declaration_id,
        kind=letter.code,
        number=decree,
        template_checksum=hashlib.sha256(deployment.letters.get(letter.template, b"")).hexdigest(),
        deployment_id=deployment.id,
        verification_code=secret,
        **({"signing_way": WET, "signed_by": by, "signed_at": at} if letter.by_hand else {}),
    )
    if LATER.get():
        store.outbox.put(uuid7(), None, "letter", {"letter": str(id)}, at)
    else:
        render_file(store, id, deployment, letter, values, at)


def _before(before: Past) -> dict[str, Any]:
    """The decree that declared, what was established since, and the span that stood last."""
    if not before:
        return {}
    first, *since = (
        {"jenis": one.kind, "nomor": one.decree, "tanggal": one.approved_at.astimezone(WIB).date().isoformat()}
        for one in before
    )
    first |= _account(before[0]) | _span(before[0])
    return {"asal": first, "sesudahnya": since, "semula": _span(before[-1]), "jenis_semula": before[-1].event_kind}


def _account(row: Any) -> dict[str, str]:
    """What a version says happened."""
    return {
        "jenis_peristiwa": row.event_kind,
        "uraian": row.event,
        "waktu_peristiwa": row.event_at.astimezone(WIB).isoformat() if row.event_at else "",
        "tak_terduga": row.unforeseen,
    }


HEAD = "KD"  # who establishes (Pasal 16)


def _office(store: Store, person: UUID, catalogue: Catalogue, at: datetime) -> str:
    """Kepala Dinas, or who acts in his stead: as the office of the establisher is printed."""
    held = [one for one in store.people.grants_on(person, at.astimezone(WIB).date()) if one.role == HEAD]
    return (STANDING.get(held[0].kind, "") if held else "") + catalogue.roles[HEAD].name


def _span(row: Any) -> dict[str, str]:
    return {
        "mulai": row.since.astimezone(WIB).isoformat(),
        "selesai": row.until.astimezone(WIB).isoformat() if row.until else "",
    }


def _values(store: Store, row: Any, decree: str, by: UUID, at: datetime, title: str, secret: str) -> dict[str, Any]:
    deployment = store.deployments.active()
    settings = office_settings.effective(store, deployment.catalogue)
    names = store.people.names({row.proposed_by, by})
    person = store.people.row(by)
    return {
        "rancangan": False,
        "surat": {
            "kode": "kahar",
            "judul": title,
            "nomor": decree,
            "tanggal": at.astimezone(WIB).date().isoformat(),
            "kode_verifikasi": secret,
            "alamat_verifikasi": f"{settings.get('public_url', '')}/periksa/{secret}",
        },
        "kantor": settings,
        "kahar": {
            "kode": row.code,
            "versi": row.version,
            "jenis_versi": row.kind,
            "dasar": row.grounds.split(","),
            **_account(row),
            "akibat_waktu": row.effect,
            "alasan": "" if row.kind == "DECLARE" else row.description,
            "upaya": row.measures,
            **_span(row),
            "cakupan": named(deployment, parse(row.scope)),
            "bukti": [str(one.get("nama", "")) for one in parse(row.evidence)],
            "pengusul": names.get(row.proposed_by, ""),
            "penetap": names.get(by, ""),
        },
        "penandatangan": {
            "nama": person.name if person else "",
            "nip": (person.nip or "") if person else "",
            "pangkat": (person.rank or "") if person else "",
            "jabatan": _office(store, by, deployment.catalogue, at),
        },
    }
