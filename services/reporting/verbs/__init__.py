"""Every question and the one command as handlers, and as verbs of the bus.

Both doors call these: ``api.py`` by HTTP, others by ``svc.reporting.v1.<verb>``.
"""

from typing import Final

from services.reporting.verbs import dependants, figures, planned, reports

VERBS: Final = (
    *figures.VERBS,
    *planned.VERBS,
    *reports.VERBS,
    *dependants.VERBS,
)
