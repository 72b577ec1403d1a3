"""Which fields of which form the office's code reads by their names: the checker holds forms to it, renaming too.

A step is known by its id in the diagrams, and its form by what the diagram binds to it; the forms that are put into
others, by what they are put in for.  What no diagram, permit or tariff of a release uses is not asked of its forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.bpmn import GENERAL_FORM, elements, reading
from engine.catalogue import Catalogue, Permit
from engine.catalogue.references import CATEGORIES
from engine.errors import Finding, Problem
from engine.forms import Field, Form
from engine.levy.inputs import FORMULAS, REDUCTION, inputs
from engine.needed import CHOICE, CHOICES, DAY, FILE, FLAG, GROUP, MOMENT, ROWS, TEXT, WHOLE, Needed, may, must

PROPOSAL = (*must(GROUP, "usul_penolakan"), *must(TEXT, "alasan", "dasar", inside="usul_penolakan"))
PAPERS = (
    *must(ROWS, "berkas"), *must(FILE, "unggahan", inside="berkas"),
    *may(ROWS, "berkas_tambahan"), *must(FILE, "unggahan", inside="berkas_tambahan"),
)  # fmt: skip
SIGNATURE = (*must(CHOICE, "cara"), *must(FILE, "pindaian"))
PLACE = (*must(CHOICE, "kelurahan"), *may(TEXT, "alamat_objek", "perihal"), *PAPERS)
RECOMMENDATION = (*may(DAY, "tanggal"), *must(TEXT, "syarat"), *PROPOSAL)
# Who applies, in every form of an applicant.
APPLICANT = (
    *must(TEXT, "nama", "nik"), *may(TEXT, "nama_badan", "telepon", "jenis_kelamin"), *may(DAY, "tanggal_lahir"),
    *may(FLAG, "dikuasakan"), *may(FILE, "surat_kuasa_dokumen"),
)  # fmt: skip
# What is asked of the matter itself, in any technical form.
MATTER = (
    *may(DAY, "str_berlaku_sampai", "tanggal_pasang", "tanggal_bongkar"), *may(TEXT, "tahun_lulus"),
    *may(GROUP, "kendaraan_pemohon"), *may(TEXT, "tahun_pembuatan", inside="kendaraan_pemohon"),
)  # fmt: skip
STEPS: Mapping[str, tuple[Needed, ...]] = {
    "ajukan": PLACE,
    "lengkapi": PLACE,
    "periksa_kelengkapan": (
        *must(ROWS, "kelengkapan"), *must(CHOICE, "status", inside="kelengkapan"),
        *may(TEXT, "catatan", inside="kelengkapan"),
    ),
    "verifikasi_keabsahan": (
        *must(ROWS, "keabsahan"), *must(CHOICE, "hasil", inside="keabsahan"),
        *may(TEXT, "catatan", inside="keabsahan"), *PROPOSAL,
    ),
    "jadwalkan": (
        *must(MOMENT, "waktu"), *may(CHOICES, "anggota", "perangkat"), *may(CHOICE, "ketua"),
        *may(TEXT, "lokasi_tinjauan", "narahubung", "telepon_narahubung"),
    ),
    "tinjauan": (*may(MOMENT, "waktu_kunjungan"), *may(FLAG, "pemohon_hadir")),
    "bap": (*may(DAY, "tanggal"), *PROPOSAL),
    "rekomendasi": RECOMMENDATION,
    "rekomendasi_opd": RECOMMENDATION,
    "putusan_ronde": PROPOSAL,
    "telaah_penolakan": (*must(GROUP, "alasan_penolakan"), *must(TEXT, "alasan", "dasar", inside="alasan_penolakan")),
    "susun_naskah": may(DAY, "berlaku_mulai", "berlaku_sampai"),
    "tanda_tangan": (*SIGNATURE, *PROPOSAL),
    "tanda_tangan_penolakan": SIGNATURE,
    "hitung_retribusi": REDUCTION,
    "hitung_ulang": REDUCTION,
    "cek_retribusi": must(WHOLE, "jumlah_hitung_ulang"),
    "terbit_skrd": must(CHOICE, "cara_tanda_tangan"),
    "sampaikan_skrd": must(FILE, "pindaian_skrd"),
    "bayar": (
        *must(TEXT, "referensi"), *must(WHOLE, "jumlah"), *must(DAY, "tanggal_bayar"), *must(FILE, "bukti"),
        *may(TEXT, "kanal"),
    ),
    "validasi_bayar": (*must(CHOICE, "ditemukan_di"), *must(DAY, "tanggal_masuk")),
    "proses_pengembalian": (
        *must(CHOICE, "hasil_pengembalian"), *may(DAY, "tanggal_kembali"), *may(TEXT, "catatan"),
    ),
    "serahkan": (*must(CHOICE, "penerima_adalah"), *must(TEXT, "nik_penerima")),
    "skm": must(FLAG, "bersedia"),
}  # fmt: skip
SURVEY = "skm"
# Steps whose outcomes the office judges one by one; to any other outcome it would have no answer.
OUTCOMES: Mapping[str, frozenset[str]] = {
    "validasi_bayar": frozenset({"sah", "kurang_bayar", "tidak_sah", "tidak_ditemukan"}),
}
# What the builder of forms calls the kinds that are asked for here.
TYPES: Mapping[str, str] = {
    "text": "teks", "choice": "satu pilihan", "choices": "beberapa pilihan", "date": "tanggal",
    "datetime": "tanggal dan jam", "number": "angka", "money": "rupiah", "yes_no": "ya atau tidak",
    "file": "unggahan berkas", "group": "kelompok berulang", "rows": "baris dari daftar",
}  # fmt: skip


@dataclass(frozen=True)
class Contract:
    """`form`: its key; `use`: what for, in words; `step`: id of the task, "" for a form that is put into others;
    `where`: file and id of the task where the form is only the general one."""

    form: str
    use: str
    needed: tuple[Needed, ...]
    step: str = ""
    where: tuple[str, str] = ("", "")


def contracts(catalogue: Catalogue, diagrams: Mapping[str, bytes]) -> tuple[Contract, ...]:
    """What a release's own diagrams, permits and tariffs need of its forms."""
    served = [one for one in catalogue.permits.values() if one.active]
    return (*_of_steps(catalogue, diagrams), *_of_levies(catalogue, served), *_of_applicants(), *_of_matters(served))


