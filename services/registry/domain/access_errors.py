"""Every refusal about handing rights on."""

from services.chassis.errors import Conflict, Forbidden, Invalid, NotFound


class RoleUnknown(Invalid):
    """No such bundle of rights exists."""

    code = "registry.access.role_unknown"
    message_vi = "Không có vai trò {role}."
    message_en = "There is no role {role}."


class GrantNotYours(Forbidden):
    """Nobody hands on what it does not hold itself."""

    code = "registry.access.not_held"
    message_vi = (
        "Không thể cấp quyền {scope}: tài khoản không có quyền này ở đơn vị đó."
    )
    message_en = "{scope} cannot be granted: the caller does not hold it there."


class GrantToYourself(Forbidden):
    """A second person is needed: nobody grants, or approves, for itself."""

    code = "registry.access.second_person_needed"
    message_vi = "Không thể tự cấp hoặc tự duyệt quyền; cần người thứ hai."
    message_en = (
        "Nobody grants or approves a right for itself; a second person is needed."
    )


class GrantTooLong(Invalid):
    """A grant ends: by its role's bound, and not after the giver's own."""

    code = "registry.access.too_long"
    message_vi = "Quyền chỉ được cấp đến hết ngày {latest}."
    message_en = "The right can be granted until {latest} at the latest."


class GrantDaysCrossed(Invalid):
    """The last day of a grant lies before its first, or in the past."""

    code = "registry.access.days_crossed"
    message_vi = "Ngày kết thúc {last_day} không hợp lệ."
    message_en = "The last day {last_day} is not valid."


class GrantUnknown(NotFound):
    """There is no such grant, or it is not the caller's to see."""

    code = "registry.access.unknown"
    message_vi = "Không có quyền được cấp {grant_id}."
    message_en = "There is no grant {grant_id}."


class GrantNotPending(Conflict):
    """Only what waits for a second person is approved."""

    code = "registry.access.not_pending"
    message_vi = "Quyền này không chờ duyệt."
    message_en = "The grant does not wait for approval."


class GrantRevoked(Conflict):
    """A grant is taken back once."""

    code = "registry.access.revoked"
    message_vi = "Quyền đã bị thu hồi ngày {revoked_on}."
    message_en = "The grant was taken back on {revoked_on}."
