"""The single records of the plan, and what they must add up to.

Made by the modules beside this one, sent by demo.load, added up again by the tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from demo.province import Place
from services.contracts.campaigns.events import ModelField, SessionKind
from services.contracts.registry.force_types import ForceType
from services.contracts.registry.members import Post
from services.contracts.tips.api import RoutedTo, ValueReason
from services.contracts.tips.events import Category, Channel, TriageOutcome

Door = Literal["graphql", "mttq", "http"]

GUARDS: ForceType = "neighbourhood_guard_board"
POLICE: ForceType = "part_time_commune_police"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMember:
    """One invented person; ``ceased_on`` is the first day without the service."""

    name: str
    post: Post
    enrolled_on: date
    ceased_on: date | None = None

    def serves_on(self, day: date) -> bool:
        """Tell whether the person serves at the end of a day."""
        ended = self.ceased_on is not None and self.ceased_on <= day
        return self.enrolled_on <= day and not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedForce:
    """A board or a commune's part-time police with its roster."""

    label: str
    force_type: ForceType
    place: Place
    established_on: date
    members: tuple[PlannedMember, ...]
    disbanded_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Tell whether the force exists at the end of a day."""
        ended = self.disbanded_on is not None and self.disbanded_on <= day
        return self.established_on <= day and not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCampaign:
    """A drive of the province; sessions of its days and kind belong to it."""

    label: str
    place: Place
    name: str
    starts_on: date
    ends_on: date
    organiser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One session; ``first_recorded`` is the wrong count that is corrected later."""

    label: str
    door: Door
    place: Place
    held_on: date
    kind: SessionKind
    attendance: int
    organiser: str
    venue: str
    campaign: str | None = None
    first_recorded: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPoint:
    """One residential area that has taken the model up."""

    label: str
    place: Place
    area_name: str
    opened_on: date
    closed_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Tell whether the point is open at the end of a day."""
        ended = self.closed_on is not None and self.closed_on <= day
        return self.opened_on <= day and not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedModel:
    """A named model of a unit with the points that have taken it up."""

    label: str
    place: Place
    name: str
    keeper: Literal["police", "mttq"]
    fields: tuple[ModelField, ...]
    launched_on: date
    ended_on: date | None = None
    points: tuple[PlannedPoint, ...] = ()

    def stands_on(self, day: date) -> bool:
        """Tell whether the model operates at the end of a day."""
        ended = self.ended_on is not None and self.ended_on <= day
        return self.launched_on <= day and not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTip:
    """One tip on its way; without ``valued_on`` nobody rates it."""

    label: str
    place: Place
    category: Category
    channel: Channel
    text: str
    contact: str | None
    received_on: date
    triaged_on: date
    outcome: TriageOutcome
    routed_to: RoutedTo | None = None
    valued_on: date | None = None
    valuable: bool = False
    reason: ValueReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All records of one load, under the name that its keys are derived from."""

    name: str
    first_day: date
    last_day: date
    forces: tuple[PlannedForce, ...]
    campaigns: tuple[PlannedCampaign, ...]
    sessions: tuple[PlannedSession, ...]
    models: tuple[PlannedModel, ...]
    tips: tuple[PlannedTip, ...]

    def within(self, day: date | None) -> bool:
        """Tell whether a day belongs to the period."""
        return day is not None and self.first_day <= day <= self.last_day

    def figures(self) -> dict[str, int]:
        """Add the records up as the indicators define it, by their codes."""
        held = [s for s in self.sessions if self.within(s.held_on) and not s.withdrawn]
        valued = [t for t in self.tips if t.valuable and self.within(t.valued_on)]
        boards = list(self._standing(GUARDS))
        return {
            "sessions_held": len(held),
            "session_attendances": sum(session.attendance for session in held),
            "valuable_tips": len(valued),
            "police_model_types": len(self._operating("police")),
            "mttq_model_points": sum(
                point.stands_on(self.last_day)
                for model in self._operating("mttq")
                for point in model.points
            ),
            "neighbourhood_guard_boards": len(boards),
            "neighbourhood_guard_members": self._serving(GUARDS),
            "part_time_commune_police": self._serving(POLICE),
        }

    def _operating(self, keeper: str) -> list[PlannedModel]:
        return [
            model
            for model in self.models
            if model.keeper == keeper and model.stands_on(self.last_day)
        ]

    def _standing(self, force_type: ForceType) -> Iterator[PlannedForce]:
        for force in self.forces:
            if force.force_type == force_type and force.stands_on(self.last_day):
                yield force

    def _serving(self, force_type: ForceType) -> int:
        return sum(
            member.serves_on(self.last_day)
            for force in self._standing(force_type)
            for member in force.members
        )
