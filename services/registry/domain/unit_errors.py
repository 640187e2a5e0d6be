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


class MomentBeforeRegister(Invalid):
    """Nothing was known of any unit at that moment."""

    code = "registry.units.moment_before_register"
    message_vi = "Danh mục đơn vị chỉ được ghi nhận từ {since}, sau lúc {known_at}."
    message_en = "The register of units is known since {since} only, not at {known_at}."


class UnitTypeNotInForce(Invalid):
    """The law knows no such type at this level on that day."""

    code = "registry.unit.type_not_in_force"
    message_vi = "Ngày {day}, cấp {level} không có loại đơn vị {unit_type}."
    message_en = "On {day} there is no type {unit_type} at the level {level}."


class UnitTypeUnchanged(Conflict):
    """The unit has this type already."""

    code = "registry.unit.type_unchanged"
    message_vi = "Đơn vị {unit_id} đã là loại {unit_type}."
    message_en = "Unit {unit_id} is a {unit_type} already."


class UnitNameUnchanged(Conflict):
    """The unit bears this name already."""

    code = "registry.unit.name_unchanged"
    message_vi = "Đơn vị {unit_id} đã mang tên này."
    message_en = "Unit {unit_id} bears this name already."


class UnitNameWithKind(Invalid):
    """What is asked for is the name without its kind, which is put before it."""

    code = "registry.unit.name_with_kind"
    message_vi = "Chỉ ghi tên riêng, không kèm loại đơn vị {unit_type} ở đầu."
    message_en = "Give the name alone, without the type {unit_type} before it."


class UnitNameDiffers(Invalid):
    """The full name is the kind and then the unit's own name."""

    code = "registry.unit.name_differs"
    message_vi = "Tên đầy đủ phải là loại đơn vị rồi đến đúng tên riêng."
    message_en = "The full name is the type of unit, then its own name as it is."


class UnitNameTaken(Conflict):
    """A unit beside it is called so on that day."""

    code = "registry.unit.name_taken"
    message_vi = "Ngày {day}, tên này là của đơn vị {other_id} cùng cấp."
    message_en = "On {day} unit {other_id} beside it bears this name."


class UnitDayTooFar(Invalid):
    """A resolution announces a change; nobody announces one years ahead."""

    code = "registry.unit.day_too_far"
    message_vi = "Ngày {day} quá xa; chỉ ghi trước đến {furthest}."
    message_en = "{day} is too far ahead; changes are announced until {furthest}."


class DecreeNeeded(Invalid):
    """Only a wrong entry is taken back without a decree."""

    code = "registry.unit.decree_needed"
    message_vi = "Cần số và ngày của văn bản khi hủy với lý do {reason}."
    message_en = "Undoing for {reason} needs a decree's number and date."


class UnitCodeTaken(Conflict):
    """Another unit bears the code on days that would come back."""

    code = "registry.unit.code_taken"
    message_vi = "Mã {unit_code} đang là của đơn vị {other_id}."
    message_en = "The code {unit_code} belongs to unit {other_id} meanwhile."


class UnitAboveEnded(Conflict):
    """The unit above does not exist on days that would come back."""

    code = "registry.unit.above_ended"
    message_vi = "Đơn vị cấp trên {parent_id} đã hết hiệu lực."
    message_en = "The unit above, {parent_id}, is not in force."


class UnitKeepsItself(Invalid):
    """What a unit keeps itself need not pass to anybody."""

    code = "registry.unit.keeps_itself"
    message_vi = "Đơn vị {unit_id} không thể tự tiếp nhận từ chính mình."
    message_en = "Unit {unit_id} cannot take over from itself."


class KeeperNotHeir(Conflict):
    """Only a unit that took over a part on that day keeps something of the old one."""

    code = "registry.unit.keeper_not_heir"
    message_vi = "Ngày {day}, đơn vị {keeper_id} không tiếp nhận một phần đơn vị cũ."
    message_en = "On {day} unit {keeper_id} took over no part of the old one."


class UnitNotDivided(Conflict):
    """Custody passes on the day on which the unit ended or gave a part."""

    code = "registry.unit.not_divided"
    message_vi = "Ngày {day}, đơn vị {unit_id} không chấm dứt và không bị tách."
    message_en = "On {day} unit {unit_id} neither ends nor gives a part."
