"""Every refusal about changes of administrative units."""

from services.chassis.errors import Conflict, Invalid, NotFound


class UnitAlreadyAbolished(Conflict):
    """A unit ends once."""

    code = "registry.unit.already_abolished"
    message_vi = "Đơn vị {unit_id} đã bị giải thể."
    message_en = "Unit {unit_id} has been abolished already."


class UnitChangeOutOfOrder(Invalid):
    """A change of a unit lies outside its life or before an earlier change."""

    code = "registry.unit.change_out_of_order"
    message_vi = "Ngày {day} không nằm trong thời gian tồn tại của đơn vị {unit_id}."
    message_en = "{day} lies outside the life of unit {unit_id}."


class UnitPartToItself(Invalid):
    """A part goes to another unit."""

    code = "registry.unit.part_to_itself"
    message_vi = "Đơn vị {unit_id} không thể giao một phần cho chính mình."
    message_en = "Unit {unit_id} cannot hand a part to itself."


class UnitChangeUnknown(NotFound):
    """No change of the unit with this version stands: it never did, or is undone."""

    code = "registry.unit.change_unknown"
    message_vi = "Đơn vị {unit_id} không có thay đổi số {version} còn hiệu lực."
    message_en = "Unit {unit_id} has no standing change with version {version}."


class UnitChangeFollowed(Conflict):
    """A later change builds on this one and has to be undone first."""

    code = "registry.unit.change_followed"
    message_vi = "Phải hủy thay đổi số {later} của đơn vị {unit_id} trước."
    message_en = "Change {later} of unit {unit_id} has to be undone first."


class UnitWithoutFirstDay(Conflict):
    """A unit older than the register was not established by a fact that can go."""

    code = "registry.unit.without_first_day"
    message_vi = "Đơn vị {unit_id} có trước danh mục, không thể hủy việc thành lập."
    message_en = "Unit {unit_id} is older than the register and cannot be voided."
