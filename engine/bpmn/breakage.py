"""What breaks an XML file, in the office's words: the parser's fault becomes a sentence with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.errors import Finding

LONGEST = 60  # letters of a name that is repeated in a sentence

# libxml2's numbers of faults (xmlParserErrors).
_EMPTY, _TAGS, _OPEN, _UNDECLARED, _TWICE = 4, 76, 77, 201, 42
_SAID: Mapping[int, str] = {
    _EMPTY: "tidak dimulai dengan tanda <",
    5: "masih ada isi sesudah elemen terluar ditutup",
    9: "ada huruf yang tidak boleh ada dalam XML",
    23: "tanda & tidak diikuti titik koma; tulis &amp;",
    26: "tanda & menyebut nama yang tidak dikenal; tulis &amp;",
    31: "penyandian hurufnya tidak dikenal; simpan sebagai UTF-8",
    32: "penyandian hurufnya tidak dikenal; simpan sebagai UTF-8",
    38: "nilai atribut memuat tanda <; tulis &lt;",
    39: "nilai atribut tidak diapit tanda petik",
    40: "tanda petik penutup nilai atribut tidak ada",
    41: "atribut tidak diberi nilai",
    45: "komentar tidak ditutup dengan -->",
    47: "petunjuk <? tidak ditutup dengan ?>",
    63: "bagian CDATA tidak ditutup dengan ]]>",
    64: "deklarasi <?xml hanya boleh di awal berkas",
    65: "antara dua atribut tidak ada spasi",
    68: "sesudah tanda < atau & tidak ada nama; tulis &lt; atau &amp; bila dimaksud sebagai teks",
    73: "tanda > penutup elemen tidak ada",
    74: "tanda penutup elemen tidak lengkap",
    75: "sesudah nama atribut tidak ada tanda =",
    80: "komentar memuat dua tanda hubung berturut-turut",
    81: "ada huruf yang tidak tersandi sebagai UTF-8",
}
_PAIR = re.compile(r"mismatch: (\S+) line (\d+) and ([^\s,]+)")
_LAST = re.compile(r"in tag (\S+) line (\d+)")
_PREFIX = re.compile(r"prefix (\S+) ")
_ATTRIBUTE = re.compile(r"Attribute (\S+) redefined")


def sentence(error: Exception) -> Finding:
    """`Berkas bukan XML yang benar: … (baris 12, kolom 5).`; without a place where the parser knows none."""
    line, column = getattr(error, "position", None) or (0, 0)
    why = reason(getattr(error, "code", None), str(error))
    if not line:
        return Finding("Berkas bukan XML yang benar: %(why)s", why=why)
    return Finding(
        "Berkas bukan XML yang benar: %(why)s (baris %(line)s, kolom %(column)s)", why=why, line=line, column=column
    )


def reason(code: int | None, told: str) -> Finding:
    """Why a file is broken; names that the parser tells are repeated, its own words are not."""
    if code == _TAGS and (pair := _PAIR.search(told)):
        return Finding(
            "elemen %(open)s dari baris %(line)s ditutup sebagai %(close)s",
            open=pair[1][:LONGEST], line=pair[2], close=pair[3][:LONGEST],
        )  # fmt: skip
    if code == _OPEN and (last := _LAST.search(told)):
        return Finding("elemen %(open)s dari baris %(line)s tidak ditutup", open=last[1][:LONGEST], line=last[2])
    if code == _UNDECLARED and (prefix := _PREFIX.search(told)):
        return Finding("awalan %(prefix)s tidak dinyatakan dengan xmlns", prefix=prefix[1][:LONGEST])
    if code == _TWICE and (twice := _ATTRIBUTE.search(told)):
        return Finding("atribut %(name)s ditulis dua kali dalam satu elemen", name=twice[1][:LONGEST])
    return Finding(_SAID.get(code or 0, "susunannya tidak dapat dibaca"))
