"""Refusals about how forces are counted, what they may be, and how they end."""

from services.chassis.errors import Invalid


class RosterNotKept(Invalid):
    """Of such a force a number is known at most, never who serves in it."""

    code = "registry.force_type.roster_not_kept"
    message_vi = "Lực lượng {force_type} không lập danh sách thành viên."
    message_en = "No roster is kept of a {force_type}."


class HeadcountNotKept(Invalid):
    """The strength of such a force follows from its roster, or is not counted."""

    code = "registry.force_type.headcount_not_kept"
    message_vi = "Lực lượng {force_type} không báo cáo quân số."
    message_en = "No headcount is reported of a {force_type}."


class PostNotInForce(Invalid):
    """The law knows no such post in this force."""

    code = "registry.force_type.post_unknown"
    message_vi = "Lực lượng {force_type} không có chức danh {post}."
    message_en = "A {force_type} has no post of {post}."
