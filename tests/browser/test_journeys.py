"""Whole files through the pages in real Chromium, each actor with a login and a browser of his own."""

import re

from playwright.sync_api import expect

UNNUMBERED = "belum bernomor"
NUMBER = re.compile(r"\b\d{5} [A-Z]{2,5} \d{6}\b")
SUM = re.compile(r"Rp([\d.]+)")


# --- what the actors do again and again


def drafted_to_signed(office, case=""):
    """From the draft of the permit to its signature, each by another official."""
    office.person("pengolahan").do("Susun naskah izin", "Teruskan untuk diparaf", case)
    office.person("kasi").do("Paraf Kepala Seksi", "Paraf dan teruskan", case)
    office.person("kabid").do("Paraf Kepala Bidang", "Paraf dan teruskan", case)
    secretary = office.person("sekretaris")
    secretary.go("/kotak-tugas?daftar=kelompok")
    if secretary.row("Paraf Sekretaris Dinas", case).count():
        secretary.do("Paraf Sekretaris Dinas", "Paraf dan teruskan", case)
    office.person("penomoran").do("Penomoran", "Beri nomor", case)
    office.person("kadis").do("Tanda tangani izin", "Tandatangani dan terbitkan", case, cara="basah", pindaian=True)


def decided(office, case, **ways):
    """The Kasi decides the path; what is not asked for is not needed."""
    wanted = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False} | ways
    office.person("kasi").do("Telaah dan tentukan jalur", "Teruskan", case, **wanted)


def levied(office, case, **inputs):
    """The levy is calculated, checked by another, initialled, assessed and delivered."""
    office.person("penghitung").do("Hitung retribusi", "Hitung dan teruskan", case, **inputs)
    office.person("kasi").do("Periksa perhitungan", "Sesuai, teruskan", case)
    office.person("kabid").do("Paraf SKRD", "Paraf dan teruskan", case)
    office.person("kadis").do("Tetapkan dan tanda tangani SKRD", "Tetapkan SKRD", case)
    office.person("bendahara").do("Sampaikan SKRD", "Catat penyampaian", case, cara_penyampaian="daring")


def paid(office, case, amount, reference):
    """The applicant says what he paid where, and uploads the slip."""
    office.person("pemohon").own(
        "Bayar dan unggah bukti",
        "Kirim bukti bayar",
        case,
        jumlah=amount,
        referensi=reference,
        tanggal_bayar=office.present.day,
        kanal="bank",
        bukti=True,
    )


def handed_over(office, case=""):
    office.person("penyerahan").do("Serahkan izin", "Catat penyerahan", case, penerima_adalah="pemohon")
    office.person("arsip").do("Arsipkan berkas", "Arsipkan", case)


def downloads(person, kind):
    """A letter listed on the open page comes as a PDF."""
    link = person.page.locator("li").filter(has=person.page.get_by_text(kind, exact=True)).locator("a[href*='/surat/']")
    answer = person.page.request.get(person.office.address + link.first.get_attribute("href"))
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")


def verified(office, case_id, kind="sk_izin"):
    """What a stranger with the letter's code is shown."""
    visitor = office.visitor()
    visitor.go(f"/periksa?kode={office.code_of(case_id, kind)}")
    return visitor


def number_on(person):
    """The registration number on the open page."""
    found = NUMBER.search(person.page.locator("main").inner_text())
    assert found, person.page.locator("main").inner_text()
    return found.group()


def promise_on(person):
    """The promised date on the applicant's page."""
    return person.page.locator(".petak").filter(has_text="Janji layanan").locator(".nilai").inner_text()


def owed_on(person):
    """The sum of the newest assessment on the applicant's page."""
    return SUM.search(person.page.locator(".harga").last.inner_text()).group(1)


def stands_on_the_diagram(person, case_id, element):
    """The Kartu Kendali draws the case where it stands."""
    person.go(f"/berkas/{case_id}")
    person.page.wait_for_selector("[data-diagram][data-ready]")
    expect(person.page.locator(f".is-now[data-element-id={element}]")).to_have_count(1)


def case_of(person):
    return re.search(r"/(?:permohonan|berkas)/([0-9a-f-]{36})", person.page.url).group(1)


# --- a midwife's permit, filed at the counter for somebody without e-mail


