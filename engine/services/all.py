"""Every service there is.  `docs/services.md` and the studio's lists are made from this."""

from __future__ import annotations

from engine.services import Services, clocks, office

SERVICES = Services(
    (
        clocks.start_clock,
        clocks.stop_clock,
        clocks.pause_clock,
        clocks.resume_clock,
        clocks.reopen_clock,
        office.issue_letter,
        office.reserve_number,
        office.send_notice,
        office.set_state,
        office.close_case,
        office.next_round,
        office.set_outcome,
        office.first_outcome,
        office.assess_levy,
        office.open_refund,
        office.visit_outcome,
    )
)
