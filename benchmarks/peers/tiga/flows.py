"""The three tasks of three.bpmn as a viewflow flow, each given to one officer without asking the database."""

from __future__ import annotations

from typing import Any

from django import forms
from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.flow import views
from viewflow.workflow.models import Process, Task

officers: list[Any] = []


def officer(activation: Any) -> Any:
    return officers[0]


class Tindakan(forms.Form):
    """The office's general form: what was done, and the button pressed."""

    catatan = forms.CharField(max_length=4000)
    keputusan = forms.ChoiceField(choices=(("selesai", "Tandai selesai"),))


class TigaLangkah(flow.Flow):
    """Three tasks in a row."""

    process_class = Process
    task_class = Task
    lock_impl = lock.select_for_update_lock  # as its documents advise with PostgreSQL; the office locks too

    mulai = flow.StartHandle().Next(this.minta)
    minta = flow.View(views.UpdateProcessView.as_view(fields=[])).Assign(officer).Next(this.periksa)
    periksa = flow.View(views.UpdateProcessView.as_view(fields=[])).Assign(officer).Next(this.putuskan)
    putuskan = flow.View(views.UpdateProcessView.as_view(fields=[])).Assign(officer).Next(this.selesai)
    selesai = flow.End()
