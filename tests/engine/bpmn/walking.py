"""Walks through diagrams: saved and restored on freshly parsed definitions before every step, or kept in memory."""

from datetime import timedelta

from engine import bpmn
from engine.bpmn import instance
from engine.bpmn.position import Trail, position
from tests.engine.bpmn.drawing import AT, catalogue, context, file, lane, lanes, process


def roled(key, *parts, tasks=()):
    """A process whose user tasks, those of `tasks` that are drawn, stand in the lane of the front office."""
    drawn = [one for one in tasks if f'id="{one}"' in "".join(parts)]
    return process(key, lanes(lane(f"{key}_lane", "Petugas Loket (FO)", *drawn)), *parts)


def one_file(*parts):
    return {"izin.bpmn": file(*parts)}


class Walk:
    """A case that is saved and read anew, on a definition parsed anew, before every step."""

    def __init__(self, files, process="izin", data=None, services=(), known=None):
        self.files, self.services = files, services
        self.known = known or catalogue(services)
        self.at = AT
        self.history = []
        self.stand(bpmn.start(self.definition, process, data or {}, self.context))

    @property
    def definition(self):
        return bpmn.parse(self.files, self.known)

    @property
    def context(self):
        return context(self.at, self.services)

    def stand(self, position):
        self.position = position
        self.history.append(
            ([(one.element, str(one.item)) for one in position.tasks], position.waiting, position.wake_at)
        )

    @property
    def open(self):
        return [one.element for one in self.position.tasks]

    @property
    def data(self):
        return dict(self.position.data)

    def task(self, element, item=None):
        return next(one for one in self.position.tasks if one.element == element and item in (None, one.item))

    def complete(self, element, item=None, **values):
        found = self.task(element, item)
        self.stand(bpmn.complete(self.definition, self.position.snapshot, found.id, values, self.context))
        return self

    def receive(self, name, **payload):
        self.stand(bpmn.receive(self.definition, self.position.snapshot, name, payload, self.context))
        return self

    def wait(self, **span):
        self.at += timedelta(**span)
        self.stand(bpmn.wake(self.definition, self.position.snapshot, self.context))
        return self


class Remembered(Walk):
    """The same acts on one workflow in memory: never saved, never folded."""

    def stand(self, position):
        if not hasattr(self, "step"):
            self._begin(position)
            return
        super().stand(position)

    def _begin(self, position):
        self.kept = bpmn.parse(self.files, self.known)
        self.step = instance._restored(self.kept, position.snapshot, self.context)
        super().stand(self._where())

    def _where(self):
        step = self.step
        where = position(self.kept, step.process, step.workflow, step.trail, tuple(step.engine.effects), "-")
        step.trail = Trail()
        return where

    def _do(self, act):
        self.step.engine.at = self.at
        act()
        self.step.settle()
        self.stand(self._where())
        return self

    def complete(self, element, item=None, **values):
        task = instance._open_task(self.step.workflow, self.task(element, item).id)
        output = instance.item_spec(task, "output_item") or element
        task.data[output] = values
        return self._do(lambda: self.step.run(task))

    def receive(self, name, **payload):
        return self._do(lambda: self.step.send(name, payload))

    def wait(self, **span):
        self.at += timedelta(**span)
        return self._do(self.step.workflow.refresh_timers)
