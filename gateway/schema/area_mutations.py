"""Commands about residential areas."""

from typing import Final

from gateway.schema.areas import ResidentialArea
from gateway.schema.command_table import command, commands
from gateway.schema.inputs import input_of
from gateway.schema.payloads import object_of, payload
from services.contracts.registry import residential_areas as areas

_CATEGORY: Final = input_of(
    areas.GiveAreaCategory,
    "AreaCategoryInput",
    "A category of law for a residential area (diện địa bàn).",
)


@payload
class ResidentialAreaPayload:
    """Answer to a command about a residential area."""

    area: ResidentialArea | None = object_of(
        "ResidentialArea", "area_id", "The area as it is today."
    )


@commands("registry")
class AreaMutations:
    """Commands about residential areas, part of Mutation."""

    area_register: ResidentialAreaPayload | None = command(
        "area.register",
        areas.RegisterArea,
        "Enter a residential area in the book (lập khu dân cư).",
    )
    area_rename: ResidentialAreaPayload | None = command(
        "area.rename", areas.RenameArea, "Give it another name (đổi tên)."
    )
    area_retype: ResidentialAreaPayload | None = command(
        "area.retype", areas.RetypeArea, "Give it another kind (chuyển loại)."
    )
    area_end: ResidentialAreaPayload | None = command(
        "area.end", areas.EndArea, "End it, alone or merged (giải thể, sáp nhập)."
    )
    area_report_figures: ResidentialAreaPayload | None = command(
        "area.report_figures",
        areas.ReportAreaFigures,
        "Report its households and people (số liệu dân cư).",
        taken=input_of(areas.ReportAreaFigures, "AreaFiguresInput"),
    )
    area_give_category: ResidentialAreaPayload | None = command(
        "area.give_category",
        areas.GiveAreaCategory,
        "Count it to a category of law (xếp diện).",
        taken=_CATEGORY,
    )
    area_lift_category: ResidentialAreaPayload | None = command(
        "area.lift_category",
        areas.LiftAreaCategory,
        "Count it to the category no more (thôi xếp diện).",
        taken=_CATEGORY,
    )
