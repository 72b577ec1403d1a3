"""django-viewflow walking the three-task flow: a case for every line read, its completions' seconds as a line of JSON.

Run by the Python of an environment of its own (`scripts/peers.sh`); never
imported by the office.  PGHOST, PGUSER, PGPASSWORD and PGDATABASE name the database.

A completion is what viewflow's own `wrap_view` and `UpdateProcessView` do when
a form is posted, with HTTP, session and templates left out on both sides: the
lock on the process row and one transaction; the task read, the person's right
to it checked; the form read; the values kept; the task done and the next one
made, assigned and stored.  In its favour: the next task's owner is known
without a query, the values go into the process row's own JSON column and need
no table, the connection stays open.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import redirect_stdout

import django
from django.conf import settings

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ["PGDATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "viewflow", "viewflow.workflow", "tiga"],
    USE_TZ=True,
    DEBUG=False,
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402 -- Django wants its settings first
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from tiga.flows import Process, Task, TigaLangkah, Tindakan, officers  # noqa: E402
from viewflow.workflow.status import STATUS  # noqa: E402

STEPS = ("minta", "periksa", "putuskan")


def complete(process_pk: int, task_pk: int, typed: dict[str, str]) -> None:
    with TigaLangkah.lock(process_pk), transaction.atomic():
        task = Task.objects.get(pk=task_pk)
        if task.process.flow_class != TigaLangkah:
            raise LookupError("no such task in this flow")
        activation = task.flow_task.activation_class(task)
        if not task.flow_task.can_execute(officers[0], task=task):
            raise PermissionError("not this person's task")
        activation.start(None)
        form = Tindakan(typed)
        if not form.is_valid():
            raise ValueError(form.errors.as_json())
        activation.process.data[task.flow_task.name] = form.cleaned_data
        activation.process.save()
        activation.execute()


def case(typed: dict[str, str]) -> dict[str, list[float]]:
    """Seconds of each completion of one case; which task is next is looked up before the clock runs."""
    process = TigaLangkah.mulai.run()
    process_pk = getattr(process, "process", process).pk
    took = []
    for step in STEPS:
        task = Task.objects.get(process=process_pk, status=STATUS.ASSIGNED)
        if task.flow_task.name != step:
            raise RuntimeError(f"{step} expected, {task.flow_task.name} found")
        began = time.perf_counter()
        complete(process_pk, task.pk, typed)
        took.append(time.perf_counter() - began)
    if Process.objects.get(pk=process_pk).finished is None:
        raise RuntimeError("the process did not end")
    return {"seconds": took}


def main() -> None:
    with redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0, interactive=False)
    officers.append(User.objects.create(username="petugas"))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(case(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
