"""What of a service is bound to units and goes on after a day: the words and the verb.

The registry asks `dependants.of_units` (scope `units:write`) of campaigns, tips and
reporting, with the planner's own token, before units end. Counts only: no id of a row,
nothing about people.
"""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

VERB: Final = "dependants.of_units"
SCOPE: Final = "units:write"
MOST_UNITS: Final = 1_000

# What somebody keeps once its unit is divided. A keeper reaches the divided unit's own
# rows of the kind and goes on with them.
CustodyKind = Literal[
    "campaign",
    "model",
    "model_point",
    "tip",
    "report",
    "steering_committee",
    "coordination_programme",
    "selection_round",
    "support_claim",
    "welfare_visit",
    "training_course",
    "rating_round",
    "credential",
]


class DependantsOfUnits(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """What is bound to these units and goes on, or stays, from the day on.

    All of them have to lie in the caller's area.
    """

    unit_ids: Annotated[list[UUID], Meta(min_length=1, max_length=MOST_UNITS)]
    on: date


class DependantGroup(msgspec.Struct, frozen=True, kw_only=True):
    """So many things of one kind at one unit.

    ``how_many`` is empty where the number is nothing for the caller: then the group is
    told whether there is anything or not. ``goes_on`` is false for facts of the past,
    which stay where they are and need nobody.
    """

    kind: str
    unit_id: UUID
    how_many: int | None
    goes_on: bool = True


class DependantGroups(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to DependantsOfUnits."""

    rows: tuple[DependantGroup, ...]
