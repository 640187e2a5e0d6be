"""The catalogue: every indicator, in the order in which a report prints them."""

from services.contracts.envelope import PublicEvent
from services.reporting.indicators.campaigns_opened import CAMPAIGNS_OPENED
from services.reporting.indicators.communes_with_quota import COMMUNES_WITH_QUOTA
from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.members_rated_done import MEMBERS_RATED_DONE
from services.reporting.indicators.members_rated_excellent import (
    MEMBERS_RATED_EXCELLENT,
)
from services.reporting.indicators.members_rated_good import MEMBERS_RATED_GOOD
from services.reporting.indicators.members_rated_not_done import MEMBERS_RATED_NOT_DONE
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
from services.reporting.indicators.security_order_member_quota import (
    SECURITY_ORDER_MEMBER_QUOTA,
)
from services.reporting.indicators.security_order_members import (
    SECURITY_ORDER_MEMBERS,
)
from services.reporting.indicators.security_order_members_allowed import (
    SECURITY_ORDER_MEMBERS_ALLOWED,
)
from services.reporting.indicators.security_order_team_quota import (
    SECURITY_ORDER_TEAM_QUOTA,
)
from services.reporting.indicators.security_order_teams import SECURITY_ORDER_TEAMS
from services.reporting.indicators.security_order_teams_allowed import (
    SECURITY_ORDER_TEAMS_ALLOWED,
)
from services.reporting.indicators.session_attendances import SESSION_ATTENDANCES
from services.reporting.indicators.sessions_held import SESSIONS_HELD
from services.reporting.indicators.teams_rated_done import TEAMS_RATED_DONE
from services.reporting.indicators.teams_rated_excellent import TEAMS_RATED_EXCELLENT
from services.reporting.indicators.teams_rated_good import TEAMS_RATED_GOOD
from services.reporting.indicators.teams_rated_not_done import TEAMS_RATED_NOT_DONE
from services.reporting.indicators.tips_received import TIPS_RECEIVED
from services.reporting.indicators.training_certified import TRAINING_CERTIFIED
from services.reporting.indicators.training_courses import TRAINING_COURSES
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
    SECURITY_ORDER_TEAM_QUOTA,
    SECURITY_ORDER_MEMBER_QUOTA,
    SECURITY_ORDER_TEAMS_ALLOWED,
    SECURITY_ORDER_MEMBERS_ALLOWED,
    COMMUNES_WITH_QUOTA,
    TRAINING_COURSES,
    TRAINING_CERTIFIED,
    TEAMS_RATED_EXCELLENT,
    TEAMS_RATED_GOOD,
    TEAMS_RATED_DONE,
    TEAMS_RATED_NOT_DONE,
    MEMBERS_RATED_EXCELLENT,
    MEMBERS_RATED_GOOD,
    MEMBERS_RATED_DONE,
    MEMBERS_RATED_NOT_DONE,
)
BY_CODE: dict[str, Indicator] = {indicator.code: indicator for indicator in INDICATORS}
EVENT_TYPES: dict[str, type[PublicEvent]] = {
    event.TYPE: event for one in INDICATORS for event in (*one.counts, *one.levels)
}
