"""Refusals about a member's life: decisions, conditions, suspension, cessation."""

from services.chassis.errors import Conflict, Invalid, NotFound


class DecisionRequired(Invalid):
    """The law in force that day wants a decision behind the change."""

    code = "registry.member.decision_required"
    message_vi = "Từ ngày {since}, việc này phải có quyết định (số, ngày, người ký)."
    message_en = "Since {since} this needs a decision (number, day, who signed)."


class ConditionsNotMet(Invalid):
    """A condition of Luật 30/2023, Đ.13 is not shown to be met."""

    code = "registry.member.conditions_not_met"
    message_vi = "Chưa đủ điều kiện (Luật 30/2023 Đ.13): {conditions}."
    message_en = "Conditions not met (Luật 30/2023 Đ.13): {conditions}."


class TooYoung(Invalid):
    """The birth date that is on record is too late for the force on that day."""

    code = "registry.member.too_young"
    message_vi = "Chưa đủ {min_age} tuổi vào ngày {day} để tham gia {force_type}."
    message_en = "Not {min_age} years old on {day}, which a {force_type} asks for."


class ConditionsNotKnownThen(Invalid):
    """No law in force that day sets conditions for this force."""

    code = "registry.member.conditions_not_known_then"
    message_vi = "Ngày {day}, lực lượng {force_type} chưa có điều kiện để đối chiếu."
    message_en = "On {day} no conditions were set for a {force_type}."


class MemberChangedMeanwhile(Conflict):
    """The caller decided on another state of the membership."""

    code = "registry.member.changed_meanwhile"
    message_vi = (
        "Hồ sơ thành viên đã thay đổi: bản {expected_version} nay là bản {version},"
        " lần cuối {last_change} ngày {last_on}."
    )
    message_en = (
        "The membership has changed: version {expected_version} is now {version},"
        " the last change was {last_change} on {last_on}."
    )


class ChangeOutOfOrder(Invalid):
    """Changes of a membership are recorded in the order in which they took effect."""

    code = "registry.member.change_out_of_order"
    message_vi = "Ngày có hiệu lực phải sau lần thay đổi trước, ngày {last_on}."
    message_en = "The change must take effect after the one before it, on {last_on}."


class PostAlreadyHeld(Conflict):
    """The member has this post already."""

    code = "registry.member.post_already_held"
    message_vi = "Thành viên đang giữ chức danh {post}."
    message_en = "The member has the post {post} already."


class MemberSuspended(Conflict):
    """A suspension is not suspended again."""

    code = "registry.member.suspended"
    message_vi = "Thành viên đang bị tạm đình chỉ từ ngày {suspended_on}."
    message_en = "The member has been suspended since {suspended_on}."


class MemberNotSuspended(Conflict):
    """There is no suspension to end."""

    code = "registry.member.not_suspended"
    message_vi = "Thành viên không bị tạm đình chỉ."
    message_en = "The member is not suspended."


class EvidenceMissing(Invalid):
    """Luật 30/2023, Đ.17.3 wants more to be shown for this ground."""

    code = "registry.cessation.evidence_missing"
    message_vi = "Lý do {ground} cần thêm tài liệu: {needed}."
    message_en = "The ground {ground} needs more evidence: {needed}."


class EvidenceAfterCessation(Invalid):
    """What proves a ground happened before the service ended for it."""

    code = "registry.cessation.evidence_after_cessation"
    message_vi = "Tài liệu có ngày {day}, sau ngày thôi tham gia."
    message_en = "The evidence of {day} is later than the end of the service."


class CessationAlreadyProposed(Conflict):
    """One proposal at a time about one membership."""

    code = "registry.cessation.already_proposed"
    message_vi = "Đã có đề nghị cho thôi tham gia, lý do {ground}."
    message_en = "A cessation is proposed already, on the ground {ground}."


class CessationNotProposed(NotFound):
    """There is no open proposal about this membership."""

    code = "registry.cessation.not_proposed"
    message_vi = "Không có đề nghị cho thôi tham gia đang chờ giải quyết."
    message_en = "No cessation is proposed at present."


class CessationNotReported(Conflict):
    """The chairman decides on the commune police's report."""

    code = "registry.cessation.not_reported"
    message_vi = "Công an xã chưa báo cáo đề nghị này."
    message_en = "The commune police have not reported on this proposal."


class CessationNotForeseen(Invalid):
    """The law of that day sets no steps for the end of a service in this force."""

    code = "registry.cessation.not_foreseen"
    message_vi = "Ngày {day}, lực lượng {force_type} chưa có trình tự cho thôi."
    message_en = "On {day} no steps were set for leaving a {force_type}."


class CessationGroundDiffers(Conflict):
    """The decision names another ground than the proposal."""

    code = "registry.cessation.ground_differs"
    message_vi = "Đề nghị nêu lý do {ground}."
    message_en = "The proposal names the ground {ground}."


class CessationStepOutOfOrder(Invalid):
    """Steps of a cessation follow each other in time."""

    code = "registry.cessation.step_out_of_order"
    message_vi = "Bước này không thể trước ngày {day}."
    message_en = "This step cannot be before {day}."


class DecisionUnknown(NotFound):
    """Nobody in the force unit was enrolled or let go by such a decision."""

    code = "registry.decision.unknown"
    message_vi = "Đơn vị lực lượng không có quyết định với số và ngày này."
    message_en = "The force unit has no decision of this number and day."


class DecisionAlreadyPosted(Conflict):
    """A decision is posted once; the first day counts."""

    code = "registry.decision.already_posted"
    message_vi = "Quyết định đã được niêm yết ngày {posted_on}."
    message_en = "The decision was posted on {posted_on} already."


class PostedBeforeDecided(Invalid):
    """Only what exists can be posted."""

    code = "registry.decision.posted_before_decided"
    message_vi = "Ngày niêm yết trước ngày quyết định {decided_on}."
    message_en = "The posting is before the decision of {decided_on}."


class PersonNotNamed(Invalid):
    """Somebody new comes with a name, somebody known with an id, nobody with both."""

    code = "registry.person.not_named"
    message_vi = "Cần họ tên của người mới, hoặc mã của người đã có, không cả hai."
    message_en = "Give the name of somebody new, or the id of somebody known, not both."


class PersonServesAlready(Conflict):
    """A person serves in one force at a time."""

    code = "registry.person.serves_already"
    message_vi = "Người này đang tham gia lực lượng {force_type}, chưa thôi vào {day}."
    message_en = "The person serves in a {force_type} and has not ceased by {day}."
