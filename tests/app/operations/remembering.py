"""What the case page said while a file was walked, kept for comparing with what it says of that instant later."""

from dataclasses import dataclass, field, is_dataclass

from app.operations import background, case_page, looking_back

# What is no knowledge about the file: what its reader may do today, caches of lists, who looked at it.
TODAY = frozenset(
    "may_withdraw may_reopen may_ask_hold may_decide_hold may_export may_record_finding own watched scannable access "
    "exports findings known_at held lists labels linked world".split()
)
KEPT = frozenset(
    {"due_at", "promised_at", "urgent_at"}
)  # of a task's row: columns for lists; the clocks tell the dates
FILES = frozenset({"sha256", "not_before", "inserted_at"})  # of letters: rendered later, the same whenever it is


def shown(page):
    """Everything a page tells of a file, as plain values by the page's own names."""
    told = {name: plain(getattr(page, name)) for name in page.__dataclass_fields__ if name not in TODAY}
    told["tasks"] = [_without(one, KEPT) for one in told["tasks"]]
    told["open_tasks"] = [_without(one, KEPT) for one in told["open_tasks"]]
    told["letters"] = [_without(one, FILES) for one in told["letters"]]
    told["tellings"] = {id: [_without(one, {"row"}) for one in rows] for id, rows in told["tellings"].items()}
    told["extensions"] = told["extensions"]["lines"]
    held = page.held
    told["head"] = (
        held.number,
        held.subject,
        held.applicant_name,
        held.case.state,
        held.case.closed,
        held.case.outcome,
    )
    return told


def _without(row, names):
    return {name: value for name, value in row.items() if name not in names}


def plain(value):
    if hasattr(value, "_mapping"):
        return {name: plain(one) for name, one in value._mapping.items()}
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if type(value).__name__ == "SimpleNamespace":
        return {name: plain(one) for name, one in vars(value).items()}
    if isinstance(value, dict) or hasattr(value, "items"):
        return {name: plain(one) for name, one in value.items()}
    return (
        [plain(one) for one in value] if isinstance(value, (tuple, list)) and not hasattr(value, "_fields") else value
    )


def apart(then, now):
    """Where two values differ, as short as it can be said."""
    if isinstance(then, dict) and isinstance(now, dict):
        names = [name for name in then.keys() | now.keys() if then.get(name) != now.get(name)]
        return {name: apart(then.get(name), now.get(name)) for name in names}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [apart(*pair) for pair in zip(then, now, strict=True) if pair[0] != pair[1]]
    return then, now


@dataclass
class Diary:
    """The pages of a file as several people saw them at each instant."""

    office: object
    case_id: object
    readers: tuple = ("pengawas", "pemohon")
    pages: dict = field(default_factory=dict)

    def note(self, **later):
        """Keep what everybody reads now, everything delivered; then time goes on."""
        while background.deliver_one(lambda *_: "dikirim", self.office.at):
            pass
        for reader in self.readers:
            page = case_page.case_page(self.case_id, self.office.people[reader], self.office.at)
            self.pages[self.office.at, reader] = shown(page)
        self.office.later(**(later or {"minutes": 7}))

    def differences(self):
        """What the page says of an instant now that it did not say then: by instant, reader and part."""
        found = {}
        for (at, reader), then in self.pages.items():
            now = shown(looking_back.page_then(self.case_id, at, self.office.people[reader], self.office.at))
            for name in then.keys() | now.keys():
                if then.get(name) != now.get(name):
                    found[f"{at:%d/%m %H.%M} {reader} {name}"] = apart(then.get(name), now.get(name))
        return found
