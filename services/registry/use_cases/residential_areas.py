"""area.*: register, rename, retype, end and describe residential areas."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from services.chassis.commands import Change, JointChange
from services.chassis.ids import new_id
from services.contracts.registry import residential_areas as api
from services.registry.domain.area_book import AreaBook
from services.registry.domain.area_kinds import kind_on
from services.registry.domain.days import refuse_future
from services.registry.domain.residential_area import (
    AreaHeir,
    AreaPlace,
    AreaTitle,
    ResidentialArea,
)
from services.registry.domain.residential_area_errors import AreaUnknown
from services.registry.use_cases.circumstances import Circumstances

_NAMESPACE: Final = UUID("51a7c1c0-3d4e-5d0a-8a55-7a2f2d6f9c44")

Decided = tuple[list[Any], object]


def register_area(command: api.RegisterArea, given: Circumstances) -> JointChange:
    """Decide on a new area and its number in the commune's book."""
    refuse_future(command.registered_on, given.today, "$.registered_on")
    unit = given.unit_of_fact(command.unit, command.registered_on)
    place = AreaPlace(unit.id, unit.path, unit.level)
    area_id, book_id = new_id(), book_of(unit.id)

    def decide(found: Mapping[UUID, Any]) -> Decided:
        book = found.get(book_id) or AreaBook.open(book_id, unit.id)
        number = book.enter(area_id, title(command.kind, command.name))
        area = ResidentialArea.register(
            area_id,
            place,
            AreaTitle(number, command.kind, command.name),
            on=command.registered_on,
            decision=command.decision,
        )
        reply = api.AreaRegistered(area_id=area_id, unit_id=unit.id, number=number)
        return [book, area], reply

    # Before the book is asked, which knows titles and not laws.
    kind_on(command.kind, command.registered_on)
    return JointChange(loads=(book_id,), decide=decide)


def rename_area(
    command: api.RenameArea, given: Circumstances, registered_in: UUID
) -> JointChange:
    """Decide on another name, free in the book."""

    def change(area: ResidentialArea) -> None:
        area.rename(
            command.name,
            on=command.effective_on,
            decision=command.decision,
            today=given.today,
        )

    return _retitled(command.area_id, given, registered_in, change)


def retype_area(
    command: api.RetypeArea, given: Circumstances, registered_in: UUID
) -> JointChange:
    """Decide on another kind, under which the name is free in the book."""

    def change(area: ResidentialArea) -> None:
        area.retype(
            command.kind,
            on=command.effective_on,
            decision=command.decision,
            today=given.today,
        )

    return _retitled(command.area_id, given, registered_in, change)


def end_area(
    command: api.EndArea, given: Circumstances, registered_in: UUID
) -> JointChange:
    """Decide on an area's end; each heir lives on that day in the caller's area."""
    book_id = book_of(registered_in)
    heirs = [AreaHeir(heir.area_id, heir.whole) for heir in command.heirs]

    def decide(found: Mapping[UUID, Any]) -> Decided:
        area = mine(found.get(command.area_id), command.area_id, given)
        for number, heir in enumerate(heirs):
            field = f"$.heirs[{number}].area_id"
            taking = mine(found.get(heir.area_id), heir.area_id, given, field)
            taking.require_alive(command.ended_on, field)
        area.end(
            heirs, on=command.ended_on, decision=command.decision, today=given.today
        )
        book = found[book_id]
        book.strike(area.id)
        return [area, book], api.AreaChanged(area_id=area.id)

    loads = {command.area_id, book_id, *(heir.area_id for heir in heirs)}
    return JointChange(loads=tuple(loads), decide=decide)


def report_figures(
    command: api.ReportAreaFigures, given: Circumstances
) -> Change[ResidentialArea]:
    """Decide on figures of a day."""
    return _described(
        command.area_id,
        given,
        lambda area: area.report_figures(
            households=command.households,
            people=command.people,
            on=command.counted_on,
            today=given.today,
        ),
    )


def give_category(
    command: api.GiveAreaCategory, given: Circumstances
) -> Change[ResidentialArea]:
    """Decide on a category of law."""
    return _described(
        command.area_id,
        given,
        lambda area: area.give_category(
            command.category,
            on=command.effective_on,
            decision=command.decision,
            today=given.today,
        ),
    )


def lift_category(
    command: api.LiftAreaCategory, given: Circumstances
) -> Change[ResidentialArea]:
    """Decide on the end of a category."""
    return _described(
        command.area_id,
        given,
        lambda area: area.lift_category(
            command.category,
            on=command.effective_on,
            decision=command.decision,
            today=given.today,
        ),
    )


def book_of(unit_id: UUID) -> UUID:
    """Return the id of a commune's book."""
    return uuid5(_NAMESPACE, str(unit_id))


def title(kind: str, name: str) -> str:
    """Return what no two living areas of a book share."""
    return f"{kind} {name}"


def mine(
    area: ResidentialArea | None,
    area_id: UUID,
    given: Circumstances,
    field: str = "$.area_id",
) -> ResidentialArea:
    """Return the area if it lies in the caller's. Raises AreaUnknown."""
    if not isinstance(area, ResidentialArea) or not given.units.within(
        given.caller.unit_roots, area.unit_id
    ):
        raise AreaUnknown(field=field, area_id=area_id)
    return area


def _retitled(
    area_id: UUID,
    given: Circumstances,
    registered_in: UUID,
    change: Callable[[ResidentialArea], None],
) -> JointChange:
    book_id = book_of(registered_in)

    def decide(found: Mapping[UUID, Any]) -> Decided:
        area = mine(found.get(area_id), area_id, given)
        change(area)
        book = found[book_id]
        book.retitle(area_id, title(area.kind, area.name))
        return [area, book], api.AreaChanged(area_id=area_id)

    return JointChange(loads=(area_id, book_id), decide=decide)


def _described(
    area_id: UUID, given: Circumstances, change: Callable[[ResidentialArea], None]
) -> Change[ResidentialArea]:
    def decide(
        found: ResidentialArea | None,
    ) -> tuple[ResidentialArea, api.AreaChanged]:
        area = mine(found, area_id, given)
        change(area)
        return area, api.AreaChanged(area_id=area_id)

    return Change(aggregate_type=ResidentialArea, aggregate_id=area_id, decide=decide)
