"""Invented people, places and papers of the demonstration office; nobody who exists is meant."""

# ruff: noqa: E501 -- a permit and its subjects stand on one line

from __future__ import annotations

import time
from functools import lru_cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

GIVEN = (
    "Adi Agung Ahmad Aisyah Andini Anton Arif Asep Ayu Bagus Bayu Cahyo Citra Dani Desi Dewi Dian Dimas Eka Eko Endah "
    "Fajar Farida Fitri Galih Gita Hadi Handoko Hani Hendra Ika Indra Intan Iwan Joko Kartini Kurnia Laras Lestari "
    "Lukman Maya Mega Mulyono Nadia Nanda Nia Novi Nur Oki Putri Rahma Rangga Ratih Rina Rizal Rudi Sari Sigit Sinta "
    "Sri Sulastri Surya Tari Taufik Teguh Tono Tri Umar Vina Wahyu Wawan Widya Wulan Yanti Yoga Yuli Zahra Zainal"
).split()
FAMILY = (
    "Hidayat Santoso Wijaya Saputra Nugroho Lestari Pratama Kusuma Setiawan Wibowo Rahman Siregar Harahap Lubis Purba "
    "Sitompul Gunawan Susanto Hartono Permana Ramadhan Maulana Fauzi Hakim Suryadi Utami Handayani Puspita Anggraini"
).split()
STREETS = (
    "Jl. A.H. Nasution|Jl. Jend. Sudirman|Jl. Ahmad Yani|Jl. Diponegoro|Jl. Soekarno-Hatta|Jl. Imam Bonjol|Jl. Ryacudu|"
    "Jl. Letjen Alamsyah Ratu Prawiranegara|Jl. Mayjen Ryacudu|Jl. Kemiri|Jl. Sutan Syahrir|Jl. Pattimura"
).split("|")
TOWNS = ("Metro", "Bandar Lampung", "Pringsewu", "Kotabumi", "Way Kanan", "Sukadana", "Gunung Sugih")
BUSINESSES = (
    "Maju Jaya",
    "Sumber Rezeki",
    "Karya Mandiri",
    "Sinar Abadi",
    "Lintas Lampung",
    "Siger Makmur",
    "Tani Subur",
)
FORMS_OF_BUSINESS = ("CV", "PT", "UD", "Koperasi")

# What applications are about, by permit; "" for all others.
SUBJECTS = {
    "IMB": "Rumah tinggal satu lantai|Rumah tinggal dua lantai|Ruko tiga pintu|Gudang pupuk|Rumah kos 12 kamar|Renovasi toko",
    "TRY": "Trayek Terminal Mulyojati – Kampus|Trayek 16C – Pasar Cendrawasih|Angkutan kota Iringmulyo|Trayek Hadimulyo – Ganjar Agung",
    "RKL": "Spanduk pembukaan toko|Baliho konser amal|Umbul-umbul pameran buku|Spanduk penerimaan siswa baru",
    "IPTR": "Billboard simpang Jl. Jend. Sudirman|Videotron taman kota|Papan reklame Jl. Ahmad Yani",
    "IUTM": "Minimarket Iringmulyo|Minimarket Jl. Diponegoro|Supermarket Metro Pusat|Toko modern Hadimulyo Barat",
    "PEN": "Penelitian gizi balita|Penelitian UMKM kuliner|Skripsi tata kelola pasar|Penelitian mutu air sumur",
    "SIPB": "Praktik mandiri bidan Yosorejo|Praktik bidan di Puskesmas Banjarsari|Praktik bidan di klinik Iringmulyo",
    "SIPD": "Praktik dokter umum Imopuro|Praktik dokter gigi Jl. Imam Bonjol|Praktik dokter spesialis anak di RS",
    "SIPP": "Perawat di RSUD|Praktik mandiri perawat Ganjarasri|Perawat di klinik Metro Timur",
    "SIPA": "Apoteker penanggung jawab Jl. Soekarno-Hatta|Apoteker di RS|Apotek Yosodadi",
    "SIPTGZ": "Ahli gizi di RSUD|Konsultasi gizi Metro Barat",
    "SIK": "Analis laboratorium di RSUD|Fisioterapis klinik Metro Utara|Radiografer di RS",
}


def subject(rng: Random, permit: str) -> str:
    """What an application of this permit is about."""
    return rng.choice(SUBJECTS.get(permit, "Permohonan baru|Perpanjangan izin").split("|"))


def person(rng: Random) -> str:
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


def business(rng: Random) -> str:
    return f"{rng.choice(FORMS_OF_BUSINESS)} {rng.choice(BUSINESSES)}"


def street(rng: Random) -> str:
    return f"{rng.choice(STREETS)} No. {rng.randint(1, 240)}"


def nik(rng: Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(55, 99)
    return f"1872{rng.randint(1, 5):02}{day + 40 * rng.randint(0, 1):02}{month:02}{year:02}{rng.randint(1, 40):04}"


def born(nik: str) -> dict[str, str]:
    """The birth date, as it is typed, and the sex that a NIK of the last century tells: women's days count from 41."""
    day, month, year = int(nik[6:8]), nik[8:10], nik[10:12]
    sex = "perempuan" if day > 40 else "laki_laki"
    return {"tanggal_lahir": f"{day % 40:02}/{month}/19{year}", "jenis_kelamin": sex}


def phone(rng: Random) -> str:
    return f"08{rng.choice(('12', '13', '21', '52', '57', '78', '95'))}{rng.randint(1000000, 99999999)}"


# Fixed, so that the same paper has the same bytes in every demonstration.
MADE = time.struct_time((2026, 1, 1, 0, 0, 0, 3, 1, 0))


@lru_cache(maxsize=1)
def paper() -> bytes:
    """A one-page PDF that stands for any scanned paper."""
    image = Image.new("RGB", (827, 1169), (252, 251, 247))
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 60, 767, 1109), outline=(138, 133, 120), width=3)
    draw.text((110, 110), "CONTOH DOKUMEN PERAGAAN", fill=(13, 53, 82), font_size=40)
    draw.text((110, 175), "Tidak memuat data siapa pun.", fill=(84, 92, 104), font_size=24)
    for line in range(18):
        draw.line((110, 260 + 42 * line, 717 - 37 * (line % 4), 260 + 42 * line), fill=(200, 195, 184), width=9)
    draw.ellipse((520, 950, 660, 1070), outline=(110, 31, 42), width=6)
    target = BytesIO()
    image.save(target, "PDF", resolution=100, creationDate=MADE, modDate=MADE)
    return target.getvalue()


@lru_cache(maxsize=1)
def photo() -> bytes:
    """A picture that stands for any photograph."""
    image = Image.new("RGB", (640, 420), (222, 217, 206))
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 180, 580, 380), fill=(20, 80, 122))
    draw.polygon([(40, 180), (320, 60), (600, 180)], fill=(110, 31, 42))
    draw.text((240, 270), "CONTOH / PERAGAAN", fill=(255, 255, 255))
    target = BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()
