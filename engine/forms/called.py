"""What the builder of forms calls the words of a form file; tests hold both to the same."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import Finding

CALLED: Mapping[str, str] = {
    "title": "Judul",
    "intro": "Pengantar",
    "outcomes": "Keputusan",
    "help": "Bantuan",
    "visible_if": "Terlihat bila",
    "label": "Sebutan",
    "name": "Nama dalam data",
    "type": "Jenis",
    "text": "Teks",
    "required": "Wajib diisi",
    "min": "Paling kecil",
    "max": "Paling besar",
    "unit": "Satuan",
    "decimals": "Angka di belakang koma",
    "not_before": "Tidak sebelum",
    "length": "Banyak huruf atau angka",
    "pattern": "Pola",
    "options": "Pilihan",
    "options_from": "Pilihan dari daftar",
    "rows_from": "Baris dari daftar",
    "repeat": "Banyak baris, misalnya 1-5",
    "accept": "Jenis berkas",
    "max_mb": "Paling besar (MB)",
    "many": "Paling banyak berkas",
    "control": "Kendali",
    "width": "Lebar",
    "prefill": "Terisi lebih dahulu dari",
    "routes": "Diteruskan ke proses, dapat dibaca syarat",
    "personal": "Data pribadi, tidak masuk riwayat",
}
# Words for which the builder has no line by this name of theirs.
BESIDE: Mapping[str, str] = {
    "key": "Nama formulir (key)",
    "version": "Versi (version)",
    "sections": "Bagian",
    "fields": "Isian",
    "value": "Nilai",
    "reason": "perlu sebab tertulis",
}


def called(word: str) -> str:
    """A word of a form file as the builder calls it; one that is only written as JSON stays."""
    known = CALLED.get(word) or BESIDE.get(word)
    return Finding(known) if known else word
