"""Refusals about the passing of a force to the unit that was decided."""

from services.chassis.errors import Conflict


class ForcePassedOnLater(Conflict):
    """Where a force lies is told in the order of days; only the last is taken back."""

    code = "registry.force_unit.passed_on_later"
    message_vi = "Lực lượng {force_unit_id} đã được chuyển đơn vị từ ngày {since}."
    message_en = "Force unit {force_unit_id} passed to another unit on {since} already."


class ForceLiesThere(Conflict):
    """A force passes to another unit than its own."""

    code = "registry.force_unit.lies_there"
    message_vi = "Lực lượng {force_unit_id} đã thuộc đơn vị {unit_id}."
    message_en = "Force unit {force_unit_id} lies in unit {unit_id} already."
