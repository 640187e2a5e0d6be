"""Every refusal of reporting, with its stable code."""

from services.chassis.errors import Conflict, Forbidden, Invalid, NotFound


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


class HierarchyUnknown(NotFound):
    """No hierarchy bears this code."""

    code = "reporting.hierarchy.unknown"
    message_vi = "Không có hệ thống đơn vị nào mang mã này."
    message_en = "No hierarchy of units bears this code."


class HierarchyNotThen(Invalid):
    """The hierarchy did not exist on the day."""

    code = "reporting.hierarchy.not_then"
    message_vi = "Hệ thống đơn vị này không tồn tại vào ngày {day}."
    message_en = "The hierarchy did not exist on {day}."


class HierarchyMissing(Invalid):
    """A day of a hierarchy was given without the hierarchy."""

    code = "reporting.hierarchy.missing"
    message_vi = "Ngày của hệ thống đơn vị cần kèm theo mã hệ thống."
    message_en = "The day of a hierarchy takes the code of the hierarchy."


class FiguresBeyondArea(Forbidden):
    """Along the hierarchy the figures hold units outside the caller's own area."""

    code = "reporting.hierarchy.beyond_area"
    message_vi = "Theo hệ thống này, số liệu gồm cả đơn vị ngoài phạm vi được xem."
    message_en = (
        "Along this hierarchy the figures hold units out of the caller's reach."
    )
