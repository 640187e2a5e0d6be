"""Every refusal of the service with its stable code; raised by the domain and doors."""

from services.chassis.errors import Conflict, Forbidden, Invalid, NotFound


class DayInFuture(Invalid):
    """A fact is recorded when it has happened, not before."""

    code = "campaigns.day.in_future"
    message_vi = "Ngày {day} ở tương lai (hôm nay là {today})."
    message_en = "The day {day} lies in the future (today is {today})."


class DayBeforeRecords(Invalid):
    """The day is a slip of the pen: the movement is younger."""

    code = "campaigns.day.before_records"
    message_vi = "Ngày {day} quá sớm: hệ thống nhận số liệu từ {earliest}."
    message_en = "The day {day} is too early: facts are taken from {earliest} on."


class DaysReversed(Invalid):
    """The last day comes before the first."""

    code = "campaigns.day.reversed"
    message_vi = "Ngày kết thúc {last} trước ngày bắt đầu {first}."
    message_en = "The last day {last} comes before the first day {first}."


class TextEmpty(Invalid):
    """A name that has to say something says nothing."""

    code = "campaigns.text.empty"
    message_vi = "Tên không được để trống."
    message_en = "The name must not be empty."


class OrganisationUnknown(Invalid):
    """The code is not on the list of that day."""

    code = "campaigns.organisation.unknown"
    message_vi = "Tổ chức {organisation} không có trong danh mục vào ngày {day}."
    message_en = "The organisation {organisation} is not on the list on {day}."


class NotActingForOrganisation(Forbidden):
    """A partner speaks for itself and its members only."""

    code = "campaigns.organisation.not_yours"
    message_vi = "Đơn vị {agency} không được ghi nhận thay cho tổ chức {organisation}."
    message_en = "The agency {agency} may not act for the organisation {organisation}."


class CampaignTooLong(Invalid):
    """A drive that lasts for years is a programme."""

    code = "campaigns.campaign.too_long"
    message_vi = "Đợt phát động không được dài quá {limit_days} ngày."
    message_en = "A campaign must not last longer than {limit_days} days."


class CampaignTooFarAhead(Invalid):
    """Its first day is so far away that it must be a slip of the pen."""

    code = "campaigns.campaign.too_far_ahead"
    message_vi = "Đợt phát động không được bắt đầu sau hơn {limit_days} ngày nữa."
    message_en = "A campaign must not begin more than {limit_days} days from today."


class CampaignNotFound(NotFound):
    """There is no such campaign for this caller."""

    code = "campaigns.campaign.not_found"
    message_vi = "Không tìm thấy đợt phát động {campaign_id}."
    message_en = "There is no campaign {campaign_id}."


class OutsideCampaign(Invalid):
    """The session's day or unit is not part of the campaign that it names."""

    code = "campaigns.session.outside_campaign"
    message_vi = "Buổi không nằm trong thời gian hoặc địa bàn của đợt {campaign_id}."
    message_en = "The session is outside the days or the area of {campaign_id}."


class SessionKindUnknown(Invalid):
    """The kind is not on the closed list."""

    code = "campaigns.session.kind_unknown"
    message_vi = "Loại buổi không có trong danh mục."
    message_en = "The kind of session is not on the list."


class AttendanceOutOfRange(Invalid):
    """A count below zero, or beyond any gathering that a unit can hold."""

    code = "campaigns.session.attendance_out_of_range"
    message_vi = "Số lượt người tham dự phải từ 0 đến {limit}."
    message_en = "The attendance must be between 0 and {limit}."


class AttendanceUnchanged(Conflict):
    """The correction says what stands there already."""

    code = "campaigns.session.attendance_unchanged"
    message_vi = "Số lượt người đính chính trùng với số đang ghi ({attendance})."
    message_en = "The attendance is {attendance} already."


class ReasonUnknown(Invalid):
    """The reason is not on the closed list."""

    code = "campaigns.reason_unknown"
    message_vi = "Lý do không có trong danh mục."
    message_en = "The reason is not on the list."


class SessionNotFound(NotFound):
    """There is no such session for this caller."""

    code = "campaigns.session.not_found"
    message_vi = "Không tìm thấy buổi {session_id}."
    message_en = "There is no session {session_id}."


class SessionWithdrawn(Conflict):
    """A withdrawn session stays as it is."""

    code = "campaigns.session.withdrawn"
    message_vi = "Buổi {session_id} đã được rút."
    message_en = "The session {session_id} has been withdrawn."


class ModelFieldsInvalid(Invalid):
    """The label of a model is a set of the six official fields, at least one."""

    code = "campaigns.model.fields_invalid"
    message_vi = "Lĩnh vực của mô hình phải thuộc sáu lĩnh vực, không trùng lặp."
    message_en = "A model's fields are among the six official ones, each once."


class ModelNameTaken(Conflict):
    """A model counts once by name per keeper and owner unit."""

    code = "campaigns.model.name_taken"
    message_vi = "Đơn vị đã có mô hình cùng tên do tổ chức này duy trì ({model_id})."
    message_en = "This keeper has a model of that name in the unit: {model_id}."


class ModelNotFound(NotFound):
    """There is no such model for this caller."""

    code = "campaigns.model.not_found"
    message_vi = "Không tìm thấy mô hình {model_id}."
    message_en = "There is no model {model_id}."


class ModelEnded(Conflict):
    """The model does not operate any more."""

    code = "campaigns.model.ended"
    message_vi = "Mô hình {model_id} đã kết thúc."
    message_en = "The model {model_id} has ended."


class ModelHasOpenPoints(Conflict):
    """Points belong to an operating model: they are closed first."""

    code = "campaigns.model.has_open_points"
    message_vi = "Mô hình {model_id} còn điểm đang hoạt động hoặc đóng sau ngày này."
    message_en = "The model {model_id} has points that are open beyond that day."


class OutsideLife(Invalid):
    """The day is not within the life of the model or point."""

    code = "campaigns.day.outside_life"
    message_vi = "Ngày {day} nằm ngoài thời gian hoạt động, bắt đầu từ {since}."
    message_en = "The day {day} is outside the life that began on {since}."


class PointOutsideModel(Invalid):
    """A model is taken up inside the unit that owns it."""

    code = "campaigns.model_point.outside_model"
    message_vi = "Điểm phải thuộc địa bàn của đơn vị chủ quản mô hình {model_id}."
    message_en = "The point must lie in the unit that owns the model {model_id}."


class ModelPointExists(Conflict):
    """An area counts once as a point of a model."""

    code = "campaigns.model_point.exists"
    message_vi = "Khu vực này đã là điểm của mô hình ({point_id})."
    message_en = "This area is a point of the model already: {point_id}."


class ModelPointNotFound(NotFound):
    """There is no such point for this caller."""

    code = "campaigns.model_point.not_found"
    message_vi = "Không tìm thấy điểm mô hình {point_id}."
    message_en = "There is no model point {point_id}."


class ModelPointClosed(Conflict):
    """A point is closed once."""

    code = "campaigns.model_point.closed"
    message_vi = "Điểm mô hình {point_id} đã đóng."
    message_en = "The model point {point_id} has been closed."
