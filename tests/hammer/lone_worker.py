"""The office's worker in a process of its own, at a present that is given: `… lone_worker 2026-08-03T10:00+07:00`.

It works on the database of its environment until somebody ends it, in whatever way.
"""

from __future__ import annotations

import sys
from datetime import datetime

from app import clock, create_app
from app.jobs import scheduler


def main(at: datetime) -> None:
    real = clock.now
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "app" and getattr(module, "now", None) is real:
            module.now = lambda: at  # type: ignore[attr-defined]
    app = create_app()
    scheduler.pulse(app)  # its beats are timed by the true clock, which may be before the given present
    scheduler.work(app)


if __name__ == "__main__":
    main(datetime.fromisoformat(sys.argv[1]))
