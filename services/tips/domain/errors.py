"""Every refusal of a tip, with its stable code; none repeats what a person typed."""

from services.chassis.errors import Conflict, Forbidden, Invalid, NotFound


class CategoryOutOfScope(Invalid):
    """The category is not on the closed list of offences and hazards."""

    code = "tips.intake.category_out_of_scope"
    message_vi = (
        "Kênh này chỉ nhận tin về tội phạm và nguy hiểm trong danh mục. Tố cáo tham"
        " nhũng, khiếu nại, việc an ninh quốc gia: gửi đến cơ quan có thẩm quyền."
    )
    message_en = (
        "This door takes the listed offences and hazards only. Corruption, complaints"
        " and matters of national security belong to the competent bodies."
    )


class TextEmpty(Invalid):
    """The tip says nothing."""

    code = "tips.intake.text_empty"
    message_vi = "Nội dung tin còn trống."
    message_en = "The tip has no text."


class RandomKeyNeeded(Invalid):
    """The sender's Idempotency-Key is not a random UUID, so others might guess it."""

    code = "tips.intake.random_key_needed"
    message_vi = "Idempotency-Key của người gửi tin phải là UUID ngẫu nhiên (bản 4)."
    message_en = "The sender's Idempotency-Key must be a random (version 4) UUID."


class ReceivedInFuture(Invalid):
    """The day of receipt has not come yet."""

    code = "tips.tip.received_in_future"
    message_vi = "Ngày tiếp nhận {day} ở tương lai."
    message_en = "The day of receipt {day} is in the future."


class LateReasonMissing(Invalid):
    """A tip of an earlier day is entered without saying why so late."""

    code = "tips.tip.late_reason_missing"
    message_vi = "Nhập tin của ngày trước phải nêu lý do nhập muộn."
    message_en = "A tip of an earlier day needs the reason for its late entry."


class TipNotFound(NotFound):
    """There is no such tip for this caller."""

    code = "tips.tip.not_found"
    message_vi = "Không có tin này."
    message_en = "There is no such tip."


class TipAlreadyReceived(Conflict):
    """The id belongs to a tip already."""

    code = "tips.tip.already_received"
    message_vi = "Tin này đã được tiếp nhận."
    message_en = "The tip has been received already."


class TipAlreadyTriaged(Conflict):
    """The tip was sorted before."""

    code = "tips.tip.already_triaged"
    message_vi = "Tin đã được phân loại."
    message_en = "The tip has been triaged already."


class TipNotTriaged(Conflict):
    """The tip has to be sorted before."""

    code = "tips.tip.not_triaged"
    message_vi = "Tin chưa được phân loại."
    message_en = "The tip has not been triaged yet."


class TipNotAccepted(Conflict):
    """Only an accepted tip can be rated."""

    code = "tips.tip.not_accepted"
    message_vi = "Chỉ đánh giá giá trị của tin đã được chấp nhận."
    message_en = "Only an accepted tip can be valued."


class TipAlreadyValued(Conflict):
    """The tip was rated before."""

    code = "tips.tip.already_valued"
    message_vi = "Tin đã được đánh giá giá trị."
    message_en = "The tip has been valued already."


class TipErased(Conflict):
    """The key of the tip is destroyed."""

    code = "tips.tip.erased"
    message_vi = "Nội dung tin đã bị hủy."
    message_en = "The content of the tip has been erased."


class AnotherOfficerNeeded(Forbidden):
    """Who received or sorted a tip does not rate it."""

    code = "tips.tip.another_officer_needed"
    message_vi = "Người tiếp nhận hoặc phân loại tin không được tự đánh giá giá trị."
    message_en = "Neither the receiver nor the triager of a tip may value it."


class RoutingDoesNotFit(Invalid):
    """A destination goes with routing out, and only with it."""

    code = "tips.tip.routing_does_not_fit"
    message_vi = "Chuyển sang thủ tục khác phải nêu nơi chuyển, và chỉ khi đó."
    message_en = "A destination is given when a tip is routed out, and only then."


class ReasonDoesNotFit(Invalid):
    """The reason speaks for the other rating."""

    code = "tips.tip.reason_does_not_fit"
    message_vi = "Lý do không phù hợp với kết quả đánh giá."
    message_en = "The reason does not fit the rating."


class DayOutOfOrder(Invalid):
    """A step lies in the future or before the step that it follows."""

    code = "tips.tip.day_out_of_order"
    message_vi = "Ngày {day} phải từ {earliest} đến {latest}."
    message_en = "The day {day} must lie between {earliest} and {latest}."
