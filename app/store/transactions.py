"""Where a transaction begins and ends: `with transaction() as store:` and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from app.store import fates, scratch, steady, unsent
from app.store.batches import BatchStore
from app.store.boards import BoardStore
from app.store.calendar_changes import CalendarChangeStore
from app.store.calendar_drafts import CalendarDraftStore
from app.store.calendars import CalendarStore
from app.store.case_lists import CaseListStore
from app.store.cases import CaseStore
from app.store.clock_policies import ClockPolicyStore
from app.store.compared import ComparedStore
from app.store.database import LAST, LINE, WROTE, db
from app.store.declaration_states import DeclarationStateStore
from app.store.deployments import DeploymentStore
from app.store.desks import DeskStore
from app.store.dispositions import DispositionStore
from app.store.disturbances import DisturbanceStore
from app.store.documents import DocumentStore
from app.store.expiry import ExpiryStore
from app.store.extensions import ExtensionStore
from app.store.findings import FindingStore
from app.store.impact import ImpactStore
from app.store.kept_facts import KeptFactStore
from app.store.ledger import LedgerStore
from app.store.limit_risks import LimitRiskStore
from app.store.looks import LookStore
from app.store.mentions import MentionStore
from app.store.moves import MoveStore
from app.store.numbers import NumberStore
from app.store.outages import OutageStore
from app.store.outbox import OutboxStore
from app.store.past_cases import PastCaseStore
from app.store.patterns import PatternStore
from app.store.payments import PaymentStore
from app.store.people import PeopleStore
from app.store.questions import QuestionStore
from app.store.queues import QueueStore
from app.store.readings import ReadingStore
from app.store.recounts import RecountStore
from app.store.release_comments import ReleaseCommentStore
from app.store.report_facts import ReportFactStore
from app.store.reports import ReportStore
from app.store.requests import RequestStore
from app.store.samples import SampleStore
from app.store.saved_views import SavedViewStore
from app.store.service_records import ServiceRecordStore
from app.store.sessions import SessionStore
from app.store.settings import SettingStore
from app.store.steps import StepStore
from app.store.stuck_tasks import StuckTaskStore
from app.store.studio import StudioStore
from app.store.task_drafts import TaskDraftStore
from app.store.task_lists import TaskListStore
from app.store.task_refusals import TaskRefusalStore
from app.store.trail import TrailStore
from app.store.untold import UntoldStore
from app.store.watches import WatchStore

# Serialization, deadlock, lock timeout, administrators' and crashes' shutdowns, idle and connection limits; and a
# disk or memory that was full: the statement did nothing, and there may be room again in a moment.
RETRYABLE = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03", "25P03", "53300", "53100", "53200"}


DatabaseFault = DBAPIError  # what the database refuses for good; only whoever reports it by exit status catches it
NO_SUCH_TABLE = "42P01"  # a database whose tables are still to be made


class Unavailable(Exception):
    """Basis data sedang tidak dapat dihubungi; isian Anda tidak hilang. Coba lagi sebentar lagi."""


def unreachable(fault: Exception) -> bool:
    """Whether nothing was refused, but no server answered."""
    return type(fault) is Unavailable or (isinstance(fault, OperationalError) and not getattr(fault.orig, "pgcode", ""))


class Interrupted(Unavailable):
    """The transaction was cut off in a way that a repeat may cure; nothing of it is in the database."""


class Stale(Interrupted):
    """The case moved on between reading and writing: the version guard found another version."""


class Store:
    """The office's tables, through one open transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def cases(self) -> CaseStore:
        return CaseStore(self.session, self.deployments, Stale)

    @cached_property
    def deployments(self) -> DeploymentStore:
        return DeploymentStore(self.session)

    @cached_property
    def calendars(self) -> CalendarStore:
        return CalendarStore(self.session)

    @cached_property
    def calendar_changes(self) -> CalendarChangeStore:
        return CalendarChangeStore(self.session)

    @cached_property
    def calendar_drafts(self) -> CalendarDraftStore:
        return CalendarDraftStore(self.session)

    @cached_property
    def declaration_states(self) -> DeclarationStateStore:
        return DeclarationStateStore(self.session)

    @cached_property
    def disturbances(self) -> DisturbanceStore:
        return DisturbanceStore(self.session)

    @cached_property
    def outages(self) -> OutageStore:
        return OutageStore(self.session)

    @cached_property
    def clock_policies(self) -> ClockPolicyStore:
        return ClockPolicyStore(self.session)

    @cached_property
    def extensions(self) -> ExtensionStore:
        return ExtensionStore(self.session)

    @cached_property
    def limit_risks(self) -> LimitRiskStore:
        return LimitRiskStore(self.session)

    @cached_property
    def documents(self) -> DocumentStore:
        return DocumentStore(self.session)

    @cached_property
    def past(self) -> PastCaseStore:
        return PastCaseStore(self.session)

    @cached_property
    def moves(self) -> MoveStore:
        return MoveStore(self.session)

    @cached_property
    def desks(self) -> DeskStore:
        return DeskStore(self.session)

    @cached_property
    def dispositions(self) -> DispositionStore:
        return DispositionStore(self.session)

    @cached_property
    def findings(self) -> FindingStore:
        return FindingStore(self.session)

    @cached_property
    def looks(self) -> LookStore:
        return LookStore(self.session)

    @cached_property
    def patterns(self) -> PatternStore:
        return PatternStore(self.session)

    @cached_property
    def samples(self) -> SampleStore:
        return SampleStore(self.session)

    @cached_property
    def trail(self) -> TrailStore:
        return TrailStore(self.session)

    @cached_property
    def untold(self) -> UntoldStore:
        return UntoldStore(self.session)

    @cached_property
    def steps(self) -> StepStore:
        return StepStore(self.session)

    @cached_property
    def numbers(self) -> NumberStore:
        return NumberStore(self.session)

    @cached_property
    def outbox(self) -> OutboxStore:
        return OutboxStore(self.session)

    @cached_property
    def people(self) -> PeopleStore:
        return PeopleStore(self.session)

    @cached_property
    def payments(self) -> PaymentStore:
        return PaymentStore(self.session)

    @cached_property
    def questions(self) -> QuestionStore:
        return QuestionStore(self.session)

    @cached_property
    def requests(self) -> RequestStore:
        return RequestStore(self.session)

    @cached_property
    def sessions(self) -> SessionStore:
        return SessionStore(self.session)

    @cached_property
    def settings(self) -> SettingStore:
        return SettingStore(self.session)

    @cached_property
    def ledger(self) -> LedgerStore:
        return LedgerStore(self.session)

    @cached_property
    def task_lists(self) -> TaskListStore:
        return TaskListStore(self.session)

    @cached_property
    def saved_views(self) -> SavedViewStore:
        return SavedViewStore(self.session)

    @cached_property
    def task_refusals(self) -> TaskRefusalStore:
        return TaskRefusalStore(self.session)

    @cached_property
    def task_drafts(self) -> TaskDraftStore:
        return TaskDraftStore(self.session)

    @cached_property
    def studio(self) -> StudioStore:
        return StudioStore(self.session)

    @cached_property
    def impact(self) -> ImpactStore:
        return ImpactStore(self.session)

    @cached_property
    def batches(self) -> BatchStore:
        return BatchStore(self.session)

    @cached_property
    def release_comments(self) -> ReleaseCommentStore:
        return ReleaseCommentStore(self.session)

    @cached_property
    def mentions(self) -> MentionStore:
        return MentionStore(self.session)

    @cached_property
    def watches(self) -> WatchStore:
        return WatchStore(self.session)

    @cached_property
    def case_lists(self) -> CaseListStore:
        return CaseListStore(self.session)

    @cached_property
    def stuck_tasks(self) -> StuckTaskStore:
        return StuckTaskStore(self.session)

    @cached_property
    def queues(self) -> QueueStore:
        return QueueStore(self.session)

    @cached_property
    def boards(self) -> BoardStore:
        return BoardStore(self.session)

    @cached_property
    def readings(self) -> ReadingStore:
        return ReadingStore(self.session)

    @cached_property
    def compared(self) -> ComparedStore:
        return ComparedStore(self.session)

    @cached_property
    def recounts(self) -> RecountStore:
        return RecountStore(self.session)

    @cached_property
    def service_records(self) -> ServiceRecordStore:
        return ServiceRecordStore(self.session)

    @cached_property
    def kept_facts(self) -> KeptFactStore:
        return KeptFactStore(self.session)

    @cached_property
    def expiry(self) -> ExpiryStore:
        return ExpiryStore(self.session)

    @cached_property
    def reports(self) -> ReportStore:
        return ReportStore(self.session)

    @cached_property
    def report_facts(self) -> ReportFactStore:
        return ReportFactStore(self.session)


