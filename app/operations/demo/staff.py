"""The demonstration office's people: one for every role and agency, all with the same password.

Names are invented.  Production refuses to open while such accounts exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from app.operations import personal
from app.operations.people import hashed
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7

PASSWORD = "peragaan-metro-76"
DOMAIN = "dpmptsp-contoh.id"


@dataclass(frozen=True)
class DemoPerson:
    """`grants`: role or role:agency."""

    login: str
    name: str
    grants: tuple[str, ...]
    nip: str = ""
    rank: str = ""

    @property
    def email(self) -> str:
        return f"{self.login}@{DOMAIN}"


STAFF = (
    DemoPerson("loket", "Dewi Anggraini, A.Md.", ("FO",), "199003142015022003", "Pengatur Tk. I (II/d)"),
    DemoPerson("loket2", "Yusuf Hidayat", ("FO",), "198811052014021002", "Pengatur (II/c)"),
    DemoPerson("informasi", "Maya Puspita", ("CS",), "199507202019032005", "Pengatur Muda (II/a)"),
    DemoPerson("verifikator", "Ratna Sari, S.E.", ("VB",), "198506172009022004", "Penata (III/c)"),
    DemoPerson("verifikator2", "Agus Setiawan, S.H.", ("VB",), "198212092008011007", "Penata (III/c)"),
    DemoPerson("kasi", "Hendra Gunawan, S.T.", ("KS",), "197905212005011003", "Penata Tk. I (III/d)"),
    DemoPerson("kasi2", "Siti Rohmah, S.Sos.", ("KS",), "198103302006042006", "Penata Tk. I (III/d)"),
    DemoPerson("pengolahan", "Rizky Pratama, S.Kom.", ("PP",), "199201112017021001", "Penata Muda (III/a)"),
    DemoPerson("penghitung", "Lina Marlina, S.E.", ("PR",), "198709252010012008", "Penata Muda Tk. I (III/b)"),
    DemoPerson("bendahara", "Bambang Suryanto, S.E.", ("BP",), "197611082003121004", "Penata (III/c)"),
    DemoPerson("kabid", "Ir. Tri Wahyuni, M.M.", ("KB",), "197204151998032002", "Pembina (IV/a)"),
    DemoPerson("sekretaris", "Drs. Ahmad Fauzi", ("SD",), "196909191994031005", "Pembina Tk. I (IV/b)"),
    DemoPerson("kadis", "Dr. Nurhayati Lubis, S.H., M.Si.", ("KD",), "196812251993032001", "Pembina Utama Muda (IV/c)"),
    DemoPerson("penomoran", "Sri Lestari", ("TU",), "198402282007012009", "Penata Muda (III/a)"),
    DemoPerson("penyerahan", "Joko Susilo", ("PS",), "199106042016021006", "Pengatur (II/c)"),
    DemoPerson("arsip", "Endang Purwanti, A.Md.", ("AR",), "198908132014032004", "Pengatur Tk. I (II/d)"),
    DemoPerson("pengawas", "Irfan Maulana, S.H., CGCAE", ("SV",), "197708302004121002", "Pembina (IV/a)"),
    DemoPerson("proses", "Fajar Nugroho, S.Kom.", ("AP",), "198610102011011005", "Penata (III/c)"),
    DemoPerson("proses2", "Wulan Sari, S.Kom.", ("AP",), "199004182016032007", "Penata Muda (III/a)"),
    DemoPerson("admin", "Andi Kurniawan, S.Kom.", ("AS",), "198801252012011003", "Penata Muda Tk. I (III/b)"),
)
# login of an agency's team: tim-<agency> (member) and ketua-<agency>
TEAM_NAMES = (
    ("Budi Hartono, S.T.", "Ir. Suparman, M.T."),
    ("Eko Prasetyo", "Darmawan, S.Sos."),
    ("dr. Fitri Handayani", "dr. Hasan Basri, M.Kes."),
    ("Gita Permata, S.Si.", "Ir. Zulkifli"),
    ("Hadi Saputra", "Mulyadi, S.H."),
    ("Indah Kusuma, S.E.", "Nanang Kosasih, S.E., M.M."),
    ("Kartika Dewi", "Oki Setiana, S.IP."),
    ("Lukman Hakim", "Purnomo, S.STP."),
    ("Mega Utami, S.P.", "Rudi Hermawan, S.T."),
    ("Novi Yanti", "Slamet Widodo, S.Pd."),
)
APPLICANTS = (
    DemoPerson("pemohon", "Slamet Riyadi", ()),
    DemoPerson("pemohon2", "Anisa Putri Ramadhani", ()),
)


def teams(agencies: tuple[str, ...]) -> tuple[DemoPerson, ...]:
    """A member and a leader for each technical agency of the catalogue."""
    found = []
    for place, agency in enumerate(agencies):
        member, leader = TEAM_NAMES[place % len(TEAM_NAMES)]
        low = agency.lower()
        found.append(DemoPerson(f"tim-{low}", member, (f"TT:{agency}",), f"1985010{place % 10}201001100{place % 10}"))
        found.append(DemoPerson(f"ketua-{low}", leader, (f"KT:{agency}",), f"1972010{place % 10}199803100{place % 10}"))
    return tuple(found)


@lru_cache(maxsize=1)
def _password() -> str:
    return hashed(PASSWORD)


@retried
def make(at: datetime, since: date) -> dict[str, UUID]:
    """Create every account; login -> id."""
    with transaction() as store:
        agencies = tuple(store.deployments.active().catalogue.agencies)
        made = {}
        for person in (*STAFF, *teams(agencies)):
            made[person.login] = hire(store, person, "official", at)
            for place, grant in enumerate(person.grants):
                role, _, unit = grant.partition(":")
                basis = f"SK 800/{100 + len(made) + place}/KEP/{since.year} (contoh)"
                store.people.add_grant(
                    uuid7(), at, person_id=made[person.login], role=role, unit=unit, since=since, basis=basis
                )
        for place, person in enumerate(APPLICANTS):
            nik = f"187201{10 + 41 * place:02}0190{place + 1:04}"  # a man's and a woman's
            made[person.login] = hire(store, person, "applicant", at, nik)
        return made


def hire(store: Store, person: DemoPerson, kind: str, at: datetime, nik: str = "") -> UUID:
    id = uuid7()
    store.people.add(
        id,
        at,
        kind=kind,
        name=person.name,
        email=person.email,
        email_verified_at=at,
        nip=person.nip or None,
        rank=person.rank or None,
        nik=nik or None,
        nik_hmac=personal.nik_hmac(nik),
        phone="+6281200007600" if nik else None,
        address="Jl. A.H. Nasution 12, Metro Timur" if nik else None,
        password_hash=_password(),
        demonstration=True,
    )
    return id


@retried
def accounts() -> str:
    """What `make run` prints: logins by role; empty when this is no demonstration office."""
    with transaction() as store:
        rows = store.people.demonstration()
        if not rows:
            return ""
        wanted = {one.email: one for one in rows}
        chosen = [one for one in (*APPLICANTS, *STAFF) if one.email in wanted]
        lines = [f"    {one.email:<36} {', '.join(one.grants) or 'pemohon':<4} {one.name}" for one in chosen]
        units = [f"    tim-<opd>@{DOMAIN}, ketua-<opd>@{DOMAIN} (mis. tim-pupr, ketua-dinkes)"]
        return "\n".join([f"Akun peragaan, kata sandi semuanya {PASSWORD}:", *lines, *units])