def _of_steps(catalogue: Catalogue, diagrams: Mapping[str, bytes]) -> Iterator[Contract]:
    for path, content in sorted(diagrams.items()):
        for id, name, key in _bound(path, content) if path.endswith(".bpmn") else ():
            needed = (*STEPS[id], *_survey(catalogue)) if id == SURVEY else STEPS[id]
            where = (path, id) if key == GENERAL_FORM else ("", "")
            yield Contract(key, Finding("langkah %(step)s", step=name or id), needed, id, where)


def _survey(catalogue: Catalogue) -> tuple[Needed, ...]:
    """The elements of the index of satisfaction."""
    rule = catalogue.settings.get("skm")
    named = rule.get("unsur") if isinstance(rule, Mapping) else None
    return must(CHOICE, *(one for one in named if isinstance(one, str))) if isinstance(named, list) else ()


@lru_cache(maxsize=256)
def _bound(path: str, content: bytes) -> tuple[tuple[str, str, str], ...]:
    """Id, name and form of the tasks of a diagram that the office's code knows; none of one that cannot be read."""
    try:
        drawn = elements.elements(reading.read(path, content)).values()
    except reading.Unreadable:
        return ()
    return tuple((one.id, one.name, one.form_key) for one in drawn if one.kind in elements.HUMAN and one.id in STEPS)


def _of_levies(catalogue: Catalogue, served: Iterable[Permit]) -> Iterator[Contract]:
    raised = {one.levy for one in served if one.levy}
    for one in catalogue.tariffs:
        if one.levy in raised:
            use = Finding("menghitung retribusi menurut tarif %(version)s", version=one.version)
            yield Contract(f"hitung_{one.levy}", use, inputs(one.content))


