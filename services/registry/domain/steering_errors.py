"""Every refusal about steering committees, partners and their programmes."""

from services.chassis.errors import Conflict, Invalid, NotFound


class PartnerUnknown(Invalid):
    """No organisation of this code was on the list on that day."""

    code = "registry.partner.unknown"
    message_vi = "Ngày {day}, không có tổ chức {organisation} trong danh mục."
    message_en = "No organisation {organisation} is on the list on {day}."


class OfficeUnknown(Invalid):
    """The office or body does not exist at that level on that day."""

    code = "registry.office.unknown"
    message_vi = "Ngày {day}, không có chức danh, cơ quan {office} ở cấp {level}."
    message_en = "There is no office or body {office} at level {level} on {day}."


class SteeringCommitteeUnknown(NotFound):
    """There is no such committee, or it is not the caller's."""

    code = "registry.steering_committee.unknown"
    message_vi = "Không có Ban Chỉ đạo {committee_id}."
    message_en = "There is no steering committee {committee_id}."


class SteeringCommitteeAlreadyThere(Conflict):
    """A unit has one committee; another composition is a reconstitution."""

    code = "registry.steering_committee.already_there"
    message_vi = "Đơn vị đã có Ban Chỉ đạo, hãy kiện toàn thay vì thành lập mới."
    message_en = "The unit has a committee already: reconstitute it."


class SteeringCommitteeDissolved(Conflict):
    """The committee is dissolved already."""

    code = "registry.steering_committee.dissolved"
    message_vi = "Ban Chỉ đạo đã giải thể ngày {dissolved_on}."
    message_en = "The committee was dissolved on {dissolved_on}."


class SteeringChangeOutOfOrder(Conflict):
    """Compositions follow one another in the order of their days."""

    code = "registry.steering_committee.out_of_order"
    message_vi = "Ban Chỉ đạo đã có thay đổi ngày {last_on}."
    message_en = "The committee has a change on {last_on} already."


class OneHeadNeeded(Invalid):
    """A composition has one head."""

    code = "registry.steering_committee.one_head_needed"
    message_vi = "Ban Chỉ đạo có đúng một Trưởng ban, ở đây có {heads}."
    message_en = "A committee has one head; here are {heads}."


class TwoStandingDeputies(Invalid):
    """A composition has at most one standing deputy."""

    code = "registry.steering_committee.two_standing_deputies"
    message_vi = "Ban Chỉ đạo có nhiều nhất một Phó Trưởng ban Thường trực."
    message_en = "A committee has at most one standing deputy."


class SeatTwice(Invalid):
    """The same office holds the same post once; several people are a number."""

    code = "registry.steering_committee.seat_twice"
    message_vi = "Chức danh {office} được nêu hai lần cho cùng một vị trí."
    message_en = "The office {office} is named twice for one post."


class ProgrammeUnknown(NotFound):
    """There is no such programme, or it is not the caller's."""

    code = "registry.programme.unknown"
    message_vi = "Không có chương trình phối hợp {programme_id}."
    message_en = "There is no coordination programme {programme_id}."


class ProgrammeDaysOutOfOrder(Invalid):
    """The days of a programme follow one another."""

    code = "registry.programme.days_out_of_order"
    message_vi = "Ngày {day} không theo đúng trình tự của chương trình."
    message_en = "{day} is out of order among the programme's days."


class PartiesRepeated(Invalid):
    """Each party signs once."""

    code = "registry.programme.parties_repeated"
    message_vi = "Mỗi bên chỉ nêu một lần."
    message_en = "Each party is named once."


class ProgrammeOver(Conflict):
    """The programme was ended or renewed already."""

    code = "registry.programme.over"
    message_vi = "Chương trình đã kết thúc ngày {over_on}."
    message_en = "The programme was over on {over_on}."


class ReviewAlreadyHeld(Conflict):
    """Each review of a programme is held once."""

    code = "registry.programme.review_already_held"
    message_vi = "Việc sơ kết, tổng kết này đã tổ chức ngày {held_on}."
    message_en = "This review was held on {held_on}."


class RenewsAnotherUnits(Invalid):
    """A programme renews one of the same unit."""

    code = "registry.programme.renews_another_units"
    message_vi = "Chương trình được thay thế phải cùng đơn vị."
    message_en = "A programme renews one of the same unit."