def _retryable(error: DBAPIError) -> bool:
    code = getattr(error.orig, "pgcode", None)
    if error.connection_invalidated or code in RETRYABLE or (code or "").startswith("08"):
        return True
    return code is None and isinstance(error, OperationalError | InterfaceError)


def _done_all_the_same(name: fates.Name | None) -> bool:
    """Whether a transaction that broke off was committed nevertheless; before its COMMIT it has no name here."""
    try:
        return name is not None and fates.committed(name)
    except fates.Unknown as unknown:
        raise Unavailable(str(Unavailable.__doc__)) from unknown


@contextmanager
def transaction(snapshot: bool = False) -> Iterator[Store]:
    """One transaction; leaving normally commits, any exception leaves nothing.

    With `snapshot` all its statements see the office at one instant: for who compares what several of them read.

    Raises Interrupted for faults that a repeat may cure: nothing of it was
    done.  A COMMIT whose answer was lost is asked for; Unavailable when the
    database does not tell.  RuntimeError when another transaction of the same
    request is open (it would deadlock the pool).
    """
    session = db.session()
    if session.in_transaction():
        raise RuntimeError("transactions do not nest")
    name = None
    _forget(session)
    try:
        with session.begin():
            if snapshot:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield Store(session)
            unsent.settle(session)
            name = fates.name_of(session) if session.info.get(WROTE) else None
    except DBAPIError as error:
        if _retryable(error):
            session.close()
            if not _done_all_the_same(name):
                raise Interrupted(str(error.orig)) from error
            return
        if getattr(error.orig, "pgcode", None) == NO_SUCH_TABLE:
            raise Unavailable(str(Unavailable.__doc__)) from error
        raise
    except PoolTimeout as error:
        raise Interrupted("pool") from error
    finally:
        _forget(session)
        session.close()


def _forget(session: Session) -> None:
    """What was known in one transaction is nothing to the next."""
    for known in (LAST, LINE, WROTE, fates.NAMED, steady.KNOWN, scratch.MADE):
        session.info.pop(known, None)
