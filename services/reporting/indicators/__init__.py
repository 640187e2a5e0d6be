"""The catalogue: every indicator, in the order in which a report prints them."""

from services.reporting.indicators.campaigns_opened import CAMPAIGNS_OPENED
from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.mttq_model_points import MTTQ_MODEL_POINTS
from services.reporting.indicators.neighbourhood_guard_boards import (
    NEIGHBOURHOOD_GUARD_BOARDS,
)
from services.reporting.indicators.neighbourhood_guard_members import (
    NEIGHBOURHOOD_GUARD_MEMBERS,
)
from services.reporting.indicators.part_time_commune_police import (
    PART_TIME_COMMUNE_POLICE,
)
from services.reporting.indicators.police_model_types import POLICE_MODEL_TYPES
from services.reporting.indicators.security_order_members import (
    SECURITY_ORDER_MEMBERS,
)
from services.reporting.indicators.security_order_teams import SECURITY_ORDER_TEAMS
from services.reporting.indicators.session_attendances import SESSION_ATTENDANCES
from services.reporting.indicators.sessions_held import SESSIONS_HELD
from services.reporting.indicators.tips_received import TIPS_RECEIVED
from services.reporting.indicators.valuable_tips import VALUABLE_TIPS

INDICATORS: tuple[Indicator, ...] = (
    CAMPAIGNS_OPENED,
    SESSIONS_HELD,
    SESSION_ATTENDANCES,
    TIPS_RECEIVED,
    VALUABLE_TIPS,
    POLICE_MODEL_TYPES,
    MTTQ_MODEL_POINTS,
    NEIGHBOURHOOD_GUARD_BOARDS,
    NEIGHBOURHOOD_GUARD_MEMBERS,
    PART_TIME_COMMUNE_POLICE,
    SECURITY_ORDER_TEAMS,
    SECURITY_ORDER_MEMBERS,
)
BY_CODE: dict[str, Indicator] = {indicator.code: indicator for indicator in INDICATORS}
