"""Lists of very many tasks: their first page by an index, counted no further than anybody reads, searched by pieces."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import create_engine, event, text

from app.operations import acting, board, inbox, personal, searching
from app.operations.inbox import InboxFilter
from app.store import transaction
from app.store.database import db
from app.store.task_lists import MOST_COUNTED
from benchmarks import many_clocks
from tests.app.operations.conftest import YEARS_AGO
from tests.app.operations.test_index_use import whole_tables
from tests.conftest import NAME

AT = many_clocks.TODAY + timedelta(hours=1)


def verifier(office):
    return office.people["verifikator"]


def test_no_page_of_a_long_list_reads_the_whole_table(many):
    for wanted in (InboxFilter(view="kelompok"), InboxFilter(view="kelompok", text="U1234")):
        first = inbox.inbox(verifier(many), wanted, AT)
        for after in filter(None, (first.more, None if wanted.text else (YEARS_AGO, many.people["loket"]))):
            assert whole_tables(_listed(many, replace(wanted, after=after))) == []


def _listed(office, wanted):
    def act(store):
        return store.task_lists.inbox(acting.actor(store, verifier(office), AT), wanted, inbox.start_of_day(AT))

    return act


def test_the_pages_of_a_long_list_hold_every_task_once_most_urgent_first(many):
    places, after = [], None
    for _ in range(8):
        found = inbox.inbox(verifier(many), InboxFilter(view="kelompok", after=after), AT)
        places += [(one.row.promised_at or one.row.due_at, one.row.id) for one in found.lines]
        after = found.more
    assert len(set(places)) == 400
    assert places == sorted(places)
    with transaction() as store:
        asked = text("select min(promised_at), max(promised_at) from (select promised_at from cases where not closed "
                     "order by promised_at limit 400) first")  # fmt: skip
        assert tuple(store.session.execute(asked).one()) == (places[0][0], places[-1][0])


def test_a_long_list_is_not_counted_to_its_end(many):
    found = inbox.inbox(verifier(many), InboxFilter(view="kelompok"), AT)
    assert found.counts["kelompok"] == MOST_COUNTED
    assert found.beyond == {"kelompok"}
    assert inbox.pulse(verifier(many), AT)["jumlah"]["kelompok"] == MOST_COUNTED


def test_a_task_moves_in_the_list_when_the_promise_of_its_file_moves(many):
    last = inbox.inbox(verifier(many), InboxFilter(view="kelompok", text="U777"), AT).lines[-1].row
    with transaction() as store:
        store.session.execute(
            text("update cases set promised_at = :at where id = :id"), {"at": YEARS_AGO, "id": last.case_id}
        )
    assert inbox.inbox(verifier(many), InboxFilter(view="kelompok"), AT).lines[0].row.id == last.id
    with transaction() as store:
        assert store.task_lists.lock_next(acting.actor(store, verifier(many), AT)) == last.id


def test_next_takes_the_most_urgent_that_nobody_else_is_taking(many, cluster):
    first = [one.row.id for one in inbox.inbox(verifier(many), InboxFilter(view="kelompok"), AT).lines[:3]]
    colleague = create_engine(cluster.database(NAME).owner_url)
    with colleague.begin() as connection:
        connection.execute(text("select id from tasks where id = any(:ids) for update"), {"ids": first[:2]})
        with transaction() as store:
            assert store.task_lists.lock_next(acting.actor(store, verifier(many), AT)) == first[2]
    colleague.dispose()


def test_a_file_is_found_by_any_piece_of_its_number_name_or_subject(office):
    case_id = office.registered()
    with transaction() as store:
        held = store.cases.see(case_id)
    for spoken in (held.number[:5], held.number[-6:], held.applicant_name[2:9].upper(), held.applicant_name[:2]):
        found = board.find(office.people["pengawas"], office.at, spoken)
        assert case_id in [one.row.id for one in found.lines], spoken
    assert board.find(office.people["pengawas"], office.at, "tidak ada yang begini").lines == ()


def test_a_company_s_file_is_found_by_its_own_name_and_by_that_of_who_answers_for_it(office):
    other, case_id = office.registered(), office.open("TRY", category="badan")
    office.do(case_id, "ajukan", "pemohon", nama_badan="CV Sinar Lampung", nama="Nur Maulana")
    office.do(case_id, "periksa_kelengkapan", "loket")
    verifier, supervisor = office.people["verifikator"], office.people["pengawas"]
    for spoken in ("sinar lamp", "Nur Maulana", "maulana"):
        found = board.find(supervisor, office.at, spoken).lines
        assert [one.row.id for one in found] == [case_id] != [other], spoken
        assert found[0].row.person_name == "Nur Maulana"
        assert [one.id for one in searching.search(spoken, supervisor, office.at).files] == [case_id]
        listed = inbox.inbox(verifier, InboxFilter(view="kelompok", text=spoken), office.at).lines
        assert [one.row.case_id for one in listed] == [case_id], spoken


def test_a_file_is_found_by_the_last_digits_of_its_nik_and_by_no_others(office):
    case_id = office.registered()
    nik = "1872015709867423"
    with transaction() as store:
        store.session.execute(
            text("update cases set nik_hmac = :key, nik_tails = :tails where id = :id"),
            {"key": personal.nik_hmac(nik), "tails": personal.nik_tails(nik), "id": case_id},
        )

    def found(spoken):
        return [one.row.id for one in board.find(office.people["pengawas"], office.at, spoken).lines]

    for length in personal.TAILS:
        assert found(nik[-length:]) == [case_id]
    assert found(nik) == [case_id]
    for wrong in (nik[:8], "67424", nik[-3:], nik[-9:], nik[3:11]):
        assert found(wrong) == [], wrong


def rows_read(act):
    """Rows of tasks and files that each statement of an act touches, those it throws away too."""
    told = []

    def hear(connection, cursor, statement, parameters, context, many):
        if statement.lstrip().lower().startswith("select"):
            told.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        with transaction() as store:
            act(store)
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    with transaction() as store, store.session.connection().connection.cursor() as cursor:
        found = []
        for statement, parameters in told:
            cursor.execute(f"explain (analyze, format json) {statement}", parameters)
            found.append(_touched(cursor.fetchone()[0][0]["Plan"]))
        return found


def _touched(node):
    removed = sum(number for name, number in node.items() if name.startswith("Rows Removed by"))
    own = node["Actual Loops"] * (node["Actual Rows"] + removed)
    own = own if node.get("Relation Name") in ("tasks", "cases", "case_texts") else 0
    return own + sum(_touched(one) for one in node.get("Plans", ()))


def test_a_list_sifted_by_a_step_or_a_place_that_nothing_fits_reads_no_more_than_what_does(many):
    """Of tasks at another step, or of files elsewhere, not one is read."""
    for wanted in (InboxFilter(element="tinjauan"), InboxFilter(area="18.72.01.1099"), InboxFilter(area="18.72.09")):
        read = rows_read(_listed(many, replace(wanted, view="kelompok")))
        assert max(read) < 50, (wanted, read)
    some = inbox.inbox(verifier(many), InboxFilter(view="kelompok", area="18.72.01.1001"), AT).lines
    assert {one.row.area for one in some} == {"18.72.01.1001"}
    with transaction() as store:
        moved = some[0].row.case_id
        store.session.execute(text("update cases set area = '18.72.01.1099' where id = :id"), {"id": moved})
    only = inbox.inbox(verifier(many), InboxFilter(view="kelompok", area="18.72.01.1099"), AT).lines
    assert [one.row.case_id for one in only] == [moved]


def test_a_list_without_what_its_reader_refused_and_the_list_of_that_are_read_by_an_index(many):
    first = [one.row.id for one in inbox.inbox(verifier(many), InboxFilter(view="kelompok"), AT).lines]
    with transaction() as store:
        for one in first[:40]:
            assert store.task_refusals.add(one, verifier(many), "Pemohon ini kerabat saya", AT)
    found = inbox.inbox(verifier(many), InboxFilter(view="kelompok"), AT)
    assert [one.row.id for one in found.lines[:10]] == first[40:]
    assert {one.row.id for one in inbox.inbox(verifier(many), InboxFilter(view="ditolak"), AT).lines} == {*first[:40]}
    for view in ("kelompok", "ditolak"):
        assert whole_tables(_listed(many, InboxFilter(view=view))) == []
    assert whole_tables(lambda store: [store.task_lists.refused_count(acting.actor(store, verifier(many), AT))]) == []
