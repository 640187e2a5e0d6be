"""Are tips of a unit still open? Asked before units end; exact for officers alone."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from services.contracts.dependants import DependantGroup
from services.tips.domain.values import TipState, TriageOutcome
from services.tips.read_models.tip_inbox import TIP_INBOX
from services.unit_directory.dependants import Bound

_INBOX: Final = TIP_INBOX.c
# Received and not sorted, or accepted and not rated yet.
_OPEN: Final = sa.or_(
    _INBOX.state == TipState.RECEIVED.value,
    sa.and_(
        _INBOX.state == TipState.TRIAGED.value,
        _INBOX.outcome == TriageOutcome.ACCEPTED.value,
    ),
)
OPEN_TIPS: Final = Bound("tip", _INBOX.unit_path, _OPEN)


def untold(unit_ids: Iterable[UUID]) -> list[DependantGroup]:
    """Return what a planner learns who does not work on tips: nothing but the kind.

    The same whether there are tips or not. Asked again from day to day, "there are
    some" would tell when the first one came, and a small commune knows its people.
    """
    return [DependantGroup(kind="tip", unit_id=u, how_many=None) for u in unit_ids]
