"""Closed lists of the movement, and what a day of a fact must satisfy."""

import enum
from datetime import date
from typing import Final

from services.campaigns.domain.errors import (
    DayBeforeRecords,
    DayInFuture,
    TextEmpty,
)
from services.chassis.text import fold

# The day on which the People's Police was founded: nothing of ours is older.
EARLIEST_DAY: Final = date(1945, 8, 19)
ATTENDANCE_LIMIT: Final = 100_000


class SessionKind(enum.StrEnum):
    """What was held; each is one buổi, none is a cuộc phát động tập trung."""

    OUTREACH = "outreach"
    MOBILISATION = "mobilisation"
    FESTIVAL = "festival"


class Origin(enum.StrEnum):
    """Through whose hands the fact came."""

    OWN = "own"
    MTTQ = "mttq"


class CorrectionReason(enum.StrEnum):
    """Why an attendance changes afterwards."""

    MISCOUNTED = "miscounted"
    ENTERED_WRONGLY = "entered_wrongly"
    REPORTED_LATE = "reported_late"


class WithdrawalReason(enum.StrEnum):
    """Why a session must not count."""

    NOT_HELD = "not_held"
    RECORDED_TWICE = "recorded_twice"
    WRONG_UNIT = "wrong_unit"
    WRONG_DAY = "wrong_day"


class ModelField(enum.StrEnum):
    """The six official fields: a label of a model, of nothing and nobody else."""

    PHONG_CHONG_TOI_PHAM = "phong_chong_toi_pham"
    QUAN_LY_DOI_TUONG = "quan_ly_doi_tuong"
    TRAT_TU_AN_TOAN_GIAO_THONG = "trat_tu_an_toan_giao_thong"
    TON_GIAO = "ton_giao"
    DAN_TOC = "dan_toc"
    PHONG_CHAY_CHUA_CHAY = "phong_chay_chua_chay"


def require_recordable_day(day: date, today: date, field: str) -> None:
    """Let a day pass that has come and is not absurd.

    Raises DayInFuture, DayBeforeRecords.
    """
    if day > today:
        raise DayInFuture(field=field, day=day, today=today)
    require_known_era(day, field)


def require_known_era(day: date, field: str) -> None:
    """Raise DayBeforeRecords for a day before the movement's records."""
    if day < EARLIEST_DAY:
        raise DayBeforeRecords(field=field, day=day, earliest=EARLIEST_DAY)


def folded_name(name: str, field: str) -> str:
    """Return the key by which names are the same. Raises TextEmpty."""
    folded = fold(name)
    if not folded:
        raise TextEmpty(field=field)
    return folded
