"""Every refusal of reporting, with its stable code."""

from services.chassis.errors import Conflict, Invalid, NotFound


class PeriodNumberWrong(Invalid):
    """The kind of period has no such number in a year."""

    code = "reporting.period.number_wrong"
    message_vi = "Kỳ báo cáo loại {kind} cần số thứ tự trong khoảng {allowed}."
    message_en = "A period of kind {kind} takes a number out of {allowed}."


class PeriodDaysMissing(Invalid):
    """A free range needs its first and its last day."""

    code = "reporting.period.days_missing"
    message_vi = "Kỳ báo cáo tự chọn cần ngày đầu và ngày cuối."
    message_en = "A free range takes a first and a last day."


class PeriodDaysReversed(Invalid):
    """The range ends before it begins."""

    code = "reporting.period.days_reversed"
    message_vi = "Ngày cuối của kỳ báo cáo đứng trước ngày đầu."
    message_en = "The range ends before it begins."


class PeriodTooLong(Invalid):
    """A free range is longer than any report."""

    code = "reporting.period.too_long"
    message_vi = "Kỳ báo cáo tự chọn dài quá {limit_days} ngày."
    message_en = "A free range holds at most {limit_days} days."


class PeriodOutOfReach(Invalid):
    """The period lies outside the years that are kept."""

    code = "reporting.period.out_of_reach"
    message_vi = "Kỳ báo cáo phải nằm trong các năm {first_year} đến {last_year}."
    message_en = "A period lies within the years {first_year} to {last_year}."


class IndicatorUnknown(Invalid):
    """No indicator bears this code."""

    code = "reporting.indicator.unknown"
    message_vi = "Không có chỉ tiêu nào mang mã này."
    message_en = "No indicator bears this code."


class UnitNotVisible(NotFound):
    """The unit is unknown or outside the caller's units; the two look alike."""

    code = "reporting.unit.not_visible"
    message_vi = "Không tìm thấy đơn vị trong phạm vi được xem."
    message_en = "No such unit within the caller's reach."


class ReportNotVisible(NotFound):
    """The report is unknown or of a unit outside the caller's reach."""

    code = "reporting.report.not_visible"
    message_vi = "Không tìm thấy báo cáo trong phạm vi được xem."
    message_en = "No such report within the caller's reach."


class ReportNumberTaken(Conflict):
    """The number went to another report of the unit at the same moment."""

    code = "reporting.report.number_taken"
    message_vi = "Số {number} của năm {year} vừa được cấp cho báo cáo khác."
    message_en = "The number {number} of {year} just went to another report."


class PeriodNotBegun(Invalid):
    """Nothing can be reported about days that have not come."""

    code = "reporting.report.period_not_begun"
    message_vi = "Kỳ báo cáo chưa bắt đầu."
    message_en = "The period has not begun."
