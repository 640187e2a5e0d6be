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


class NothingComesAfter(Invalid):
    """The law took nobody of this force over."""

    code = "registry.consolidation.nothing_comes_after"
    message_vi = "Lực lượng {force_type} không thuộc diện kiện toàn."
    message_en = "No force came after a {force_type}."


class ConsolidatedOnAnotherDay(Invalid):
    """The law names the day on which one force took another's place."""

    code = "registry.consolidation.another_day"
    message_vi = "Lực lượng {force_type} được kiện toàn ngày {day}."
    message_en = "A {force_type} was consolidated on {day}."


class NotPartOfTheAct(Invalid):
    """Somebody is chosen out of a force that the act does not name."""

    code = "registry.consolidation.not_part_of_the_act"
    message_vi = "Đơn vị lực lượng {force_unit_id} không nằm trong danh sách kiện toàn."
    message_en = "Force unit {force_unit_id} is not part of this act."


class OfAnotherUnit(Invalid):
    """One act consolidates the forces of one commune."""

    code = "registry.consolidation.of_another_unit"
    message_vi = "Đơn vị lực lượng {force_unit_id} thuộc đơn vị hành chính khác."
    message_en = "Force unit {force_unit_id} belongs to another unit."


class PostNotTakenOver(Invalid):
    """Of this force the law took over certain posts only."""

    code = "registry.consolidation.post_not_taken_over"
    message_vi = "Chức danh {post} của {force_type} không thuộc diện tuyển chọn."
    message_en = "The post of {post} of a {force_type} was not taken over."


class ChosenTwice(Invalid):
    """A person serves once: in one team, in one post."""

    code = "registry.consolidation.chosen_twice"
    message_vi = "Thành viên {member_id} được chọn hai lần."
    message_en = "Member {member_id} is chosen twice."


class NotOfThisForce(Invalid):
    """A force unit of another category stands where this one is wanted."""

    code = "registry.force_type.not_of_this_force"
    message_vi = "Đơn vị lực lượng {force_unit_id} không phải {force_type}."
    message_en = "Force unit {force_unit_id} is no {force_type}."


class AreaOfAnotherUnit(Invalid):
    """A force covers residential areas of its own commune."""

    code = "registry.force_unit.area_of_another_unit"
    message_vi = "Khu dân cư {area_id} không thuộc đơn vị của lực lượng này."
    message_en = "Residential area {area_id} is not of this force's unit."


class AreasNotCovered(Invalid):
    """Such a force stands for the whole unit, not for areas of it."""

    code = "registry.force_unit.areas_not_covered"
    message_vi = "Lực lượng {force_type} không phụ trách khu dân cư riêng."
    message_en = "A {force_type} does not cover residential areas."


class TermEndsBeforeItBegins(Invalid):
    """A term has a day at least."""

    code = "registry.force_unit.term_ends_before_it_begins"
    message_vi = "Nhiệm kỳ phải kết thúc sau ngày {begins_on}."
    message_en = "The term has to end after {begins_on}."
