"""Every refusal about plans of reorganisation, with its stable code."""

from services.chassis.errors import Conflict, Invalid, NotFound, Unavailable


class ReorganisationUnknown(NotFound):
    """There is no such plan, or it is not the caller's."""

    code = "registry.reorganisation.unknown"
    message_vi = "Không có phương án sắp xếp {reorganisation_id}."
    message_en = "There is no reorganisation {reorganisation_id}."


class ReorganisationNotDraft(Conflict):
    """Only a draft is changed, decided on and executed."""

    code = "registry.reorganisation.not_draft"
    message_vi = "Phương án đang ở trạng thái {state}, không còn là dự thảo."
    message_en = "The reorganisation is {state} and no draft any more."


class ReorganisationNotExecuted(Conflict):
    """Only what was executed is undone."""

    code = "registry.reorganisation.not_executed"
    message_vi = "Phương án đang ở trạng thái {state}, chưa được thực hiện."
    message_en = "The reorganisation is {state} and not executed."


class OperationShapeWrong(Invalid):
    """An operation of this kind takes other parts."""

    code = "registry.reorganisation.operation_shape"
    message_vi = "Thao tác {kind} thiếu hoặc thừa thành phần."
    message_en = "An operation {kind} lacks a part or has one too many."


class PlannedUnitIncomplete(Invalid):
    """A unit in a plan is named by exactly one of id, code and new."""

    code = "registry.reorganisation.unit_incomplete"
    message_vi = "Nêu đơn vị bằng đúng một trong ba: id, code hoặc new."
    message_en = "Name the unit by exactly one of id, code and new."


class NewUnitUnknown(Invalid):
    """The plan has no new unit with this code."""

    code = "registry.reorganisation.new_unit_unknown"
    message_vi = "Phương án không có đơn vị mới mang mã {new}."
    message_en = "The plan has no new unit with the code {new}."


class NewUnitTwice(Conflict):
    """A code begins once on a day."""

    code = "registry.reorganisation.new_unit_twice"
    message_vi = "Phương án đã có đơn vị mới mang mã {new}."
    message_en = "The plan has a new unit with the code {new} already."


class UnitPassedTwice(Conflict):
    """A unit passes whole to one other, or in parts, and ends once."""

    code = "registry.reorganisation.unit_passed_twice"
    message_vi = "Phương án đã giải thể đơn vị {unit_id} theo cách khác."
    message_en = "The plan ends unit {unit_id} in another way already."


class PlanTooLarge(Conflict):
    """A plan is bounded, so that it can be executed as one act."""

    code = "registry.reorganisation.too_large"
    message_vi = "Phương án có quá {most} thao tác và đơn vị mới."
    message_en = "The plan has more than {most} operations and new units."


class PlanEmpty(Conflict):
    """A plan without operations does nothing."""

    code = "registry.reorganisation.empty"
    message_vi = "Phương án chưa có thao tác nào."
    message_en = "The reorganisation has no operation yet."


class PlanHasProblems(Conflict):
    """The plan contradicts the units as they are; the rehearsal lists how."""

    code = "registry.reorganisation.has_problems"
    message_vi = "Phương án còn {count} mâu thuẫn, đầu tiên: {problem} ({unit_id})."
    message_en = "The plan has {count} contradictions, first {problem} ({unit_id})."


class DecisionsOpen(Conflict):
    """What depends on a divided unit has no successor yet."""

    code = "registry.reorganisation.decisions_open"
    message_vi = "Còn {count} đối tượng chưa được quyết định nơi tiếp nhận."
    message_en = "{count} dependants have no decided successor yet."


class UnitsMovedSinceRehearsal(Conflict):
    """The units or the plan changed after the rehearsal that is executed."""

    code = "registry.reorganisation.units_moved"
    message_vi = "Đơn vị hoặc phương án đã thay đổi sau lần diễn tập; hãy diễn tập lại."
    message_en = "Units or plan changed since the rehearsal; rehearse again."


class DependantsUntold(Unavailable):
    """A service did not say what depends on the divided units; try again later."""

    code = "registry.reorganisation.dependants_untold"
    message_vi = "Chưa hỏi được đối tượng liên quan ở: {services}; hãy thử lại sau."
    message_en = "Not told yet what depends on the units in: {services}; try again."


class DependantUnknown(Invalid):
    """The plan touches no such dependant."""

    code = "registry.reorganisation.dependant_unknown"
    message_vi = "Phương án không liên quan đến {kind} {dependant_id}."
    message_en = "The plan touches no {kind} {dependant_id}."


class SuccessorNotCandidate(Invalid):
    """Only units that take over from the old one come into question."""

    code = "registry.reorganisation.successor_not_candidate"
    message_vi = "Đơn vị {successor_id} không tiếp nhận từ đơn vị cũ."
    message_en = "Unit {successor_id} takes nothing over from the old one."


class NewUnitWasOtherwise(Conflict):
    """The unit was established and voided before, under another name or place."""

    code = "registry.reorganisation.new_unit_was_otherwise"
    message_vi = "Đơn vị {unit_id} đã từng được lập rồi hủy với nội dung khác."
    message_en = "Unit {unit_id} was established and voided with other facts."


class PlannedUnitOutside(Invalid):
    """A plan touches only what lies below the unit for which it was drafted."""

    code = "registry.reorganisation.unit_outside"
    message_vi = "Đơn vị {unit_id} nằm ngoài phạm vi của phương án."
    message_en = "Unit {unit_id} lies outside the scope of the plan."
