"""A fault names a field as its label does: whoever reads it looks for that word on the page."""

import ast
import re
from collections import defaultdict

from engine import reserved
from scripts.translations import ROOT

LABELLED = re.compile(r'isian\("(\w+)", _\("([^"]+)"\)|for="[^"]*?(\w+)">\{\{ _\("([^"]+)"\)')


def labels():
    """Field -> the labels that the pages give it."""
    found = defaultdict(set)
    for path in (ROOT / "app/templates").rglob("*.html"):
        for name, label, other, word in LABELLED.findall(path.read_text()):
            found[name or other].add(label or word)
    return found


def asked():
    """Where a reason is demanded: file, line, field and the label that its fault names."""
    names = {"FIELD", "RELEASED"}
    for path in sorted((ROOT / "app").rglob("*.py")):
        tree = ast.parse(path.read_text())
        constants = {
            target.id: node.value.value if isinstance(node.value, ast.Constant) else getattr(reserved, node.value.attr)
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant | ast.Attribute)
            for target in node.targets
            if isinstance(target, ast.Name) and target.id in names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "reasons.require":
                given = dict(zip(("text", "field", "label"), node.args, strict=False))
                given |= {one.arg: one.value for one in node.keywords}
                field, label = (given.get(one) for one in ("field", "label"))
                name = constants.get(getattr(field, "id", "")) or getattr(field, "value", "alasan")
                if isinstance(name, str) and (label is None or isinstance(label, ast.Constant)):
                    word = label.value if label else "Alasan"
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", name, word


def test_a_missing_reason_is_told_by_the_label_of_its_field():
    known, found = labels(), list(asked())
    assert len(found) > 15
    assert [one for one in found if one[1] in known and one[2] not in known[one[1]]] == []
    assert {name for _, name, _ in found} <= known.keys()
