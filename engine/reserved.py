"""Names that a task's form cannot give its fields: the office writes or posts something of its own under each.

The one list: whoever writes one of these names takes it from here, the checker refuses a field called so.  Fields
within rows and groups are posted and kept under their group's name, so they clash with none.
"""

from __future__ import annotations

# Posted by a task's page beside the fields of its form.
CSRF = "csrf_token"
KEY = "kunci"  # of the page, so that a post that is repeated does nothing twice
ACT = "aksi"  # the button that was pressed
REASON = "alasan_keputusan"
DRAFT_VERSION = "versi_rancangan"
DRAFT_WINDOW = "jendela"  # which window wrote a draft, and in which of its savings
DEVICE = "ponsel"  # which phone wrote a draft
PAPER = "susulan_kertas"  # of a step done on paper: the scan, the instant, the event
PAPER_TIME = "susulan_saat"
PAPER_EVENT = "susulan_kejadian"
PLAYED = "tugas"  # in a play: which of the open tasks
POSTED = frozenset(
    {CSRF, KEY, ACT, REASON, DRAFT_VERSION, DRAFT_WINDOW, DEVICE, PAPER, PAPER_TIME, PAPER_EVENT, PLAYED}
)

# Asked by other forms of the same page: two controls of one name are told apart by nobody, nor their faults.
RELEASED = "alasan_lepas"
RELEASED_MORE = "kata_lepas"
DECLINED = "alasan_menolak"
HANDED_TO = "kepada"
HANDED_BECAUSE = "alasan_alih"
QUESTION = "pertanyaan"
ASKED = frozenset({RELEASED, RELEASED_MORE, DECLINED, HANDED_TO, HANDED_BECAUSE, QUESTION})

# Left in the data of the case, for conditions, by every task.
OUTCOME = "keputusan"
DONE_AT = "pada"
UNIT = "unit"
LEFT = frozenset({OUTCOME, DONE_AT, UNIT})

# Told to letters with the answers of a step, beside what is left in the case.
BECAUSE = "alasan"
DONE_BY = "oleh"
TOLD = frozenset({BECAUSE, DONE_BY})

# Added to the answers by the rules of some steps.
CALCULATION = "perhitungan"
CAPTIONS = "keterangan_foto"
HELD_SINCE = "ditunda_sejak"
ADDED = frozenset({CALCULATION, CAPTIONS, HELD_SINCE})

NAMES = POSTED | ASKED | LEFT | TOLD | ADDED
