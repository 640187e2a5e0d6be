"""Refusals about credentials, claims, visits and training, with stable codes."""

from services.chassis.errors import Conflict, Invalid, NotFound


class CredentialOutsideService(Invalid):
    """A credential is given to somebody who serves on that day."""

    code = "registry.credential.outside_service"
    message_vi = "Ngày {day} thành viên không tham gia lực lượng."
    message_en = "On {day} the member does not serve."


class CredentialAlreadyHeld(Conflict):
    """A member has one credential of each kind in hand."""

    code = "registry.credential.already_held"
    message_vi = "Thành viên {member_id} đang giữ {kind}."
    message_en = "Member {member_id} holds a {kind} already."


class CredentialNumberTaken(Conflict):
    """A number is used once in a commune, also after its end."""

    code = "registry.credential.number_taken"
    message_vi = "Số {number} của loại {kind} đã được dùng."
    message_en = "Number {number} of {kind} has been used already."


class CredentialUnknown(NotFound):
    """There is no such credential, or it is not the caller's."""

    code = "registry.credential.unknown"
    message_vi = "Không có giấy tờ, phù hiệu {credential_id}."
    message_en = "There is no credential {credential_id}."


class CredentialEnded(Conflict):
    """A credential ends once."""

    code = "registry.credential.ended"
    message_vi = "Đã đổi, cấp lại hoặc thu hồi ngày {ended_on}."
    message_en = "The credential ended on {ended_on}."


class CredentialChangeOutOfOrder(Invalid):
    """Nothing happens to a credential before it is issued."""

    code = "registry.credential.change_out_of_order"
    message_vi = "Phải từ ngày cấp {issued_on} trở đi."
    message_en = "It has to be on or after {issued_on}, the day of issue."


class ClaimNotKnownToLaw(Invalid):
    """The law knew no such claim on that day."""

    code = "registry.claim.not_known_to_law"
    message_vi = "Ngày {day} pháp luật chưa có chế độ {kind}."
    message_en = "On {day} the law knew no claim for {kind}."


class ClaimOutsideService(Invalid):
    """Support is owed for what happens to somebody who serves."""

    code = "registry.claim.outside_service"
    message_vi = "Ngày {day} thành viên không tham gia lực lượng."
    message_en = "On {day} the member did not serve."


class ClaimAlreadyFiled(Conflict):
    """One occurrence is claimed for once."""

    code = "registry.claim.already_filed"
    message_vi = "Đã có hồ sơ {claim_id} cho sự việc này."
    message_en = "Claim {claim_id} has been filed for it already."


class ClaimUnknown(NotFound):
    """There is no such claim, or it is not the caller's."""

    code = "registry.claim.unknown"
    message_vi = "Không có hồ sơ hỗ trợ {claim_id}."
    message_en = "There is no claim {claim_id}."


class ClaimStepNotPossible(Conflict):
    """The claim is not at this step."""

    code = "registry.claim.step_not_possible"
    message_vi = "Hồ sơ đang ở bước {state}."
    message_en = "The claim stands at {state}."


class ClaimDossierIncomplete(Conflict):
    """What the law asks for is not there yet."""

    code = "registry.claim.dossier_incomplete"
    message_vi = "Hồ sơ còn thiếu: {missing}."
    message_en = "The dossier lacks: {missing}."


class ClaimDossierComplete(Conflict):
    """Nothing is missing, so that nothing is asked for."""

    code = "registry.claim.dossier_complete"
    message_vi = "Hồ sơ đã đủ."
    message_en = "The dossier is complete."


class ClaimItemNotAsked(Invalid):
    """The law asks for no such paper with this claim."""

    code = "registry.claim.item_not_asked"
    message_vi = "Chế độ {kind} không cần giấy tờ {item}."
    message_en = "A claim for {kind} takes no {item}."


class ClaimDayOutOfOrder(Invalid):
    """A step cannot come before the one it follows."""

    code = "registry.claim.day_out_of_order"
    message_vi = "Phải từ ngày {earliest} trở đi."
    message_en = "It has to be on or after {earliest}."


class ClaimPaidOtherwise(Invalid):
    """What is paid is what was approved."""

    code = "registry.claim.paid_otherwise"
    message_vi = "Số tiền được duyệt là {approved} đồng."
    message_en = "The approved amount is {approved} VND."


class VisitAlreadyPlanned(Conflict):
    """One occasion has one visit that is owed."""

    code = "registry.visit.already_planned"
    message_vi = "Đã có kế hoạch thăm hỏi {visit_id} cho sự việc này."
    message_en = "Visit {visit_id} has been planned for it already."


class VisitUnknown(NotFound):
    """There is no such visit, or it is not the caller's."""

    code = "registry.visit.unknown"
    message_vi = "Không có lượt thăm hỏi {visit_id}."
    message_en = "There is no visit {visit_id}."


class VisitSettled(Conflict):
    """A visit is made or cancelled once."""

    code = "registry.visit.settled"
    message_vi = "Lượt thăm hỏi đã ở trạng thái {state}."
    message_en = "The visit is {state} already."


class VisitDayOutOfOrder(Invalid):
    """Nobody is visited before the occasion."""

    code = "registry.visit.day_out_of_order"
    message_vi = "Phải từ ngày {earliest} trở đi."
    message_en = "It has to be on or after {earliest}."


class VisitOutsideService(Invalid):
    """A visit is owed for what happens to somebody who serves."""

    code = "registry.visit.outside_service"
    message_vi = "Ngày {day} thành viên không tham gia lực lượng."
    message_en = "On {day} the member did not serve."


class CourseUnknown(NotFound):
    """There is no such course, or it is not the caller's."""

    code = "registry.course.unknown"
    message_vi = "Không có lớp tập huấn {course_id}."
    message_en = "There is no course {course_id}."


class CourseTopicUnknown(Invalid):
    """The syllabus has no such part on that day."""

    code = "registry.course.topic_unknown"
    message_vi = "Chương trình không có chuyên đề {topic}."
    message_en = "The syllabus has no topic {topic}."


class CourseDaysReversed(Invalid):
    """A course ends on or after its first day."""

    code = "registry.course.days_reversed"
    message_vi = "Ngày cuối phải từ {first_day} trở đi."
    message_en = "The last day has to be {first_day} or later."


class CourseStepNotPossible(Conflict):
    """The course is not at this step."""

    code = "registry.course.step_not_possible"
    message_vi = "Lớp đang ở trạng thái {state}."
    message_en = "The course is {state}."


class CourseFull(Conflict):
    """A course has so many places."""

    code = "registry.course.full"
    message_vi = "Lớp chỉ có {places} chỗ."
    message_en = "The course has {places} places."


class CourseMemberNotListed(Invalid):
    """Only who is registered attends, only who attended is certified."""

    code = "registry.course.member_not_listed"
    message_vi = "Thành viên {member_id} không có trong danh sách."
    message_en = "Member {member_id} is not on the list."


class CourseDayOutOfOrder(Invalid):
    """A step of a course cannot come before the one it follows."""

    code = "registry.course.day_out_of_order"
    message_vi = "Phải từ ngày {earliest} trở đi."
    message_en = "It has to be on or after {earliest}."
