"""A refusal stands on grounds: each with its article, from the proposal to the signed letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.store import Store
from app.store.cases import Held
from engine.errors import SubmissionInvalid

if TYPE_CHECKING:
    from app.operations.consequences import Completing

# Step -> the outcome that proposes a refusal; whoever presses it names the grounds.
PROPOSING: Mapping[str, str] = {
    "verifikasi_keabsahan": "tidak_sah",
    "putusan_ronde": "usul_penolakan",
    "bap": "tidak_sesuai",
    "rekomendasi": "ditolak",
    "rekomendasi_opd": "ditolak",
    "tanda_tangan": "tolak",
}
PROPOSED, DRAFTED = "usul_penolakan", "alasan_penolakan"  # the fields that hold them
DRAFTING, SIGNING = "telaah_penolakan", "tanda_tangan_penolakan"


def grounded(doing: Completing) -> None:
    """Nobody proposes, drafts or signs a refusal without a ground."""
    element, outcome = doing.task.element, doing.submission.outcome
    if PROPOSING.get(element) == outcome:
        _named(doing, PROPOSED)
    elif (element, outcome) == (DRAFTING, "teruskan"):
        _named(doing, DRAFTED)
    elif (element, outcome) == (SIGNING, "ditandatangani") and not _drafted(doing.store, doing.held):
        sentence = "Surat ini belum menyebut alasan dan dasar hukumnya; kembalikan untuk ditelaah lagi"
        raise SubmissionInvalid({"keputusan": sentence})


def _named(doing: Completing, field: str) -> None:
    """A file that runs by an older release may have a form that does not ask yet."""
    facts = doing.held.case.facts
    form = doing.held.case.deployment.form(doing.task.form_key, facts.permit, facts.category)
    if form.field(field) is not None and not doing.values.get(field):
        raise SubmissionInvalid({field: "Sebutkan paling sedikit satu alasan penolakan beserta dasar hukumnya"})


def _drafted(store: Store, held: Held) -> bool:
    answers = store.cases.submissions(held.id, DRAFTING)
    return bool(answers and answers[-1].values.get(DRAFTED))


def proposed(answers: Any) -> list[dict[str, Any]]:
    """The grounds of the newest proposal: what the draft of the letter begins with."""
    found = (one for one in reversed(answers) if PROPOSING.get(one.element) == one.outcome)
    newest = next(found, None)
    return list(newest.values.get(PROPOSED, ())) if newest else []
