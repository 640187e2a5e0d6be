"""Forces as dated legal categories: which law knew which force, when and where.

Read from `reference/force_types.toml`, which gives source and certainty of each.
"""

import enum
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any, Final, NamedTuple

from services.registry.domain import errors
from services.registry.domain.force_errors import (
    HeadcountNotKept,
    PostNotInForce,
    RosterNotKept,
)
from services.registry.domain.values import Period, Post


class Counting(enum.StrEnum):
    """How a force is known: by its members, by a number, or not at all."""

    ROSTER = "roster"
    HEADCOUNT = "headcount"
    DIRECTING = "directing"


class Share(enum.StrEnum):
    """What of a force its successor took over."""

    SELECTION = "selection"
    POSTS = "posts"


class Successor(NamedTuple):
    """The force that came after, from which day, and whom it took."""

    force_type: str
    on: date
    share: Share
    posts: frozenset[Post]

    def may_take(self, post: Post) -> bool:
        """Tell whether somebody in this post could be chosen."""
        return self.share is Share.SELECTION or post in self.posts


class ForceType(NamedTuple):
    """One legal category of force."""

    code: str
    name: str
    legal_basis: str
    mark: str
    in_force: Period
    unit_types: frozenset[str]
    one_per_unit: bool
    exclusive: bool
    by_quota: bool
    counting: Counting
    posts: dict[Post, str]
    successor: Successor | None


def _force_type(row: dict[str, Any]) -> ForceType:
    after = row.get("successor")
    return ForceType(
        code=row["code"],
        name=row["name"],
        legal_basis=row["legal_basis"],
        mark=row["mark"],
        in_force=Period(row["valid_from"], row.get("valid_to")),
        unit_types=frozenset(row["unit_types"]),
        one_per_unit=row["one_per_unit"],
        exclusive=row["exclusive"],
        by_quota=row.get("by_quota", False),
        counting=Counting(row["counted"]),
        posts={Post(post): title for post, title in row["posts"].items()},
        successor=after
        and Successor(
            after["force_type"],
            after["on"],
            Share(after["share"]),
            frozenset(Post(post) for post in after.get("posts", ())),
        ),
    )


def _read() -> dict[str, ForceType]:
    source = files("services.registry.reference") / "force_types.toml"
    rows = tomllib.loads(source.read_text("utf-8"))["force"]
    return {row["code"]: _force_type(row) for row in rows}


FORCE_TYPES: Final = _read()
# The force whose numbers a province sets; the law knows one such force.
(BY_QUOTA,) = (force for force in FORCE_TYPES.values() if force.by_quota)


def refuse_other_counting(force: ForceType, wanted: Counting) -> None:
    """Let a force be counted in its own way. Raises RosterNotKept, HeadcountNotKept."""
    if force.counting is not wanted:
        refusal = RosterNotKept if wanted is Counting.ROSTER else HeadcountNotKept
        raise refusal(field="$.force_unit_id", force_type=force.code)


def refuse_post(force: ForceType, post: Post, field: str) -> None:
    """Let a post pass that the law knows in this force. Raises PostNotInForce."""
    if post not in force.posts:
        raise PostNotInForce(field=field, force_type=force.code, post=post.value)


def refuse_outside_law(force: ForceType, day: date, field: str) -> None:
    """Let a day pass on which the law knew the force. Raises ForceTypeNotInForce."""
    if not force.in_force.holds(day):
        raise errors.ForceTypeNotInForce(
            field=field,
            force_type=force.code,
            day=day,
            valid_from=force.in_force.first,
            valid_to=force.in_force.end,
            legal_basis=force.legal_basis,
        )
