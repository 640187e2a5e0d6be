"""The only clock: what time it is, and which day that is in Vietnam."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this module is the clock


def local_date(moment: datetime) -> date:
    """Return the day in Vietnam at an aware moment."""
    return moment.astimezone(LOCAL_ZONE).date()


def local_today() -> date:
    """Return today's date in Vietnam."""
    return local_date(utc_now())