def test_a_midwifes_permit_filed_at_the_counter_is_recommended_signed_and_handed_over(office, present):
    counter = office.person("loket")
    counter.go("/loket")
    counter.page.get_by_label("Nama lengkap").fill("Sulastri Handayani")
    counter.page.get_by_label("NIK", exact=False).last.fill("1872014507850003")
    counter.page.get_by_label("Telepon").fill("0812 3456 7788")
    counter.page.get_by_label("Alamat").fill("Jl. Kemiri 14, Metro Timur")
    counter.press("Daftarkan")
    counter.sees("Sulastri Handayani", "tanpa surel", "Belum ada permohonan.")
    counter.follow("Ajukan izin atas namanya")
    counter.follow("Pilih Surat Izin Praktik Bidan")
    counter.sees("Atas nama Sulastri Handayani", "Tidak dipungut biaya", "hari kerja sejak berkas lengkap dan benar")
    counter.press("Isi formulir")
    counter.finish("Ajukan permohonan")
    counter.sees("Sulastri Handayani", UNNUMBERED, "Jam layanan mulai setelah berkas dinyatakan lengkap dan benar.")
    case_id = case_of(counter)
    present.later(minutes=10)
    office.person("loket2").do("Periksa kelengkapan", "Lengkap, daftarkan", "Sulastri Handayani")
    counter.go(f"/permohonan/{case_id}")
    number = number_on(counter)
    counter.sees("Janji layanan", "Agu 2026", "Tanda Terima Permohonan")
    downloads(counter, "Tanda Terima Permohonan")

    office.person("verifikator").do("Verifikasi keabsahan", "Absah, teruskan", number)
    decided(office, number, butuh_rekomendasi=True)
    head = office.person("ketua-dinkes")
    head.do("Rekomendasi tanpa tinjauan", "Setujui", number)
    drafted_to_signed(office, number)
    counter.go(f"/permohonan/{case_id}")
    counter.sees("Siap Diambil", "Surat Izin Praktik Bidan", "Rekomendasi")
    downloads(counter, "Surat Izin")
    handed_over(office, number)

    counter.go("/berkas?cari=1872014507850003")
    counter.sees(number)
    counter.go(f"/berkas/{case_id}")
    counter.sees(number, "Selesai", "diajukan lewat loket", "Riwayat")
    counter.go(f"/berkas/{case_id}?bagian=pesan")
    counter.sees("loket")
    found = verified(office, case_id)
    found.sees("asli dan ditandatangani", "tanda tangan basah", "Surat Izin Praktik Bidan")
    found.misses("Sulastri Handayani")


# --- a route permit, from the applicant's sign-in to handover


def test_a_route_permit_waits_for_its_payment_and_is_handed_over(office, present):
    applicant = office.person("pemohon")
    applicant.go("/permohonan/baru")
    applicant.follow("Pilih Izin Trayek")
    applicant.sees("Retribusi, hitung perkiraan", "Perkiraan, bukan ketetapan.", "Siapkan dokumen ini")
    applicant.press("Isi formulir")
    applicant.finish("Ajukan permohonan")
    applicant.sees("Diajukan", UNNUMBERED)
    case_id = case_of(applicant)
    present.later(minutes=10)
    office.person("loket").do("Periksa kelengkapan", "Lengkap, daftarkan", "Slamet Riyadi")
    applicant.go(f"/permohonan/{case_id}")
    number = number_on(applicant)
    promised = promise_on(applicant)

    office.person("verifikator").do("Verifikasi keabsahan", "Absah, teruskan", number)
    decided(office, number)
    levied(office, number, kendaraan=1, prasarana=0, tahun=1)
    applicant.go(f"/permohonan/{case_id}")
    applicant.sees("Menunggu Pembayaran", "SKRD", "Berhenti karena", "mundur selama jam berhenti")
    downloads(applicant, "Surat Ketetapan Retribusi Daerah")
    present.later(days=2)
    office.work()
    applicant.go(f"/permohonan/{case_id}")
    applicant.sees("Menunggu Pembayaran", "mundur selama jam berhenti")
    paid(office, number, owed_on(applicant), "BLM260805001")
    applicant.go(f"/permohonan/{case_id}")
    applicant.sees("menunggu pencocokan bendahara")
    assert promise_on(applicant) != promised
    treasurer = office.person("bendahara")
    treasurer.go(f"/berkas/{case_id}?bagian=pembayaran")
    treasurer.sees("BLM260805001", "bukti diterima")
    present.later(minutes=30)
    treasurer.do("Validasi pembayaran", "Sah, lunas", number)
    treasurer.go(f"/berkas/{case_id}?bagian=pembayaran")
    treasurer.sees("sah")

    drafted_to_signed(office, number)
    stands_on_the_diagram(office.person("penyerahan"), case_id, "serahkan")
    handed_over(office, number)
    applicant.go(f"/permohonan/{case_id}")
    applicant.sees("Selesai")
    for kind in ("Surat Ketetapan Retribusi Daerah", "Surat Setoran Retribusi Daerah", "Surat Izin"):
        downloads(applicant, kind)
    verified(office, case_id).sees("asli dan ditandatangani", "Izin Trayek")


