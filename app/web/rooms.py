"""Every blueprint, in the order of the navigation."""

from __future__ import annotations

from flask import Blueprint

import app.web.board_rooms  # hangs its pages under the board
import app.web.calendar  # hangs its pages under the administration
import app.web.calendar_proposing  # hangs its pages under the administration
import app.web.case_times  # hangs its pages under the cases
import app.web.clock_policies  # hangs its pages under the administration
import app.web.dispositions  # hangs its pages under the cases and the desk
import app.web.drawing  # hangs its pages under the studio
import app.web.extensions  # hangs its pages under the cases and the applicants
import app.web.findings  # hangs its pages under the audit
import app.web.form_builder  # hangs its pages under the studio
import app.web.kahar_changing  # hangs its pages under keadaan kahar
import app.web.kahar_counts  # hangs its pages under keadaan kahar and those for everybody
import app.web.kahar_proposing  # hangs its pages under keadaan kahar
import app.web.kahar_states  # hangs its acts under keadaan kahar
import app.web.law_editor  # hangs its page under the studio
import app.web.letter_editor  # hangs its pages under the studio
import app.web.looks  # hangs its pages under the audit, and its note behind those of files
import app.web.palette  # hangs its pages under the desk
import app.web.patterns  # hangs its pages under the audit
import app.web.permitted  # hangs its page under the audit
import app.web.playing  # hangs its pages under the studio
import app.web.proving  # hangs its pages under the studio
import app.web.public_calendar  # hangs its pages under those for everybody
import app.web.public_figures  # hangs its pages under those for everybody
import app.web.releases  # hangs its pages under the administration and the studio
import app.web.sampling  # hangs its pages under the audit
import app.web.service_reports  # hangs its pages under the reports
import app.web.staff  # hangs its pages under the administration
import app.web.usage  # hangs its pages under the studio
import app.web.why  # noqa: F401 -- and this under the cases
from app.web.accounts import accounts
from app.web.admin import admin
from app.web.afterwards import paper
from app.web.applications import applicant_pages
from app.web.auditing import audit
from app.web.board import board
from app.web.cases import cases
from app.web.comparing import comparing
from app.web.disturbances import disturbances
from app.web.documents import documents
from app.web.field_visit import field_visit
from app.web.health import health
from app.web.impact import impacts
from app.web.kahar import kahar
from app.web.messages import messages
from app.web.migrations import migrations
from app.web.public import public_pages
from app.web.repair import repair
from app.web.reports import report_room
from app.web.studio import studio
from app.web.tasks import tasks
from app.web.treasury import treasury
from app.web.working import working

BLUEPRINTS: tuple[Blueprint, ...] = (
    health,
    accounts,
    tasks,
    working,
    field_visit,
    paper,
    cases,
    documents,
    board,
    audit,
    report_room,
    kahar,
    disturbances,
    treasury,
    public_pages,
    applicant_pages,
    messages,
    admin,
    studio,
    impacts,
    comparing,
    migrations,
    repair,
)
