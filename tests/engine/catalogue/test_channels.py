"""What work and terms need to go on, and what a declared channel reaches."""

import json
from pathlib import Path

import pytest

from engine.catalogue import channels, load

FILES = {one.name: one.read_bytes() for one in Path("processes/catalogue").glob("*.json")}
LAW, _ = load(FILES)


def changed(file, code, **words):
    rows = json.loads(FILES[file])
    return load({**FILES, file: json.dumps({**rows, code: {**rows[code], **words}}).encode()})


def told(file, code, **words):
    return [(one.file, one.element) for one in changed(file, code, **words)[1]]


def test_the_counter_needs_the_counter_the_treasurer_the_bank_and_whoever_examines_needs_none():
    found = {role: channels.of_role(LAW, role) for role in ("FO", "PS", "BP", "VB", "KD", "TIDAK_ADA")}
    assert found == {"FO": "loket", "PS": "loket", "BP": "bank", "VB": None, "KD": None, "TIDAK_ADA": None}


def test_a_declared_channel_reaches_whatever_needs_it_among_others():
    assert channels.reached({"daring"}) == {"daring", "daring+loket", "daring+bank", "daring+loket+bank"}
    payment = channels.of_term(LAW, "P_BAYAR", "daring")
    assert payment in channels.reached({"bank"}) & channels.reached({"daring"})
    assert payment not in channels.reached({"loket"})


def test_a_term_that_is_no_payment_needs_the_channel_of_its_file_alone():
    assert channels.of_term(LAW, "P_PERBAIKAN", "loket") == "loket"
    assert channels.of_term(LAW, "P_BAYAR", "loket") == "loket+bank"


def test_the_wait_of_the_office_for_its_treasurer_is_no_term_of_the_applicant():
    assert channels.of_applicant(LAW, "P_BAYAR")
    assert not channels.of_applicant(LAW, "P_ESKALASI")


def test_a_release_without_the_data_knows_work_that_no_channel_stops_and_terms_of_the_files_own_channel():
    roles = {
        code: {k: v for k, v in row.items() if k != "channel"} for code, row in json.loads(FILES["roles.json"]).items()
    }
    words = ("budget", "basis")
    terms = {name: {k: row[k] for k in words} for name, row in json.loads(FILES["terms.json"]).items()}
    older, faults = load({**FILES, "roles.json": json.dumps(roles).encode(), "terms.json": json.dumps(terms).encode()})
    assert not faults
    assert channels.of_role(older, "FO") is None
    assert channels.of_term(older, "P_BAYAR", "daring") == "daring"


@pytest.mark.parametrize(
    ("file", "code", "words", "at"),
    [
        ("roles.json", "FO", {"channel": "telegram"}, "FO"),
        ("roles.json", "PM", {"channel": "daring"}, "PM"),
        ("terms.json", "pembayaran", {"needs": []}, "pembayaran"),
        ("terms.json", "pembayaran", {"needs": ["pos"]}, "pembayaran"),
        ("terms.json", "pembayaran", {"clocks": []}, "pembayaran"),
        ("terms.json", "strd", {"clocks": ["STRD"]}, "strd"),
        ("terms.json", "pembayaran", {"needs": ["bank"]}, "P_BAYAR"),
        ("terms.json", "validasi", {"role": "XX"}, "validasi"),
        ("terms.json", "validasi", {"role": "PM"}, "validasi"),
        ("terms.json", "validasi", {"role": "TT"}, "validasi"),
    ],
)
def test_a_need_that_leads_nowhere_is_told_at_its_row(file, code, words, at):
    assert (file, at) in told(file, code, **words)
    assert not load(FILES)[1]


def test_who_receives_people_keeps_the_counters_hours_and_nobody_else():
    law = load(FILES)[0]
    assert {code for code in law.roles if channels.hours_of(law, code) == channels.COUNTER} == {"CS", "FO", "PS"}
    assert channels.hours_of(law, "BP") == channels.hours_of(law, "PM") == channels.hours_of(law, "") == ""
