"""Verifies an export of the e-Perizinan ledger without e-Perizinan: standard library and `cryptography` alone.

    python verify_ledger.py EXPORT.zip [--key HEX_OR_FILE ...]

EXPORT is the zip as the office handed it over, or the ledger.jsonl inside.  With --key (the office's public key as it
was published, or as you wrote it down) anything signed by another key is a fault; without it the key found inside is
believed and printed, for you to compare.  Exit status 0: sound, 1: faults found, 2: could not run.

What is checked: the seal over the whole file, each link of each chain, each anchor's signature and its predecessor,
that every head an anchor swore to is still there, and that every anchor the office's own chain speaks of is there.
"""

import argparse
import hashlib
import io
import json
import os
import struct
import sys
import zipfile
import zlib

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None

MEMBERS = ("BACA-SAYA.txt", "ledger.jsonl", "verify_ledger.py")
LEDGER = "ledger.jsonl"
ANCHOR_PURPOSE, SEAL_PURPOSE = b"e-perizinan jangkar\n", b"e-perizinan ekspor\n"
NOTHING_BEFORE = "0" * 64
HEX = frozenset("0123456789abcdef")
NUMBER_OR_NONE, TEXT_OR_NONE = (int, type(None)), (str, type(None))
# What each line holds, beside its type.
SHAPES = {
    "export": {"v": int, "at": str, "scope": str},
    "key": {"key": str},
    "anchor": {"day": str, "text": str, "heads": NUMBER_OR_NONE},
    "line": {"line": str},
    "digest": {"digest": str},
    "office": {"seq": int, "kind": str, "at": str, "by": str, "body": str, "prev": str, "hash": str},
    "case": {"case": str, "number": str, "seq": int, "genesis": str, "head": str},
    "event": {
        "seq": int, "kind": str, "at": str, "recorded_at": str, "by": TEXT_OR_NONE, "role": str, "element": str,
        "deployment": str, "body": str, "hash": str,
    },
    "seal": {"lines": int, "sha256": str, "key": str, "signature": str},
}  # fmt: skip
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError, EOFError, KeyError,
    OverflowError, OSError,
)  # fmt: skip


