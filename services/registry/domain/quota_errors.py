"""Refusals about quotas: how many teams and members a commune may have."""

from services.chassis.errors import Conflict, Invalid, NotFound


class QuotaUnknown(NotFound):
    """There is no such decision, or it is not the caller's."""

    code = "registry.quota.unknown"
    message_vi = "Không có quyết định giao chỉ tiêu {quota_id}."
    message_en = "There is no quota decision {quota_id}."


class QuotaNotOfProvince(Invalid):
    """The law lets the committee of a province set the numbers, and nobody else."""

    code = "registry.quota.not_of_province"
    message_vi = "Chỉ tiêu do cấp tỉnh giao, không phải cấp {level}."
    message_en = "A quota is set by a province, not by a {level}."


class QuotaUnitOutsideProvince(Invalid):
    """A province sets numbers for its own communes."""

    code = "registry.quota.unit_outside_province"
    message_vi = "Đơn vị {unit_id} không phải cấp xã thuộc tỉnh này."
    message_en = "Unit {unit_id} is no commune of this province."


class QuotaUnitTwice(Invalid):
    """One decision gives a commune one pair of numbers."""

    code = "registry.quota.unit_twice"
    message_vi = "Đơn vị {unit_id} có hai dòng trong một quyết định."
    message_en = "Unit {unit_id} stands twice in one decision."


class FewerMembersThanTeams(Invalid):
    """A team has a leader at least."""

    code = "registry.quota.fewer_members_than_teams"
    message_vi = "Số thành viên ({members}) ít hơn số Tổ ({teams})."
    message_en = "There are fewer members ({members}) than teams ({teams})."


class QuotaAlreadyIssued(Conflict):
    """A decision is issued once; what changes is a later decision."""

    code = "registry.quota.already_issued"
    message_vi = "Quyết định đã ban hành ngày {decided_on}."
    message_en = "The decision was issued on {decided_on}."


class QuotaNotIssued(Conflict):
    """Only an issued decision is replaced or has a roadmap."""

    code = "registry.quota.not_issued"
    message_vi = "Quyết định {quota_id} chưa ban hành."
    message_en = "Decision {quota_id} has not been issued."


class QuotaAlreadySuperseded(Conflict):
    """A decision is replaced once."""

    code = "registry.quota.already_superseded"
    message_vi = "Quyết định đã bị thay thế từ ngày {superseded_on}."
    message_en = "The decision was superseded from {superseded_on}."


class QuotaDayTaken(Conflict):
    """Two decisions for a commune from the same day would contradict each other."""

    code = "registry.quota.day_taken"
    message_vi = "Đơn vị {unit_id} đã có chỉ tiêu từ ngày {day} theo {quota_id}."
    message_en = "Unit {unit_id} has a quota from {day} by {quota_id} already."


class QuotaDaysOutOfOrder(Invalid):
    """A decision takes effect after it was taken, and after the one it replaces."""

    code = "registry.quota.days_out_of_order"
    message_vi = "Ngày {day} phải sau ngày {earlier}."
    message_en = "{day} has to come after {earlier}."


class QuotaHasNoSuchUnit(Invalid):
    """The decision says nothing about this commune."""

    code = "registry.quota.no_such_unit"
    message_vi = "Quyết định không có chỉ tiêu cho đơn vị {unit_id}."
    message_en = "The decision has no quota for unit {unit_id}."


class ReductionBelowQuota(Invalid):
    """A roadmap allows more than the quota until its end, never less."""

    code = "registry.quota.reduction_below_quota"
    message_vi = "Lộ trình giảm phải cho phép ít nhất {teams} Tổ, {members} người."
    message_en = "The roadmap has to allow {teams} teams, {members} members at least."


class QuotaExceeded(Conflict):
    """The commune would have more than its quota in force that day allows."""

    code = "registry.quota.exceeded"
    message_vi = (
        "Ngày {day}, số {what} sẽ là {actual}, vượt chỉ tiêu {allowed}"
        " (chưa có lộ trình giảm)."
    )
    message_en = (
        "On {day} there would be {actual} {what}, more than the {allowed} allowed"
        " (and no roadmap for reduction)."
    )
