"""What did the province publish? The one file of figures, read with its source.

The plan spreads these sums; the comparison at the end reads them again.
"""

from datetime import date
from pathlib import Path

import msgspec

PUBLISHED = Path(__file__).with_name("published.toml")


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One published figure with the words in which it was published."""

    value: int
    quote: str


class Published(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A province's published year; ``figures`` go by the code of the indicator."""

    province_code: str
    province: str
    year: int
    first_day: date
    last_day: date
    successor_code: str
    source: str
    figures: dict[str, Figure]

    @property
    def values(self) -> dict[str, int]:
        """The figures alone, by the code of the indicator."""
        return {code: figure.value for code, figure in self.figures.items()}


def read_published(path: Path = PUBLISHED) -> Published:
    """Read the file. Raises msgspec.ValidationError when it is not of the shape."""
    return msgspec.toml.decode(path.read_bytes(), type=Published)