def canonical(value):
    """The one form in which the office writes and hashes a value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def shaped(text):
    """The row of a line (with its end); raises ValueError unless it is exactly what the office writes."""
    row = json.loads(text)
    kind = row["type"] if row["type"] != "head" else "line" if "line" in row else "digest"
    shape = SHAPES[kind]
    if canonical(row) + "\n" != text or row.keys() != {"type", *shape}:
        raise ValueError(text)
    if not all(isinstance(row[name], kind) for name, kind in shape.items()):
        raise ValueError(text)
    return row


def sha256(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def holds(key, content, signature):
    """Whether the signature (hex) is that of the public key (hex) over the content."""
    if len(key) != 64 or len(signature) != 128 or not HEX.issuperset(key + signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


class Verifier:
    """Reads the lines of an export in their order; `faults` holds a sentence for each thing that is wrong."""

    def __init__(self, trusted):
        self.trusted = frozenset(trusted)
        self.faults = []
        self.counted = {"case": 0, "event": 0, "anchor": 0}
        self.keys = set()
        self.scope = None
        self.whole = hashlib.sha256()
        self.lines = 0
        self.sealed = False
        # anchors
        self.anchor = None  # the one whose heads are being read, with its own count and digest of them
        self.previous = (0, NOTHING_BEFORE)
        self.anchored = {}  # number -> hash of the anchor's file
        self.sworn = {}  # case -> {seq: (hash, day, registration number)}
        self.sworn_office = {}  # seq -> (hash, day)
        # chains
        self.office = (0, NOTHING_BEFORE)
        self.case = None
        self.link = (0, "")
        self.last_case = ""

    def say(self, sentence):
        self.faults.append(sentence)

    def read(self, raw):
        """One line with its end, as bytes."""
        if self.sealed:
            return self.say("Segel: ada tulisan sesudah segel")
        number = self.lines + 1
        try:
            row = shaped(raw.decode())
            {"export": self.begin, "key": self.add_key, "anchor": self.begin_anchor, "head": self.add_head,
             "office": self.add_office, "case": self.begin_case, "event": self.add_event, "seal": self.seal,
            }[row["type"]](row)  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            self.say(f"Baris {number}: telah berubah dan tidak terbaca")
        self.whole.update(raw)
        self.lines += 1

    def begin(self, row):
        if self.lines or row["v"] != 1:
            self.say("Kepala ekspor: tidak di tempatnya, atau bukan bentuk yang dikenal pemeriksa ini")
        self.scope = row["scope"]

    def add_key(self, row):
        self.keys.add(row["key"])

    def known(self, key):
        return key in (self.trusted or self.keys)

    # --- anchors

    def begin_anchor(self, row):
        self.end_anchor()
        self.counted["anchor"] += 1
        text, day = row["text"], row["day"]
        try:
            found = json.loads(text)
            whole = canonical(found) + "\n" == text and found["day"] == day and found["v"] == 1
            signed = canonical({**found, "signature": ""}).encode()
        except (ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            self.say(f"Jangkar {day}: telah berubah dan tidak terbaca")
            self.previous = (self.previous[0] + 1, sha256(text))
            return
        self.check_anchor(found, day, signed)
        self.previous = (int(found["number"]), sha256(text))
        self.anchored[found["number"]] = self.previous[1]
        if int(found["office_seq"]):
            self.sworn_office.setdefault(int(found["office_seq"]), (found["office_head"], day))
        # In an export of one case a list that does not name it is left out.
        if row["heads"] is not None:
            told = (found["lists"]["moved"], found["lists"]["heads"])
            self.anchor = {"day": day, "told": told, "count": 0, "digest": hashlib.sha256()}

    def check_anchor(self, found, day, signed):
        number, previous = self.previous
        if found["number"] != number + 1:
            self.say(f"Jangkar {day}: jangkar nomor {number + 1} hilang di depannya")
        elif found["previous"] != previous:
            self.say(f"Jangkar {day}: tidak menyambung pada jangkar sebelumnya")
        if not self.known(found["key"]):
            self.say(f"Jangkar {day}: ditandatangani dengan kunci yang tidak dikenal")
        elif not holds(found["key"], ANCHOR_PURPOSE + signed, found["signature"]):
            self.say(f"Jangkar {day}: tanda tangan tidak cocok dengan isinya")

    def add_head(self, row):
        if self.anchor is None:
            return self.say(f"Baris {self.lines + 1}: ujung rantai tanpa jangkar")
        told = sha256(row["line"]) if "line" in row else row["digest"]
        self.anchor["digest"].update(told.encode())
        self.anchor["count"] += 1
        if "line" in row:
            case, seq, head, name = json.loads(row["line"])
            known = self.sworn.setdefault(str(case), {}).setdefault(int(seq), (head, self.anchor["day"], name))
            if known[0] != head:
                self.say(f"Berkas {name or case}, peristiwa {seq}: dua jangkar menyebut ujung yang berbeda")

    def end_anchor(self):
        held, self.anchor = self.anchor, None
        if held is None:
            return
        if (held["count"], held["digest"].hexdigest()) != held["told"]:
            self.say(f"Jangkar {held['day']}: daftar ujung rantainya telah berubah")

    # --- chains

    def add_office(self, row):
        self.end_anchor()
        seq, prev = self.office
        place = f"Buku kejadian kantor, peristiwa {row['seq']}"
        body = json.loads(row["body"])
        content = {name: row[name] for name in ("seq", "kind", "at", "by")}
        hashed = sha256(canonical({**content, "prev": prev, "body": body}))
        if row["seq"] != seq + 1:
            self.say(f"{place}: nomor urut {seq + 1} hilang")
        elif row["prev"] != prev or hashed != row["hash"] or canonical(body) != row["body"]:
            self.say(f"{place}: isi tidak sesuai dengan rantainya")
        self.compare(self.sworn_office.pop(row["seq"], None), row["hash"], place)
        if row["kind"] == "anchored" and self.anchored.get(body["number"]) != body["hash"]:
            self.say(f"Jangkar {body['day']}: tidak ada, atau bukan yang dicatat dalam buku kejadian kantor")
        self.office = (row["seq"], row["hash"])

    def compare(self, sworn, hashed, place):
        if sworn and sworn[0] != hashed:
            self.say(f"{place}: telah berubah sejak dijangkarkan pada {sworn[1]}")

    def begin_case(self, row):
        self.end_anchor()
        self.end_case()
        if row["case"] <= self.last_case:
            self.say(f"Berkas {row['number'] or row['case']}: tidak pada urutannya")
        self.case, self.link, self.last_case = row, (0, row["genesis"]), row["case"]
        self.counted["case"] += 1

    def add_event(self, row):
        self.counted["event"] += 1
        seq, prev = self.link
        place = f"{self.place()}, peristiwa {row['seq']}"
        content = {name: value for name, value in row.items() if name not in ("type", "hash")}
        hashed = sha256(canonical({**content, "v": 1, "prev": prev, "case": self.case["case"]}))
        if row["seq"] != seq + 1:
            self.say(f"{place}: nomor urut {seq + 1} hilang")
        elif hashed != row["hash"]:
            self.say(f"{place}: isi tidak sesuai dengan rantainya")
        sworn = self.sworn.get(self.case["case"], {})
        self.compare(sworn.pop(row["seq"], None), row["hash"], place)
        self.link = (row["seq"], row["hash"])

    def place(self):
        return f"Berkas {self.case['number'] or self.case['case']}"

    def end_case(self):
        if self.case is None:
            return
        if self.link != (self.case["seq"], self.case["head"]):
            self.say(f"{self.place()}, peristiwa {self.link[0]}: ujung rantai tidak sesuai dengan berkas")
        if not self.sworn.get(self.case["case"]):
            self.sworn.pop(self.case["case"], None)
        self.case = None

    # --- the end

    def seal(self, row):
        self.end_anchor()
        self.end_case()
        self.sealed = True
        told = f"{self.lines}\n{self.whole.hexdigest()}\n".encode()
        if (row["lines"], row["sha256"]) != (self.lines, self.whole.hexdigest()):
            self.say("Segel: isi ekspor tidak lagi seperti ketika disegel")
        if not self.known(row["key"]):
            self.say("Segel: ditandatangani dengan kunci yang tidak dikenal")
        elif not holds(row["key"], SEAL_PURPOSE + told, row["signature"]):
            self.say("Segel: tanda tangan tidak cocok dengan isi ekspor")

    def conclude(self):
        """What is missing once everything was read."""
        self.end_anchor()
        self.end_case()
        if not self.sealed:
            self.say("Segel: tidak ada; ujung ekspor terpotong")
        for case, left in sorted(self.sworn.items()):
            seq, (_head, day, name) = min(left.items())
            self.say(f"Berkas {name or case}, peristiwa {seq}: hilang sejak dijangkarkan pada {day}")
        if self.scope == "semua":
            for seq, (_head, day) in sorted(self.sworn_office.items())[:1]:
                self.say(f"Buku kejadian kantor, peristiwa {seq}: hilang sejak dijangkarkan pada {day}")


class Same(io.RawIOBase):
    """Takes what is written and compares it with a file, from the beginning."""

    def __init__(self, file):
        self.file = file
        self.same = True

    def writable(self):
        return True

    def write(self, data):
        self.same = self.file.read(len(data)) == bytes(data) and self.same
        return len(data)


def chunks(file):
    while chunk := file.read(1 << 16):
        yield chunk


def packed(sink, contents):
    """Write the one zip that holds `contents` (name -> iterator of bytes), the same bytes on every machine."""
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as target:
        for name, chunks in contents:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            with target.open(info, "w", force_zip64=True) as member:
                for chunk in chunks:
                    member.write(chunk)


def wrapping(path):
    """The sentence that tells that the zip is not byte for byte the one the office made; None when it is."""
    try:
        with zipfile.ZipFile(path) as found, open(path, "rb") as whole:
            if tuple(found.namelist()) != MEMBERS or any(one.compress_type for one in found.infolist()):
                return "Pembungkus: bukan zip yang dibuat oleh kantor"
            same = Same(whole)
            packed(same, ((name, chunks(found.open(name))) for name in MEMBERS))
            if same.same and not whole.read(1):
                return None
    except BROKEN_ZIP:
        pass
    return "Pembungkus: telah berubah"


def verify(path, trusted=()):
    """The verifier that read the export at `path`; raises OSError when it cannot be opened."""
    verifier = Verifier(trusted)
    with open(path, "rb") as file:
        is_zip = file.read(1) != b"{"
    if is_zip:
        fault = wrapping(path)
        if fault:
            verifier.say(fault)
    try:
        with zipfile.ZipFile(path).open(LEDGER) if is_zip else open(path, "rb") as lines:
            for raw in lines:
                verifier.read(raw)
    except BROKEN_ZIP:
        verifier.say("Pembungkus: tidak terbaca sampai akhir")
    verifier.conclude()
    return verifier


class NoKey(Exception):
    """What was given as a key is none."""


def keys_of(given):
    """The keys (hex) that were written out, and those in files of keys, one a line."""
    found = []
    for one in given:
        words = [one]
        if os.path.isfile(one):
            with open(one, encoding="ascii", errors="replace") as lines:
                words = lines.read().split()
        keys = [word.lower() for word in words if len(word) == 64 and HEX.issuperset(word.lower())]
        if not keys:
            raise NoKey(f"{one[:80]} bukan kunci umum (64 huruf heksadesimal) dan bukan berkas yang memuatnya")
        found += keys
    return found


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Memeriksa ekspor buku jejak e-Perizinan.")
    parser.add_argument("export", help="zip dari kantor, atau ledger.jsonl di dalamnya")
    parser.add_argument(
        "--key", action="append", default=[], help="kunci umum kantor (heksadesimal), atau berkas yang memuatnya"
    )
    asked = parser.parse_args(arguments)
    if Ed25519PublicKey is None:
        sys.stderr.write("Tidak dapat dijalankan: pasang dahulu pustaka cryptography.\n")
        return 2
    try:
        found = verify(asked.export, keys_of(asked.key))
    except (OSError, NoKey) as fault:
        sys.stderr.write(f"Tidak dapat dijalankan: {fault}\n")
        return 2
    sys.stdout.writelines(f"{one}\n" for one in found.faults)
    if not asked.key:
        sys.stdout.writelines(
            f"Kunci di dalam ekspor, bandingkan dengan yang diumumkan: {key}\n" for key in sorted(found.keys)
        )
    told = "{case} berkas, {event} peristiwa, {anchor} jangkar".format(**found.counted)
    sys.stdout.write(f"{told}, {len(found.faults)} kerusakan ditemukan\n")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
