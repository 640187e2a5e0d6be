"""What depends on a unit, and which of it somebody has to keep when it is divided."""

import enum
from typing import Final


class DependantKind(enum.StrEnum):
    """What depends on a unit and needs somebody when it ends."""

    FORCE_UNIT = "force_unit"
    RESIDENTIAL_AREA = "residential_area"
    ACCESS_GRANT = "access_grant"
    # From here on groups: so many of one kind at one unit, decided on together.
    STEERING_COMMITTEE = "steering_committee"
    COORDINATION_PROGRAMME = "coordination_programme"
    SELECTION_ROUND = "selection_round"
    SUPPORT_CLAIM = "support_claim"
    WELFARE_VISIT = "welfare_visit"
    TRAINING_COURSE = "training_course"
    RATING_ROUND = "rating_round"
    CREDENTIAL = "credential"
    QUOTA = "quota"
    IMPORT_BATCH = "import_batch"
    REORGANISATION = "reorganisation"
    CAMPAIGN = "campaign"
    SESSION = "session"
    MODEL = "model"
    MODEL_POINT = "model_point"
    TIP = "tip"
    REPORT = "report"


# Decided on one by one, by their own ids.
SINGLE: Final = frozenset(
    {
        DependantKind.FORCE_UNIT,
        DependantKind.RESIDENTIAL_AREA,
        DependantKind.ACCESS_GRANT,
    }
)
# Listed and not decided: what stays where it is, or ends with the unit.
NOT_KEPT: Final = frozenset(
    {
        DependantKind.SESSION,
        DependantKind.QUOTA,
        DependantKind.IMPORT_BATCH,
        DependantKind.REORGANISATION,
    }
)
# The keeper reaches the divided unit's own rows of these and goes on with them.
KEPT: Final = frozenset(DependantKind) - SINGLE - NOT_KEPT
