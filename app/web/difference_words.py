"""What differs between two versions, in the office's words: kinds of things, properties, what happened to them."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.web import law_difference
from app.web.words import as_said, translated
from engine.differences import Change

ACTS = {
    "baru": lazy_gettext("baru"),
    "dihapus": lazy_gettext("dihapus"),
    "berubah": lazy_gettext("berubah"),
    "digeser": lazy_gettext("digeser"),
}
SIGNS = {"baru": "+", "dihapus": "−", "berubah": "≠", "digeser": "↔"}
SORTS = {
    "diagram": lazy_gettext("Diagram"),
    "tabel": lazy_gettext("Tabel keputusan"),
    "formulir": lazy_gettext("Formulir"),
    "katalog": lazy_gettext("Katalog"),
    "surat": lazy_gettext("Templat surat"),
    "skenario": lazy_gettext("Skenario"),
    "lain": lazy_gettext("Berkas lain"),
}
KINDS = {
    "userTask": lazy_gettext("tugas"),
    "manualTask": lazy_gettext("tugas"),
    "task": lazy_gettext("tugas"),
    "serviceTask": lazy_gettext("layanan"),
    "sendTask": lazy_gettext("kiriman"),
    "receiveTask": lazy_gettext("penerimaan"),
    "businessRuleTask": lazy_gettext("keputusan tabel"),
    "callActivity": lazy_gettext("proses yang dipanggil"),
    "subProcess": lazy_gettext("bagian proses"),
    "exclusiveGateway": lazy_gettext("percabangan"),
    "inclusiveGateway": lazy_gettext("percabangan"),
    "parallelGateway": lazy_gettext("percabangan bersamaan"),
    "eventBasedGateway": lazy_gettext("percabangan peristiwa"),
    "startEvent": lazy_gettext("awal"),
    "endEvent": lazy_gettext("akhir"),
    "intermediateCatchEvent": lazy_gettext("peristiwa yang ditunggu"),
    "intermediateThrowEvent": lazy_gettext("peristiwa yang dikirim"),
    "boundaryEvent": lazy_gettext("peristiwa batas"),
    "sequenceFlow": lazy_gettext("alur"),
    "process": lazy_gettext("proses"),
    "lane": lazy_gettext("lajur"),
    "participant": lazy_gettext("kolam"),
    "message": lazy_gettext("pesan"),
    "error": lazy_gettext("galat"),
    "escalation": lazy_gettext("eskalasi"),
    "signal": lazy_gettext("sinyal"),
    "textAnnotation": lazy_gettext("keterangan gambar"),
    "group": lazy_gettext("kelompok gambar"),
    "decision": lazy_gettext("tabel"),
    "input": lazy_gettext("kolom syarat"),
    "output": lazy_gettext("kolom hasil"),
    "rule": lazy_gettext("baris"),
    "formulir": lazy_gettext("formulir"),
    "bagian": lazy_gettext("bagian"),
    "isian": lazy_gettext("isian"),
    "tombol": lazy_gettext("tombol"),
    "butir": lazy_gettext("butir"),
    "baris": lazy_gettext("baris"),
    "langkah": lazy_gettext("langkah"),
    "awal permainan": lazy_gettext("awal permainan"),
    "hasil": lazy_gettext("hasil akhir"),
    "judul skenario": lazy_gettext("judul skenario"),
}
PLAYED = {
    "permit": lazy_gettext("jenis izin"),
    "at": lazy_gettext("saat mulai"),
    "process": lazy_gettext("proses"),
    "kind": lazy_gettext("jenis permohonan"),
    "category": lazy_gettext("kategori pemohon"),
    "channel": lazy_gettext("kanal"),
    "closed": lazy_gettext("penutupan berkas"),
    "state": lazy_gettext("keadaan berkas"),
    "open": lazy_gettext("tugas terbuka"),
    "letters": lazy_gettext("surat"),
    "notices": lazy_gettext("pesan"),
    "clocks": lazy_gettext("jam"),
}
PROPERTIES = {
    "nama": lazy_gettext("nama"),
    "jenis": lazy_gettext("jenis"),
    "peran": lazy_gettext("peran"),
    "memanggil": lazy_gettext("proses yang dipanggil"),
    "keterangan": lazy_gettext("keterangan"),
    "di_dalam": lazy_gettext("bagian dari"),
    "dari": lazy_gettext("dari"),
    "ke": lazy_gettext("ke"),
    "syarat": lazy_gettext("syarat"),
    "isi": lazy_gettext("isi"),
    "nilai": lazy_gettext("nilai"),
    "bagian": lazy_gettext("bagian"),
    "ungkapan": lazy_gettext("ungkapan"),
    "default": lazy_gettext("alur bila tidak ada yang cocok"),
    "attachedToRef": lazy_gettext("menempel pada"),
    "cancelActivity": lazy_gettext("menghentikan tugasnya"),
    "hitPolicy": lazy_gettext("cara baris dipilih"),
    "serviceTaskOperator": lazy_gettext("layanan"),
    "serviceTaskOperator.parameter": lazy_gettext("parameter layanan"),
    "calledDecisionId": lazy_gettext("tabel keputusan"),
    "sifat.formKey": lazy_gettext("formulir"),
    "sifat.standard": lazy_gettext("waktu standar"),
    "sifat.standardOnline": lazy_gettext("waktu standar berkas daring"),
    "sifat.notSameAs": lazy_gettext("tidak boleh orang yang sama dengan"),
    "sifat.state": lazy_gettext("keadaan berkas"),
    "sifat.stateClaimed": lazy_gettext("keadaan berkas sesudah diambil"),
    "sifat.stateAgain": lazy_gettext("keadaan berkas bila terulang"),
    "sifat.namedBy": lazy_gettext("ditunjuk oleh"),
    "sifat.legalBasis": lazy_gettext("dasar hukum"),
    "sifat.draft": lazy_gettext("rancangan surat"),
    "sifat.payload": lazy_gettext("muatan pesan"),
    "sifat.correlation": lazy_gettext("pencocokan pesan"),
    "label": lazy_gettext("label"),
    "type": lazy_gettext("jenis"),
    "required": lazy_gettext("wajib diisi"),
    "help": lazy_gettext("bantuan"),
    "width": lazy_gettext("lebar"),
    "title": lazy_gettext("judul"),
    "intro": lazy_gettext("pengantar"),
    "version": lazy_gettext("versi"),
    "budget": lazy_gettext("jangka waktu"),
    "basis": lazy_gettext("dasar"),
    "valid_from": lazy_gettext("berlaku sejak"),
}


def kind(change: Change) -> str:
    """What sort of thing it is."""
    return str(KINDS.get(change.kind, change.kind))


def name(change: Change) -> str:
    """What people call it, else its id."""
    if not change.name:
        return law_difference.entry(change) if change.kind == "butir" else change.id
    return translated(change.name)


def what(change: Change) -> str:
    """The property that changed; of a cell the column it stands in."""
    if change.kind == "butir":
        return law_difference.place(change)
    side, _dot, column = change.what.partition(".")
    if side == "input":
        return str(_("syarat %(kolom)s", kolom=column))
    if side == "output":
        return str(_("hasil %(kolom)s", kolom=column))
    return str(PROPERTIES.get(change.what, change.what))


def value(change: Change, text: str) -> str:
    """How a property was or becomes; of the law's data as people write it."""
    return law_difference.value(text) if change.kind == "butir" else as_said(text)


def played(change: Change) -> str:
    """What of a scenario changed: "langkah 7", "hasil akhir, jam"."""
    if change.kind == "langkah":
        return f"{KINDS['langkah']} {change.name}"
    part = PLAYED.get(change.what)
    return f"{KINDS[change.kind]}, {part}" if part else str(KINDS[change.kind])