def _of_applicants() -> Iterator[Contract]:
    yield from (Contract(f"pemohon_{one}", Finding("mengenali pemohon"), APPLICANT) for one in CATEGORIES)


def _of_matters(served: Iterable[Permit]) -> Iterator[Contract]:
    for one in served:
        ends = must(DAY, one.valid_until_field) if one.valid_until_field else ()
        use = Finding("masa berlaku %(name)s", name=one.name) if ends else Finding("permohonan izin")
        yield Contract(one.technical_form, use, (*MATTER, *ends))


def problems(forms: Mapping[str, Form], catalogue: Catalogue, diagrams: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Forms that lack what the office reads of them, or ask for it in another kind, each fault once.

    A form that is missing as a whole, or cannot be read, is told where that is checked.
    """
    found: dict[tuple[str, str], Problem] = {}  # by form and field: of two uses the first is told
    for one in contracts(catalogue, diagrams):
        if one.form in forms:
            for name, problem in (*_unkept(one, forms[one.form]), *_unjudged(one, forms[one.form])):
                found.setdefault((one.form, name), problem)
    return tuple(found.values())


def _unkept(contract: Contract, form: Form) -> Iterator[tuple[str, Problem]]:
    for one in contract.needed:
        asked = _asked(one, form)
        if asked is None and one.must and _has_place(one, form):
            yield _called(one), _lacking(contract, one)
        elif asked is not None and asked.type not in one.types:
            yield _called(one), _of_another_kind(contract, one, asked)


def _asked(one: Needed, form: Form) -> Field | None:
    around = form.field(one.inside) if one.inside else None
    fields = around.fields if around else () if one.inside else form.fields()
    return next((each for each in fields if each.name == one.name), None)


def _has_place(one: Needed, form: Form) -> bool:
    """A group that is missing, or is none, is told itself and not what would stand in it."""
    around = form.field(one.inside) if one.inside else None
    return not one.inside or (around is not None and around.type in ("group", "rows"))


def _called(one: Needed) -> str:
    return f"{one.inside}.{one.name}" if one.inside else one.name


def _lacking(contract: Contract, one: Needed) -> Problem:
    told = Finding("Isian %(name)s diperlukan kantor untuk %(use)s.", name=_called(one), use=contract.use)
    hint = Finding("Kembalikan isian dengan nama itu, jenisnya %(type)s.", type=Finding(TYPES[one.types[0]]))
    file, element = contract.where if contract.where[0] else (f"forms/{contract.form}.json", one.inside)
    return Problem(file, element, 0, "error", "needed-field", told, hint)


def _of_another_kind(contract: Contract, one: Needed, asked: Field) -> Problem:
    told = Finding(
        "Isian %(name)s dibaca kantor untuk %(use)s dan harus berjenis %(type)s.",
        name=_called(one), use=contract.use, type=Finding(TYPES[one.types[0]]),
    )  # fmt: skip
    return Problem(f"forms/{contract.form}.json", asked.name, 0, "error", "needed-kind", told)


def _unjudged(contract: Contract, form: Form) -> Iterator[tuple[str, Problem]]:
    known = OUTCOMES.get(contract.step)
    for value, label in form.outcomes if known else ():
        if known and value not in known:
            told = Finding("Keputusan %(name)s tidak dikenal kantor pada %(use)s.", name=label, use=contract.use)
            hint = Finding("Pakai salah satu: %(known)s", known=", ".join(sorted(known)))
            yield value, Problem(f"forms/{contract.form}.json", value, 0, "error", "needed-outcome", told, hint)


def reads(catalogue: Catalogue, diagrams: Mapping[str, bytes], form: str, name: str) -> bool:
    """Whether the office's code reads a field of a form by this name, also within groups."""
    of = (one for one in contracts(catalogue, diagrams) if one.form == form)
    return any(name in (one.name, one.inside) for contract in of for one in contract.needed)


def names() -> frozenset[str]:
    """Every name of the contracts, whatever a release uses; those of its own law apart."""
    parts = (*STEPS.values(), *FORMULAS.values(), APPLICANT, MATTER)
    return frozenset(one.name for part in parts for one in part)
