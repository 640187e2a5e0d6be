"""Commands and questions about residential areas."""

from typing import Any, Final
from uuid import UUID

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.contracts.registry import residential_areas as api
from services.registry.domain.area_kinds import CATEGORIES, KINDS, AreaWord
from services.registry.domain.residential_area_errors import AreaUnknown
from services.registry.read_models import area_list
from services.registry.use_cases import residential_areas as use_cases
from services.registry.verbs.making import callers_paths, command, given, query
from services.unit_directory.directory import units_of


async def area_register(call: Call[api.RegisterArea]) -> Outcome:
    """Register a residential area in a commune."""
    change = use_cases.register_area(call.body, given(call))
    return await call.runtime.commands.run_together(change, call.key)


async def area_rename(call: Call[api.RenameArea]) -> Outcome:
    """Give a residential area another name."""
    home = await _registered_in(call, call.body.area_id)
    change = use_cases.rename_area(call.body, given(call), home)
    return await call.runtime.commands.run_together(change, call.key)


async def area_retype(call: Call[api.RetypeArea]) -> Outcome:
    """Give a residential area another kind."""
    home = await _registered_in(call, call.body.area_id)
    change = use_cases.retype_area(call.body, given(call), home)
    return await call.runtime.commands.run_together(change, call.key)


async def area_end(call: Call[api.EndArea]) -> Outcome:
    """End a residential area, alone or merged into others."""
    home = await _registered_in(call, call.body.area_id)
    change = use_cases.end_area(call.body, given(call), home)
    return await call.runtime.commands.run_together(change, call.key)


async def area_report_figures(call: Call[api.ReportAreaFigures]) -> Outcome:
    """Report the households and people of a residential area on a day."""
    change = use_cases.report_figures(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def area_give_category(call: Call[api.GiveAreaCategory]) -> Outcome:
    """Count a residential area to a category of law."""
    change = use_cases.give_category(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def area_lift_category(call: Call[api.LiftAreaCategory]) -> Outcome:
    """Count a residential area to a category no more."""
    change = use_cases.lift_category(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def areas_get(call: Call[api.AreasGet]) -> api.AreasAnswer:
    """Get residential areas by id as they are on a day."""
    found = await call.runtime.read(
        area_list.get_areas,
        call.body.ids,
        callers_paths(call),
        on=call.body.on or local_today(),
    )
    return api.AreasAnswer(rows=tuple(found.get(one) for one in call.body.ids))


async def areas_list(call: Call[api.AreasList]) -> api.AreaList:
    """List the residential areas of a unit's subtree on a day."""
    asked = call.body
    on = asked.on or local_today()
    tree = units_of(call.runtime)
    unit = tree.resolve(asked.unit, None if asked.unit.id else on)
    wanted = area_list.AreaFilter(
        tree.covers(unit.id), callers_paths(call), asked.kind, asked.category
    )
    return await call.runtime.read(
        area_list.list_areas, wanted, on=on, first=asked.first, after=asked.after
    )


async def areas_words(call: Call[api.AreaWordsList]) -> api.AreaWordsAnswer:
    """List kinds of residential area and the categories of law, with sources."""
    day = call.body.on

    def shown(words: dict[str, AreaWord]) -> tuple[api.AreaWordView, ...]:
        return tuple(
            api.AreaWordView(
                code=word.code,
                name=word.name,
                group=word.group,
                valid_from=word.used.first,
                valid_to=word.used.end,
                source=word.source,
                mark=word.mark,
            )
            for word in words.values()
            if day is None or word.used.holds(day)
        )

    return api.AreaWordsAnswer(kinds=shown(KINDS), categories=shown(CATEGORIES))


async def _registered_in(call: Call[Any], area_id: UUID) -> UUID:
    found: UUID | None = await call.runtime.read(area_list.registered_in, area_id)
    if found is None:
        raise AreaUnknown(field="$.area_id", area_id=area_id)
    return found


VERBS: Final = (
    command("area.register", api.RegisterArea, area_register),
    command("area.rename", api.RenameArea, area_rename),
    command("area.retype", api.RetypeArea, area_retype),
    command("area.end", api.EndArea, area_end),
    command("area.report_figures", api.ReportAreaFigures, area_report_figures),
    command("area.give_category", api.GiveAreaCategory, area_give_category),
    command("area.lift_category", api.LiftAreaCategory, area_lift_category),
    query("areas.get", api.AreasGet, areas_get),
    query("areas.list", api.AreasList, areas_list),
    query("areas.words", api.AreaWordsList, areas_words),
)
