"""A commune's own register of residential areas: who bears which number and title."""

from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain.residential_area_errors import AreaTitleTaken


class Entry(NamedTuple):
    """One line of the book: the number for ever, the title as it is now."""

    number: int
    title: str | None


class AreaBook(Aggregate):
    """The numbers of one commune's areas; there is no national code for them.

    A number is never given twice; a title is borne by one living area at a time.
    """

    TOPIC = "registry.area_book"

    class Event(Aggregate.Event):
        TOPIC = "registry.area_book.event"

    class Opened(Event, AggregateCreated):
        TOPIC = "registry.area_book.opened"
        unit_id: UUID

    class Entered(Event):
        TOPIC = "registry.area_book.entered"
        area_id: UUID
        number: int
        title: str

    class Retitled(Event):
        TOPIC = "registry.area_book.retitled"
        area_id: UUID
        title: str

    class Struck(Event):
        TOPIC = "registry.area_book.struck"
        area_id: UUID

    @classmethod
    def open(cls, book_id: UUID, unit_id: UUID) -> "AreaBook":
        """Begin the book of a commune with its first area."""
        return cls._create(cls.Opened, id=book_id, unit_id=unit_id)

    @event(Opened)
    def __init__(self, *, unit_id: UUID) -> None:
        self.unit_id = unit_id
        self.entries: dict[UUID, Entry] = {}

    def enter(self, area_id: UUID, title: str) -> int:
        """Give the next number. Raises AreaTitleTaken."""
        compared = self._free(title)
        number = len(self.entries) + 1
        self.trigger_event(self.Entered, area_id=area_id, number=number, title=compared)
        return number

    def retitle(self, area_id: UUID, title: str) -> None:
        """Note another kind or name. Raises AreaTitleTaken."""
        compared = self._free(title, besides=area_id)
        if compared != self.entries[area_id].title:
            self.trigger_event(self.Retitled, area_id=area_id, title=compared)

    def strike(self, area_id: UUID) -> None:
        """Free the title of an area that ended; its number stays taken."""
        self.trigger_event(self.Struck, area_id=area_id)

    def _free(self, title: str, besides: UUID | None = None) -> str:
        compared = " ".join(title.casefold().split())
        for area_id, entry in self.entries.items():
            if entry.title == compared and area_id != besides:
                raise AreaTitleTaken(field="$.name", number=entry.number)
        return compared

    @event(Entered)
    def _write(self, area_id: UUID, number: int, title: str) -> None:
        self.entries[area_id] = Entry(number, title)

    @event(Retitled)
    def _write_over(self, area_id: UUID, title: str) -> None:
        self.entries[area_id] = self.entries[area_id]._replace(title=title)

    @event(Struck)
    def _write_off(self, area_id: UUID) -> None:
        self.entries[area_id] = self.entries[area_id]._replace(title=None)
