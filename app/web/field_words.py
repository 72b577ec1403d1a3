"""The sentences a phone in the field says by itself, in the reader's language; %n, %m, %p are filled in there."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.web.words import counted


def field_words() -> dict[str, Any]:
    return _sending() | _waiting() | _on_the_spot()


def _sending() -> dict[str, Any]:
    return {
        "mengirim": _("Mengirim foto %(n)s dari %(m)s …", n="%n", m="%m"),
        "terkirim": _("terkirim pukul %(p)s", p="%p"),
        "sudah_terkirim": _("sudah terkirim"),
        "semua": _("Semua terkirim pukul %(p)s.", p="%p"),
        "selesai": _("Keputusan terkirim. Halaman berikutnya dibuka …"),
        "keputusan_menunggu": _("Keputusan Anda sedang dikirim dan dicoba lagi sendiri; jangan tutup halaman ini."),
        "keputusan_belum": _("Keputusan belum dikirim: semuanya harus terkirim lebih dahulu."),
        "belum_dapat": _("Belum dapat dilakukan tanpa jaringan; isian Anda tidak hilang."),
    }


def _waiting() -> dict[str, Any]:
    return {
        "di_ponsel": _("belum terkirim — tersimpan di ponsel ini"),
        "foto_belum": counted("%(n)s foto belum terkirim — tersimpan di ponsel ini."),
        "foto_ditolak": counted("%(n)s foto tidak dapat diterima; lihat sebabnya pada fotonya, lalu hapus."),
        "isian_belum": _("Isian terakhir belum terkirim — tersimpan di ponsel ini."),
        "dimuat_kembali": _("Isian yang tersimpan di ponsel ini dimuat kembali."),
        "luring": _("Tidak ada jaringan; dikirim sendiri begitu tersambung."),
        "sesi": _("Sesi Anda berakhir: masuk lagi di tab lain, lalu kembali ke halaman ini."),
        "orang_lain": _("Di ponsel ini orang lain sudah masuk; masuklah lagi sebagai diri Anda untuk mengirim."),
        "tidak_diterima": _("Kantor tidak menerima kiriman ini; foto tetap tersimpan di ponsel ini."),
        "terlalu_besar": _("Foto ini terlalu besar."),
        "rancangan_lain": _(
            "Rancangan yang lebih baru tersimpan dari perangkat lain; isian di ponsel ini tidak hilang."
        ),
        "penuh": _("Ponsel ini tidak dapat menyimpan lagi; jangan tutup halaman ini sebelum semua terkirim."),
    }


def _on_the_spot() -> dict[str, Any]:
    return {
        "hapus": _("Hapus"),
        "hapus_ponsel": _("Hapus dari ponsel"),
        "unduh": _("Unduh"),
        "foto_ke": _("foto %(n)s", n="%n"),
        "mencari": _("Mencari titik …"),
        "titik": _("Titik terisi; ketelitian ±%(n)s m menurut ponsel.", n="%n"),
        "titik_dilarang": _("Ponsel ini tidak mengizinkan pengambilan lokasi; ketik koordinatnya."),
        "titik_gagal": _("Titik tidak ditemukan; coba di tempat terbuka atau ketik koordinatnya."),
        "sama": _("Terukur sama dengan yang dinyatakan"),
        "lebih_besar": _("Terukur lebih besar %(n)s", n="%n"),
        "lebih_kecil": _("Terukur lebih kecil %(n)s", n="%n"),
    }
