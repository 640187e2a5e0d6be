"""In which unit a force lies on which day: homes, one after the other."""

from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

# The first home has no first day, so that a force lies somewhere on every day.
ALWAYS: Final = date.min


class Home(NamedTuple):
    """A unit in which a force lies from a day on, with the unit's place in the tree."""

    since: date
    unit_id: UUID
    path: str


class LaterHome(NamedTuple):
    """To which unit a force passes after the day of a fact, and from which day on."""

    since: date
    unit_id: UUID


class Homes(tuple[Home, ...]):
    """The homes of one force, the first one first; a merger adds none."""

    __slots__ = ()

    def on(self, day: date) -> Home:
        """Return the home of a day."""
        return next(home for home in reversed(self) if home.since <= day)

    def after(self, day: date) -> tuple[LaterHome, ...]:
        """Return where the force passes after a day."""
        return tuple(
            LaterHome(home.since, home.unit_id) for home in self if home.since > day
        )

    def of_fact(self, day: date) -> dict[str, Any]:
        """Return what a counted fact says of its place: the day's home, and the later.

        With the later ones a reader moves what was counted to where it goes on, and
        need not know the force's homes itself.
        """
        return {"unit_id": self.on(day).unit_id, "later_homes": self.after(day)}

    def with_next(self, home: Home) -> "Homes":
        """Return the homes with one more."""
        return Homes((*self, home))

    def without_last(self) -> "Homes":
        """Return the homes as they were before the last one."""
        return Homes(self[:-1])


def first_home(unit_id: UUID, path: str) -> Homes:
    """Return the homes of a force that was never passed on."""
    return Homes((Home(ALWAYS, unit_id, path),))
