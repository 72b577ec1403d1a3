"""Two engines behind one gesture: a snapshot's text in, its open task completed, the next snapshot's text out.

`ours` is the engine room as the office uses it; `standard` is SpiffWorkflow with
`BpmnWorkflowSerializer`, as its documents show.  `advance` gives either its
transaction: the row read under its lock, written back, committed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import create_engine, text

from app.clock import WIB
from app.store import embedded
from app.store.database import db
from engine import bpmn
from engine.services import Services

AT = datetime(2026, 8, 3, 9, 0, tzinfo=WIB)
Values = dict[str, Any]
Advance = Callable[[str], str]
Way = Callable[[bytes, str, Values], tuple[str, Advance]]


class Deaf(Exception):
    """SpiffWorkflow no longer looks at tasks below depth 1000: the case cannot go on."""


def ours(diagram: bytes, process: str, values: Values) -> tuple[str, Advance]:
    """The first snapshot of a process, and how it is advanced by completing its first open task with `values`."""
    known = bpmn.Catalogue(forms={bpmn.GENERAL_FORM: ()}, services=Services(()), roles=frozenset({"FO", "PM"}))
    definition, context = bpmn.parse({"ukur.bpmn": diagram}, known), bpmn.StepContext(AT, Services(()))

    open_tasks: dict[str, str] = {}  # what stands in the office's table of tasks: nobody searches a snapshot for it

    def keep_open(position: bpmn.Position) -> str:
        if position.tasks:
            open_tasks[position.snapshot] = position.tasks[0].id
        return position.snapshot

    def advance(snapshot: str) -> str:
        position = bpmn.complete(definition, snapshot, open_tasks[snapshot], values, context)
        return keep_open(position)

    return keep_open(bpmn.start(definition, process, {}, context)), advance


def standard(diagram: bytes, process: str, values: Values) -> tuple[str, Advance]:
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(diagram))
    serializer = BpmnWorkflowSerializer()
    workflow: Any = BpmnWorkflow(parser.get_spec(process))
    workflow.do_engine_steps()

    def advance(snapshot: str) -> str:
        found: Any = serializer.deserialize_json(snapshot)
        ready = found.get_tasks(state=TaskState.READY, manual=True)
        if not ready:
            raise Deaf
        task = ready[0]
        task.data[task.task_spec.bpmn_id] = dict(values)
        task.run()
        found.do_engine_steps()
        return str(serializer.serialize_json(found))

    return str(serializer.serialize_json(workflow)), advance


def table(server: embedded.Server) -> None:
    """A real table: a temporary one is not written to the log, and its commits wait for no disk."""
    owner = create_engine(server.owner_url)
    with owner.begin() as connection:
        connection.execute(text("create table if not exists ukur (id int primary key, teks text)"))
        connection.execute(text(f'grant all on ukur to "{db.engine.url.username}"'))
    owner.dispose()


def completion(advance: Advance) -> float:
    """Seconds of one completion of the row that `keep` wrote, with its transaction."""
    began = time.perf_counter()
    raw = db.engine.raw_connection()
    try:
        with raw.cursor() as cursor:
            cursor.execute("select teks from ukur where id = 1 for update")
            (found,) = cursor.fetchone()
            cursor.execute("update ukur set teks = %s where id = 1", (advance(found),))
        raw.commit()
    finally:
        raw.close()
    return time.perf_counter() - began


def keep(snapshot: str) -> None:
    """The snapshot as the one row of a table with one text column."""
    raw = db.engine.raw_connection()
    with raw.cursor() as cursor:
        cursor.execute(
            "insert into ukur values (1, %s) on conflict (id) do update set teks = excluded.teks", (snapshot,)
        )
    raw.commit()
    raw.close()
