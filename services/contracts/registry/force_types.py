"""The forces that the law knows, as dated reference: request and answer.

Verb: force_types.list (query).
"""

from datetime import date
from typing import Literal

import msgspec

from services.contracts.registry.api import Request

ForceType = Literal[
    "neighbourhood_guard_board",
    "neighbourhood_guard_team",
    "part_time_commune_police",
    "village_police",
    "civil_defence_team",
    "security_order_team",
    "regular_commune_police",
    "agency_guard",
    "mediation_group",
    "self_management_group",
]
Counting = Literal["roster", "headcount", "directing"]


class PostTitle(msgspec.Struct, frozen=True, kw_only=True):
    """What a post is called in one force."""

    post: str
    title: str


class ForceSuccessor(msgspec.Struct, frozen=True, kw_only=True):
    """The force that came after: `selection` of the people, or those in `posts`."""

    force_type: str
    on: date
    share: Literal["selection", "posts"]
    posts: tuple[str, ...] = ()


class ForceTypeView(msgspec.Struct, frozen=True, kw_only=True):
    """A force as a dated legal category.

    `mark` tells how sure the reference is: V law read, R reported, G general knowledge.
    """

    force_type: str
    name: str
    legal_basis: str
    valid_from: date | None
    valid_to: date | None
    unit_types: tuple[str, ...]
    posts: tuple[str, ...]
    mark: str
    counted: Counting
    one_per_unit: bool
    titles: tuple[PostTitle, ...] = ()
    successor: ForceSuccessor | None = None


class ForceTypesList(Request, frozen=True):
    """All force types, or those in force on a day."""

    on: date | None = None


class ForceTypesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The reference table of force types."""

    rows: tuple[ForceTypeView, ...]
