"""Every refusal of the registry, with its stable code."""

from services.chassis.errors import Conflict, Invalid, NotFound


class DayInFuture(Invalid):
    """Only what has happened is recorded."""

    code = "registry.day_in_future"
    message_vi = "Ngày {day} ở tương lai."
    message_en = "{day} lies in the future."


class ForceTypeNotInForce(Invalid):
    """The law did not know this force on that day."""

    code = "registry.force_type.not_in_force"
    message_vi = (
        "Ngày {day}, pháp luật không có lực lượng {force_type}"
        " (có từ {valid_from}, đến trước {valid_to}; {legal_basis})."
    )
    message_en = (
        "On {day} the law knew no {force_type}"
        " (from {valid_from}, until before {valid_to}; {legal_basis})."
    )


class UnitDoesNotFitForceType(Invalid):
    """The law places this force in other types of unit."""

    code = "registry.force_type.unit_does_not_fit"
    message_vi = "Lực lượng {force_type} không đặt ở loại đơn vị {unit_type}."
    message_en = "A {force_type} does not belong to a unit of type {unit_type}."


class ForceUnitUnknown(NotFound):
    """There is no such force unit, or it is not the caller's."""

    code = "registry.force_unit.unknown"
    message_vi = "Không có đơn vị lực lượng {force_unit_id}."
    message_en = "There is no force unit {force_unit_id}."


class ForceUnitAlreadyEstablished(Conflict):
    """The law gives a unit one force of this type."""

    code = "registry.force_unit.already_established"
    message_vi = "Đơn vị này đã có lực lượng {force_type}."
    message_en = "The unit has a {force_type} already."


class ForceUnitDisbanded(Conflict):
    """The force unit has ended."""

    code = "registry.force_unit.disbanded"
    message_vi = "Đơn vị lực lượng đã giải thể ngày {disbanded_on}."
    message_en = "The force unit was disbanded on {disbanded_on}."


class DisbandedBeforeItsFacts(Conflict):
    """A force unit cannot have ended before what is recorded in it."""

    code = "registry.force_unit.disbanded_before_its_facts"
    message_vi = "Đơn vị lực lượng có việc ghi nhận sau ngày {day}."
    message_en = "The force unit has facts that are later than {day}."


class OutsideForceUnitLife(Invalid):
    """Nobody serves in a force unit before or after it exists."""

    code = "registry.member.outside_force_unit_life"
    message_vi = "Ngày {day} nằm ngoài thời gian hoạt động của đơn vị lực lượng."
    message_en = "{day} lies outside the life of the force unit."


class OutsideUnitLife(Invalid):
    """Nobody serves in an administrative unit that does not exist."""

    code = "registry.member.outside_unit_life"
    message_vi = "Ngày {day} nằm ngoài thời gian tồn tại của đơn vị hành chính."
    message_en = "{day} lies outside the life of the administrative unit."


class LeaderAlreadyThere(Conflict):
    """A force unit has at most one leader at a time."""

    code = "registry.member.leader_already_there"
    message_vi = "Đơn vị lực lượng đã có người đứng đầu vào ngày {day}."
    message_en = "The force unit has a leader on {day} already."


class MemberUnknown(NotFound):
    """Nobody with this id serves or served in the force unit."""

    code = "registry.member.unknown"
    message_vi = "Không có thành viên {member_id} trong đơn vị lực lượng."
    message_en = "There is no member {member_id} in the force unit."


class MemberAlreadyCeased(Conflict):
    """A membership ends once."""

    code = "registry.member.already_ceased"
    message_vi = "Thành viên đã thôi tham gia ngày {ceased_on}."
    message_en = "The member ceased on {ceased_on}."


class CeasedBeforeEnrolled(Invalid):
    """Service ends after it has begun."""

    code = "registry.member.ceased_before_enrolled"
    message_vi = "Ngày thôi tham gia phải sau ngày bắt đầu {enrolled_on}."
    message_en = "Service has to end after {enrolled_on}, when it began."
