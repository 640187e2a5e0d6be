"""Every refusal about the monthly lists of units, with its stable code."""

from services.chassis.errors import Conflict, Invalid, NotFound


class UnitListUnknown(NotFound):
    """No list was published for this month."""

    code = "registry.unit_list.unknown"
    message_vi = "Chưa có danh mục đơn vị của tháng {month}."
    message_en = "No list of units was published for {month}."


class UnitListAlreadyPublished(Conflict):
    """What was signed is never made again."""

    code = "registry.unit_list.already_published"
    message_vi = "Danh mục đơn vị của tháng {month} đã được ký và công bố."
    message_en = "The list of units for {month} has been signed and published."


class UnitListTooEarly(Invalid):
    """What was known at the start of the month is not settled yet."""

    code = "registry.unit_list.too_early"
    message_vi = "Danh mục đơn vị của tháng {month} chỉ lập được từ {earliest}."
    message_en = "The list of units for {month} can be made from {earliest} on."
