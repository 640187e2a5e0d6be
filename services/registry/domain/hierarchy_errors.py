"""Every refusal about named hierarchies, with its stable code."""

from services.chassis.errors import Conflict, Invalid, NotFound


class HierarchyUnknown(NotFound):
    """There is no hierarchy of this code."""

    code = "registry.hierarchy.unknown"
    message_vi = "Không có hệ thống {hierarchy}."
    message_en = "There is no hierarchy {hierarchy}."


class HierarchyAlreadyDefined(Conflict):
    """A code names one hierarchy for ever; that of administration is built in."""

    code = "registry.hierarchy.already_defined"
    message_vi = "Hệ thống {hierarchy} đã có."
    message_en = "The hierarchy {hierarchy} exists already."


class HierarchyEnded(Conflict):
    """The hierarchy has ended."""

    code = "registry.hierarchy.ended"
    message_vi = "Hệ thống {hierarchy} đã kết thúc ngày {ended_on}."
    message_en = "The hierarchy {hierarchy} ended on {ended_on}."


class OutsideHierarchyLife(Invalid):
    """The day lies before the hierarchy begins, or before what is recorded in it."""

    code = "registry.hierarchy.outside_its_life"
    message_vi = "Ngày {day} nằm ngoài thời gian của hệ thống {hierarchy}."
    message_en = "{day} lies outside the life of the hierarchy {hierarchy}."


class LevelAlreadySkipped(Conflict):
    """The hierarchy does without this level already."""

    code = "registry.hierarchy.level_already_skipped"
    message_vi = "Hệ thống {hierarchy} đã bỏ cấp {level} từ ngày {since}."
    message_en = "The hierarchy {hierarchy} skips the level {level} since {since}."


class LevelNotSkipped(Conflict):
    """There is no skip of this level to withdraw."""

    code = "registry.hierarchy.level_not_skipped"
    message_vi = "Hệ thống {hierarchy} không bỏ cấp {level}."
    message_en = "The hierarchy {hierarchy} does not skip the level {level}."


class UnitNotOfHierarchy(Invalid):
    """The unit stands outside the owner's area, or its level is skipped."""

    code = "registry.hierarchy.unit_not_of_it"
    message_vi = "Ngày {day}, đơn vị {unit_id} không thuộc hệ thống {hierarchy}."
    message_en = "On {day} unit {unit_id} is no part of the hierarchy {hierarchy}."


class PlacementOutOfOrder(Conflict):
    """A unit is placed in the order of days; the last placing may be withdrawn."""

    code = "registry.hierarchy.placement_out_of_order"
    message_vi = "Đơn vị {unit_id} đã có thay đổi ngày {last_on} trong hệ thống."
    message_en = "Unit {unit_id} has a change on {last_on} in the hierarchy already."


class UnitNotPlaced(Conflict):
    """The unit stands where administration puts it: nothing to return or withdraw."""

    code = "registry.hierarchy.unit_not_placed"
    message_vi = "Đơn vị {unit_id} chưa được sắp xếp riêng trong hệ thống."
    message_en = "Unit {unit_id} has no placing of its own in the hierarchy."


class RingByUnits(Conflict):
    """A change of units would let a unit stand above itself in a hierarchy."""

    code = "registry.hierarchy.ring_by_units"
    message_vi = (
        "Từ ngày {day}, đơn vị {unit_id} sẽ đứng trên chính mình"
        " trong hệ thống {hierarchy}."
    )
    message_en = (
        "From {day} on unit {unit_id} would stand above itself"
        " in the hierarchy {hierarchy}."
    )


class HierarchyCycle(Invalid):
    """The unit would stand above itself on some day."""

    code = "registry.hierarchy.cycle"
    message_vi = "Ngày {day}, đơn vị {unit_id} sẽ đứng trên chính mình."
    message_en = "On {day} unit {unit_id} would stand above itself."
