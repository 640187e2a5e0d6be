"""Every refusal about residential areas, with its stable code."""

from services.chassis.errors import Conflict, Invalid, NotFound


class AreaUnknown(NotFound):
    """There is no such residential area, or it is not the caller's."""

    code = "registry.residential_area.unknown"
    message_vi = "Không có khu dân cư {area_id}."
    message_en = "There is no residential area {area_id}."


class AreaKindUnknown(Invalid):
    """No law or practice of that day knows this kind of residential area."""

    code = "registry.residential_area.kind_unknown"
    message_vi = "Ngày {day} không có loại khu dân cư {kind}."
    message_en = "On {day} there was no kind of residential area {kind}."


class AreaCategoryUnknown(Invalid):
    """No law of that day attaches anything to this category."""

    code = "registry.residential_area.category_unknown"
    message_vi = "Ngày {day} không có diện địa bàn {category}."
    message_en = "On {day} there was no category of area {category}."


class UnitHasNoAreas(Invalid):
    """Residential areas lie in communes, wards, townships and special zones."""

    code = "registry.residential_area.unit_has_none"
    message_vi = "Khu dân cư thuộc đơn vị cấp xã, không thuộc cấp {level}."
    message_en = "Residential areas lie in communes, not at the level {level}."


class AreaTitleTaken(Conflict):
    """Two areas of one commune bear one kind and name at a time."""

    code = "registry.residential_area.title_taken"
    message_vi = "Đơn vị đã có khu dân cư cùng loại, cùng tên (số {number})."
    message_en = "The commune has an area of this kind and name (number {number})."


class AreaChangeOutOfOrder(Invalid):
    """A change of an area lies before an earlier one."""

    code = "registry.residential_area.change_out_of_order"
    message_vi = "Ngày {day} phải sau ngày {changed_on}, thay đổi gần nhất."
    message_en = "{day} has to be after {changed_on}, the last change."


class OutsideAreaLife(Invalid):
    """The area did not exist on the day of the fact."""

    code = "registry.residential_area.outside_life"
    message_vi = "Ngày {day} nằm ngoài thời gian tồn tại của khu dân cư."
    message_en = "{day} lies outside the life of the residential area."


class AreaEnded(Conflict):
    """The area has ended."""

    code = "registry.residential_area.ended"
    message_vi = "Khu dân cư đã kết thúc ngày {ended_on}."
    message_en = "The residential area ended on {ended_on}."


class AreaIsOwnHeir(Invalid):
    """An area does not pass to itself."""

    code = "registry.residential_area.own_heir"
    message_vi = "Khu dân cư không thể nhập vào chính nó."
    message_en = "A residential area cannot pass to itself."


class AreaUnchanged(Conflict):
    """The area is so already."""

    code = "registry.residential_area.unchanged"
    message_vi = "Khu dân cư đã như vậy từ ngày {since}."
    message_en = "The residential area is so already since {since}."


class AreaCategoryNotHeld(Conflict):
    """Only a category that the area has on that day can be lifted."""

    code = "registry.residential_area.category_not_held"
    message_vi = "Ngày {day} khu dân cư không thuộc diện {category}."
    message_en = "On {day} the area does not belong to {category}."
