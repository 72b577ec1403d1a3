"""A page filled in with the least a form asks for."""

from dataclasses import dataclass, field

TYPED = {
    "text": "contoh",
    "long_text": "uraian contoh",
    "date": "01/02/2026",
    "datetime": "11/08/2026 09.00",
    "yes_no": "ya",
    "nik": "1872010103900001",
    "npwp": "012345678901000",
    "phone": "0812 3456 7890",
    "email": "pemohon@contoh.id",
    "declaration": "on",
}
PATTERNED = {
    "plate": "BE 1234 XY",
    "str_number": "STR123456",
    "bank_reference": "BL12345",
    "decree_number": "503/1/2026",
    "postcode": "34111",
    "coordinates": "-5.1131, 105.3067",
}


@dataclass
class Page:
    """`raw` and `files` as `read` takes them; `required`: names in the page that may not be left out."""

    lists: dict[str, tuple[tuple[str, str], ...]]
    raw: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)

    def fill(self, form):
        values = {}
        for section in form.sections:
            if not section.visible_if or section.visible_if.holds(values):
                self._fields(section.fields, "", values)
        return self

    def _fields(self, fields, prefix, values):
        for one in fields:
            if not one.visible_if or one.visible_if.holds(values):
                self._field(one, prefix + one.name, values)

    def _field(self, one, name, values):
        if one.type in ("group", "rows"):
            self._rows(one, name)
        elif one.required:
            self.required.append(name)
            values[one.name] = self._given(one, name)

    def _rows(self, one, name):
        keys = [code for code, _ in one.rows(self.lists)]
        if one.type == "group":
            keys = [str(i) for i in range((one.repeat or (1, 1))[0])]
            self.raw[f"{name}.n"] = [str(len(keys))]
        for key in keys:
            self._fields(one.fields, f"{name}.{key}.", {})

    def _given(self, one, name):
        if one.type == "file":
            self.files[name] = ["dokumen"]
            return ["dokumen"]
        typed = self._typed(one)
        self.raw[name] = [typed]
        return True if one.type == "yes_no" else [typed] if one.type == "choices" else typed

    def _typed(self, one):
        if one.type in ("choice", "choices"):
            return one.choices(self.lists)[0][0]
        if one.type in ("number", "integer", "money"):
            return str(max(1, int(one.min or 1)))
        if one.type == "digits":
            return str(int(one.min)) if one.min is not None else "1" * one.length[0]
        return PATTERNED[one.pattern] if one.pattern else TYPED[one.type]
