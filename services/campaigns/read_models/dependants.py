"""What of the movement goes on at a unit after a day? Asked before units end."""

from datetime import date

import sqlalchemy as sa

from services.campaigns.read_models.campaign_list import CAMPAIGNS
from services.campaigns.read_models.model_list import MODELS
from services.campaigns.read_models.model_point_list import MODEL_POINTS
from services.campaigns.read_models.session_list import SESSIONS
from services.unit_directory.dependants import Bound


def bound_to_units(on: date) -> tuple[Bound, ...]:
    """Return what runs and lives on the day; sessions that were held stay."""
    campaigns, points, sessions = CAMPAIGNS.c, MODEL_POINTS.c, SESSIONS.c
    return (
        Bound("campaign", campaigns.unit_path, campaigns.ends_on >= on),
        Bound("model", MODELS.c.unit_path, _lives(MODELS.c.ended_on, on)),
        Bound("model_point", points.unit_path, _lives(points.closed_on, on)),
        Bound("session", sessions.unit_path, ~sessions.withdrawn, goes_on=False),
    )


def _lives(end: sa.Column[date], on: date) -> sa.ColumnElement[bool]:
    return sa.or_(end.is_(None), end > on)
