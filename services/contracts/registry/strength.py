"""How many serve in units' subtrees on a day: request and answer.

Verb: strength.get (query).
"""

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from services.contracts.registry.api import Ids, Request

Terms = Literal["as_was", "today"]
Mapping = Literal["identity", "selection"]


class StrengthGet(Request, frozen=True):
    """Boards, teams and people of several units' subtrees on a day.

    `terms: today` counts a force that has ended under the one that came after it.
    """

    ids: Ids
    on: date | None = None
    terms: Terms = "as_was"


class StrengthRow(msgspec.Struct, frozen=True, kw_only=True):
    """Strength of one force type in one unit's subtree.

    `members` serve; `active` leaves out who is suspended, in the terms of the day.

    `mapping` is `selection` where the row stands in today's terms for forces of which
    the law took only some people over; `former_types` names what is counted in it.
    """

    unit_id: UUID
    force_type: str
    force_units: int
    members: int
    mapping: Mapping = "identity"
    former_types: tuple[str, ...] = ()
    active: int | None = None


class StrengthAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Rows only where there is something to count."""

    on: date
    rows: tuple[StrengthRow, ...]
    terms: Terms = "as_was"