# --- a building permit with all that may go wrong on the way


def filed(office, present, permit, name, login="pemohon"):
    """An application of a permit, found complete ten minutes later; the case's id and number."""
    applicant = office.person(login)
    applicant.go("/permohonan/baru")
    applicant.follow(f"Pilih {permit}")
    applicant.press("Isi formulir")
    applicant.finish("Ajukan permohonan")
    case_id = case_of(applicant)
    present.later(minutes=10)
    office.person("loket").do("Periksa kelengkapan", "Lengkap, daftarkan", name)
    applicant.go(f"/permohonan/{case_id}")
    return case_id, number_on(applicant)


def scheduled(office, number, when):
    """The Kabid sends both agencies out under one Surat Tugas."""
    office.person("kabid").do(
        "Jadwalkan tinjauan", "Jadwalkan dan terbitkan Surat Tugas", number, waktu=when, perangkat=["PUPR", "PERKIM"]
    )


def inspected(office, login, number, outcome="Sesuai", reason="", present_there=True):
    office.person(login).do("Tinjauan lapangan", outcome, number, reason, pemohon_hadir=present_there)


def test_a_building_permit_survives_repair_absence_and_a_late_payment(office, present):
    case_id, number = filed(office, present, "Izin Mendirikan Bangunan", "Slamet Riyadi")
    applicant, verifier = office.person("pemohon"), office.person("verifikator")
    verifier.do(
        "Verifikasi keabsahan",
        "Minta perbaikan",
        number,
        "KTP tidak terbaca pada bagian alamat.",
        keabsahan__ktp__hasil="perbaikan",
        keabsahan__ktp__catatan="Unggah pindaian berwarna.",
    )
    applicant.go(f"/permohonan/{case_id}")
    applicant.sees("Menunggu Perbaikan Pemohon", "Yang perlu Anda perbaiki", "Unggah pindaian berwarna.")
    applicant.sees("Berhenti karena", "mundur selama jam berhenti")
    present.later(days=1)
    applicant.own("Perbaiki berkas", "Kirim perbaikan", number)
    verifier.do("Verifikasi keabsahan", "Absah, teruskan", number)
    decided(office, number, butuh_tinjauan=True, butuh_rekomendasi=True)

    scheduled(office, number, "06/08/2026 09.00")
    present.on("2026-08-06 11:00")
    inspected(office, "tim-pupr", number)
    inspected(office, "tim-perkim", number, "Pemohon tidak hadir", "Tidak ada orang di lokasi.", False)
    applicant.go(f"/permohonan/{case_id}")
    applicant.sees("Berhenti karena", "mundur selama jam berhenti")
    scheduled(office, number, "10/08/2026 09.00")
    present.on("2026-08-10 11:00")
    office.work()
    for login in ("tim-pupr", "tim-perkim"):
        inspected(office, login, number)
    applicant.go(f"/permohonan/{case_id}")
    applicant.misses("mundur selama jam berhenti")
    office.person("ketua-pupr").do("Berita Acara Pemeriksaan", "Sesuai, lanjutkan", number)
    office.person("ketua-pupr").do("Rekomendasi atas BAP", "Setujui", number)
    levied(office, number)

    present.later(days=32)
    office.work()
    treasurer = office.person("bendahara")
    treasurer.do("Terbitkan Surat Teguran", "Terbitkan Surat Teguran", number)
    present.later(days=9)
    office.work()
    treasurer.do("Tetapkan STRD", "Terbitkan STRD", number)
    applicant.go(f"/permohonan/{case_id}")
    applicant.sees("STRD", "bunga", "Menunggu Pembayaran")
    paid(office, number, owed_on(applicant), "BLM260914001")
    treasurer.do("Validasi pembayaran", "Sah, lunas", number)
    drafted_to_signed(office, number)
    handed_over(office, number)

    applicant.go(f"/permohonan/{case_id}")
    applicant.sees("Selesai")
    for kind in ("Surat Teguran", "Surat Tagihan Retribusi Daerah", "Surat Izin"):
        downloads(applicant, kind)
    head = office.person("pengawas")
    head.go(f"/berkas/{case_id}?bagian=surat")
    head.sees("Surat Tugas", "Berita Acara Pemeriksaan", "Rekomendasi Teknis")
    head.go(f"/berkas/{case_id}")
    head.sees("Pemohon tidak hadir", "Buku jam")
    verified(office, case_id).sees("asli dan ditandatangani", "Izin Mendirikan Bangunan")
