"""What a declaration tells of its event is corrected by two people, as its span is; no clock hears of it."""

from datetime import timedelta

from app.operations import force_majeure as kahar
from app.operations import force_majeure_changes as changes
from app.operations.force_majeure_changes import Account, Change
from app.operations.force_majeure_checking import LONGEST_LINE, MOST_EVIDENCE
from app.operations.force_majeure_register import periods
from tests.app.operations.test_declaring import letters, paper
from tests.app.operations.test_force_majeure import (
    TUESDAY,
    WEDNESDAY,
    cached,
    declare,
    establish,
    proposal,
    recover,
    running,
    undo,
)
from tests.app.operations.test_kahar_corrections import correct, page, refused

__all__ = ["running"]
STORM = "Angin kencang merobohkan tiang listrik di depan kantor."
TOLD = proposal(TUESDAY, WEDNESDAY).description
OUTAGE = {"nama": "Padam 09.00-11.00", "padam": "12", "sha256": "ab12"}


def account(**said):
    words = {"event": TOLD, "event_at": None, "measures": "", "evidence": ("Berita acara 1",)}
    return Account(**{**words, **said})


def declared(office, until=WEDNESDAY, **more):
    return declare(office, proposal(TUESDAY, until, evidence=({"nama": "Berita acara 1"}, OUTAGE), **more), "003/KEP")


def test_what_happened_when_what_was_done_and_what_proves_it_are_corrected_and_move_no_clock(office, running):
    id, before = declared(office), cached(running)
    hour = TUESDAY - timedelta(hours=1)
    said = account(event=STORM, event_at=hour, measures="Genset dinyalakan", evidence=("Berita acara 2", "Foto tiang"))
    seen = changes.preview(id, Change("AMEND", "Catatan PLN", account=said), office.people["kabid"], office.at)
    assert (seen.moves, seen.impact.figures.clocks) == (False, 0)
    correct(office, id, account=said)
    assert page(office, id).moves is False
    assert establish(office, id, "004/KEP").moved == 0
    assert cached(running) == before
    found = page(office, id)
    assert {one.name: (one.old, one.new) for one in found.changes[2]} == {
        "event_at": (None, hour),
        "event": (TOLD, STORM),
        "measures": ("", "Genset dinyalakan"),
        "evidence": (("Berita acara 1", OUTAGE["nama"]), ("Berita acara 2", "Foto tiang")),
    }
    assert found.versions[1].event == TOLD, "the version that stood still says what it said"


def test_the_decree_prints_the_old_and_the_new_account_and_tells_the_new_one_itself(office, running):
    id = declared(office)
    hour = TUESDAY - timedelta(hours=1)
    correct(office, id, account=account(event=STORM, event_at=hour, evidence=("Berita acara 2",)))
    establish(office, id, "004/KEP")
    values = paper(letters(id)[-1])
    assert {one["hal"]: (one["semula"], one["menjadi"]) for one in values["berubah"]} == {
        "Waktu peristiwa": ("saat pelayanan terhenti", f"{hour:%d/%m/%Y %H.%M} WIB"),
        "Uraian peristiwa": (TOLD, STORM),
        "Bukti": ("Berita acara 1; Padam 09.00-11.00", "Berita acara 2"),
    }
    assert (values["uraian"], values["bukti"]) == (STORM, ["Berita acara 2"])


def test_recovery_extension_and_the_public_page_tell_the_corrected_event(office, running):
    id = declared(office, until=None)
    correct(office, id, account=account(event=STORM))
    establish(office, id, "004/KEP")
    changes.extend(id, "Tiang belum berdiri lagi", office.people["kabid"], office.at)
    assert page(office, id).moves is False
    establish(office, id, "005/KEP")
    recover(office, id, WEDNESDAY, "BA 1")
    assert [one.event for one in page(office, id).versions] == [STORM, STORM, STORM, TOLD]
    assert [one.event for one in periods(office.at)] == [STORM]
    undo(office, id)
    assert page(office, id).versions[0].event == STORM


def test_evidence_that_stays_keeps_what_was_kept_with_it(office, running):
    id = declared(office)
    correct(office, id, account=account(evidence=(OUTAGE["nama"], "Berita acara 2", "Berita acara 2")))
    kept = kahar.proposal_of(page(office, id).versions[0]).evidence
    assert kept == (OUTAGE, {"nama": "Berita acara 2"})


def test_an_account_that_cannot_be_is_told_at_every_field_at_once(office, running):
    id = declared(office)
    later = TUESDAY + timedelta(minutes=1)
    wrong = account(event="pendek", event_at=later, measures="x" * 4001, evidence=())
    assert refused(office, id, account=wrong).keys() == {"uraian_peristiwa", "waktu_peristiwa", "upaya", "bukti"}
    planned = account(event="Pemadaman terencana oleh PLN menurut jadwal pemeliharaan.")
    assert "Pasal 1 angka 16" in refused(office, id, account=planned)["uraian_peristiwa"]
    for many in (("x" * (LONGEST_LINE + 1),), tuple(map(str, range(MOST_EVIDENCE + 1)))):
        assert refused(office, id, account=account(evidence=many)).keys() == {"bukti"}


def test_an_account_that_stands_changes_nothing_and_is_not_judged_again(office, running):
    id = declared(office)
    same = account(evidence=("Berita acara 1", OUTAGE["nama"]))
    assert "tidak mengubah apa pun" in refused(office, id, account=same)["sejak"]
    correct(office, id, since=TUESDAY + timedelta(hours=1), account=same)
    assert [one.name for one in page(office, id).changes[2]] == ["since"]
