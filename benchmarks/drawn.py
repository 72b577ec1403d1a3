"""Diagrams of a given size, drawn for the timing of the check: tasks, choices, forks and loops in turn."""

from __future__ import annotations

from collections.abc import Iterator

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" targetNamespace="ukur" id="d">\n'
)
FORM = (
    '<extensionElements><spiffworkflow:properties><spiffworkflow:property name="formKey" value="tindakan"/>'
    "</spiffworkflow:properties></extensionElements>"
)
AGAIN, CHOSEN = 'permohonan.izin == "IMB"', 'permohonan.jenis == "baru"'


def diagram(elements: int) -> bytes:
    """A sound process of about so many flow nodes: blocks of six, one after the other."""
    blocks = max(1, (elements - 2) // 6)
    drawn = "\n".join(line for number in range(blocks) for line in _block(number))
    return (
        (
            f'{HEAD}<process id="ukur_{elements}" isExecutable="true">\n'
            f'<laneSet id="jalur"><lane id="loket" name="Petugas Loket (FO)">{_lane(blocks)}</lane></laneSet>\n'
            f'<startEvent id="mulai"/>\n{_flow("mulai", "a0")}\n{drawn}\n<endEvent id="n{blocks}"/>\n'
            "</process></definitions>"
        )
        .encode()
        .replace(f'targetRef="a{blocks}"'.encode(), f'targetRef="n{blocks}"'.encode())
    )


def _lane(blocks: int) -> str:
    tasks = (f"{name}{number}" for number in range(blocks) for name in "acd")
    return "".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in tasks)


def _block(number: int) -> Iterator[str]:
    """A task with a way back, then by turns a choice or a fork of two tasks, and the join."""
    n, kind = number, "parallelGateway" if number % 2 else "exclusiveGateway"
    default = "" if number % 2 else f' default="f_b{n}_d{n}"'
    yield f'<userTask id="a{n}" name="Langkah {n}">{FORM}</userTask>'
    yield f'<exclusiveGateway id="x{n}" default="f_x{n}_b{n}"/>'
    yield f'<{kind} id="b{n}"{default}/>'
    yield from (f'<userTask id="{one}{n}" name="Cabang {one}{n}">{FORM}</userTask>' for one in "cd")
    yield f'<{kind} id="j{n}"/>'
    yield _flow(f"a{n}", f"x{n}") + _flow(f"x{n}", f"a{n}", AGAIN) + _flow(f"x{n}", f"b{n}")
    yield _flow(f"b{n}", f"c{n}", "" if number % 2 else CHOSEN) + _flow(f"b{n}", f"d{n}")
    yield _flow(f"c{n}", f"j{n}") + _flow(f"d{n}", f"j{n}") + _flow(f"j{n}", f"a{n + 1}")


def _flow(source: str, target: str, condition: str = "") -> str:
    words = condition.replace('"', "&quot;")
    inner = f"<conditionExpression>{words}</conditionExpression>" if words else ""
    return f'<sequenceFlow id="f_{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
