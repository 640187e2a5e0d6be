"""Every refusal about a unit, the same in all services."""

from services.chassis.errors import Forbidden, Invalid, Unavailable


class UnitReferenceIncomplete(Invalid):
    """A unit is named by exactly one of id and code."""

    code = "units.reference_incomplete"
    message_vi = "Nêu đơn vị bằng đúng một trong hai: id hoặc code."
    message_en = "Name the unit by exactly one of id and code."


class UnitUnknown(Invalid):
    """No unit ever bore this code or id."""

    code = "units.unknown"
    message_vi = "Không có đơn vị hành chính {unit}."
    message_en = "There is no administrative unit {unit}."


class UnitAmbiguous(Invalid):
    """Several units answer to the reference; the caller has to choose."""

    code = "units.ambiguous"
    message_vi = "Mã {unit} ứng với nhiều đơn vị, hãy nêu ngày hoặc id."
    message_en = "Several units bear {unit}; give a day or an id."


class UnitNotInForce(Invalid):
    """The unit exists, but not on the fact's day."""

    code = "units.not_in_force"
    message_vi = (
        "Đơn vị {unit} không tồn tại vào ngày {on}"
        " (có từ {valid_from}, đến trước {valid_to})."
    )
    message_en = (
        "Unit {unit} is not in force on {on}"
        " (from {valid_from}, until before {valid_to})."
    )


class UnitOutsideYourArea(Forbidden):
    """The caller's units do not cover the unit of the fact."""

    code = "units.outside_your_area"
    message_vi = "Đơn vị {unit} nằm ngoài địa bàn được giao."
    message_en = "Unit {unit} lies outside the area given to the caller."


class UnitsNotLoaded(Unavailable):
    """The service does not know the whole tree yet."""

    code = "units.not_loaded"
    message_vi = "Danh mục đơn vị hành chính đang được nạp, hãy thử lại sau giây lát."
    message_en = "The register of units is being loaded; try again in a moment."
