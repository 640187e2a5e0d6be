"""Within how many working days is a decision about members to be posted? Chased by it.

Read from `reference/member_law.toml`, which gives source and certainty.
"""

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from services.registry.domain.member_law import MEMBER_LAW_ROWS
from services.registry.domain.values import Period
from services.registry.domain.working_days import Deadline

_NAMESPACE: Final = UUID("0b1f2f6e-2a43-5f0a-8d0e-8f8f3a3c7a55")


class PostingRule(NamedTuple):
    """The rule of one law for one force."""

    force_type: str
    in_force: Period
    working_days: int


def decision_id(force_unit_id: UUID, number: str, decided_on: date) -> UUID:
    """Return the id of a decision that a force unit knows by its number and day."""
    return uuid5(_NAMESPACE, f"{force_unit_id} {number} {decided_on}")


def to_be_posted_by(
    force_type: str, effective_on: date, decided_on: date
) -> date | None:
    """Return the last day in time to post a decision; None where nothing asks for it.

    Which rule holds is told by the day from which on the decision has its effect.
    """
    for rule in _RULES:
        if rule.force_type == force_type and rule.in_force.holds(effective_on):
            return Deadline(decided_on, rule.working_days).due_on
    return None


_RULES: Final = tuple(
    PostingRule(
        row["force_type"],
        Period(row["valid_from"], row.get("valid_to")),
        row["working_days"],
    )
    for row in MEMBER_LAW_ROWS["posting"]
)
