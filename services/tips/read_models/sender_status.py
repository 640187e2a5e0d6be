"""Where does a tip stand, for whoever holds its code? A class of status and no more."""

from typing import Final

import sqlalchemy as sa

from services.contracts.tips.api import SenderStatus
from services.tips.domain.values import TipState, TriageOutcome
from services.tips.read_models.tip_inbox import TIP_INBOX
from services.tips.tip_vault import VaultTables

NOTHING: Final[SenderStatus] = "none"
_CLOSED: Final = frozenset(
    {TriageOutcome.INSUFFICIENT, TriageOutcome.SPAM, TriageOutcome.ROUTED_OUT}
)


def sender_status(
    conn: sa.Connection, lock: bytes, tables: VaultTables
) -> SenderStatus:
    """Give the class of status behind a lock; one statement whether or not it fits."""
    tracking = tables.tracking
    row = conn.execute(
        sa.select(TIP_INBOX.c.state, TIP_INBOX.c.outcome)
        .join(tracking, tracking.c.tip_id == TIP_INBOX.c.id)
        .where(tracking.c.lock == lock)
    ).one_or_none()
    if row is None or row.state == TipState.ERASED:
        return NOTHING
    if row.state == TipState.RECEIVED:
        return "received"
    if row.state == TipState.VALUED or row.outcome in _CLOSED:
        return "closed"
    return "in_progress"
