"""Refusals about enrolments that are taken back, or would be entered once more."""

from services.chassis.errors import Conflict


class MemberNotEnrolledAlone(Conflict):
    """What a round or a consolidation decided is not taken back as one enrolment."""

    code = "registry.member.not_enrolled_alone"
    message_vi = "Thành viên {member_id} vào qua tuyển chọn hoặc hợp nhất, không rút."
    message_en = (
        "Member {member_id} came by a selection or a consolidation, not by an enrolment"
        " that could be taken back alone."
    )


class NumberKnown(Conflict):
    """Who bears this number is in the register: one person has one record."""

    code = "registry.person.number_known"
    message_vi = "Số này là của người {person_id} đã có; hãy công nhận theo mã người."
    message_en = "The number is that of person {person_id}; enrol that person by id."
