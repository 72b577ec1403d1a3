"""What the builder of forms says by itself, in the reader's language."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _


def builder_words() -> dict[str, Any]:
    return {"pembangun": _acts() | _words() | _types() | _lists()}


def _acts() -> dict[str, Any]:
    return {
        "formulir": _("Formulir"),
        "sifat": _("Sifat"),
        "bagian_baru": _("Bagian baru"),
        "tambah_bagian": _("Tambah bagian"),
        "isian_baru": _("Isian baru"),
        "tambah_isian": _("Tambah isian"),
        "naik": _("Naikkan"),
        "turun": _("Turunkan"),
        "gandakan": _("Gandakan"),
        "hapus": _("Hapus"),
        "nilai": _("Nilai"),
        "sebutan": _("Sebutan"),
        "perlu_sebab": _("perlu sebab tertulis"),
        "pilihan_baru": _("Pilihan baru"),
        "tambah_pilihan": _("Tambah pilihan"),
        "bila_isian": _("Terlihat bila isian"),
        "uji": _("Syarat"),
        "selalu": _("selalu terlihat"),
        "bila": {"is": _("adalah"), "in": _("salah satu dari"), "filled": _("diisi")},
        "ya": _("ya"),
        "tidak": _("tidak"),
        "lainnya": _("Kata lain, sebagai JSON"),
        "bukan_json": _("Bukan JSON yang benar:"),
    }


def _words() -> dict[str, Any]:
    return {
        "kata": {
            "title": _("Judul"),
            "intro": _("Pengantar"),
            "outcomes": _("Keputusan"),
            "help": _("Bantuan"),
            "visible_if": _("Terlihat bila"),
            "label": _("Sebutan"),
            "name": _("Nama dalam data"),
            "type": _("Jenis"),
            "text": _("Teks"),
            "required": _("Wajib diisi"),
            "min": _("Paling kecil"),
            "max": _("Paling besar"),
            "unit": _("Satuan"),
            "decimals": _("Angka di belakang koma"),
            "not_before": _("Tidak sebelum"),
            "length": _("Banyak huruf atau angka"),
            "pattern": _("Pola"),
            "options": _("Pilihan"),
            "options_from": _("Pilihan dari daftar"),
            "rows_from": _("Baris dari daftar"),
            "repeat": _("Banyak baris, misalnya 1-5"),
            "accept": _("Jenis berkas"),
            "max_mb": _("Paling besar (MB)"),
            "many": _("Paling banyak berkas"),
            "control": _("Kendali"),
            "width": _("Lebar"),
            "prefill": _("Terisi lebih dahulu dari"),
            "routes": _("Diteruskan ke proses, dapat dibaca syarat"),
            "personal": _("Data pribadi, tidak masuk riwayat"),
        }
    }


def _types() -> dict[str, Any]:
    return {
        "jenis": {
            "text": _("teks"),
            "long_text": _("teks panjang"),
            "number": _("angka"),
            "integer": _("angka bulat"),
            "money": _("rupiah"),
            "date": _("tanggal"),
            "datetime": _("tanggal dan jam"),
            "choice": _("satu pilihan"),
            "choices": _("beberapa pilihan"),
            "yes_no": _("ya atau tidak"),
            "nik": "NIK",
            "npwp": "NPWP",
            "digits": _("deret angka"),
            "phone": _("telepon"),
            "email": _("surel"),
            "file": _("unggahan berkas"),
            "declaration": _("pernyataan"),
            "group": _("kelompok berulang"),
            "rows": _("baris dari daftar"),
            "note": _("catatan bagi pembaca"),
        },
        "control": {
            "radio": _("tombol pilihan"),
            "select": _("daftar turun"),
            "checkbox": _("kotak centang"),
            "area": _("kotak teks"),
            "camera": _("kamera"),
        },
        "width": {"small": _("sempit"), "half": _("setengah"), "full": _("selebar formulir")},
    }


def _lists() -> dict[str, Any]:
    """What the closed lists of a form file hold, by the word that is chosen for it."""
    members = {
        "requirements": _("syarat izinnya"),
        "optional_requirements": _("syarat yang tidak wajib"),
        "all_requirements": _("semua syarat kantor"),
        "unsent_requirements": _("syarat yang belum dikirim"),
        "flagged": _("syarat yang diminta diperbaiki"),
        "agencies": _("instansi teknis izinnya"),
        "all_agencies": _("semua instansi teknis"),
        "areas": _("kecamatan dan kelurahan"),
        "team_members": _("anggota tim"),
        "professions": _("profesi izinnya"),
    }
    return {
        "pattern": {
            "plate": _("nomor kendaraan"),
            "str_number": _("nomor STR"),
            "bank_reference": _("nomor bukti bayar bank"),
            "decree_number": _("nomor keputusan"),
            "postcode": _("kode pos"),
            "coordinates": _("titik koordinat"),
        },
        "options_from": members,
        "rows_from": members,
        "prefill": {
            "applicant.nama": _("nama pemohon"),
            "applicant.nik": _("NIK pemohon"),
            "applicant.email": _("surel pemohon"),
            "applicant.telepon": _("telepon pemohon"),
            "applicant.alamat": _("alamat pemohon"),
            "case.butuh_tinjauan": _("usul tabel: perlu tinjauan"),
            "case.butuh_kajian": _("usul tabel: perlu kajian"),
            "case.butuh_rekomendasi": _("usul tabel: perlu rekomendasi"),
            "case.declared_figures": _("ukuran yang dinyatakan pemohon"),
            "case.refusal_grounds": _("alasan yang sudah dicatat untuk menolak"),
        },
        "isian_permohonan": _("isian permohonan: %(n)s", n="%n"),
    }
