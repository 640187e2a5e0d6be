"""The tables of residential areas in `registry_read`, each fact with its day."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.registry.read_models.tables import READ


def _area() -> sa.Column[object]:
    return sa.Column("area_id", pg.UUID, primary_key=True)


AREAS: Final = sa.Table(
    "residential_area_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("registered_in", pg.UUID, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("registered_on", sa.Date, nullable=False),
    sa.Column("ended_on", sa.Date),
)

# Where an area lies from a day on; a merger adds no row, the heir covers the path.
HOMES: Final = sa.Table(
    "residential_area_homes",
    READ,
    _area(),
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("until", sa.Date),
    sa.Column("unit_id", pg.UUID, nullable=False),
    # "C" sorts like the keyset compares, and lets the index serve LIKE prefixes.
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Index("residential_area_homes_place", "unit_path", "area_id"),
)

TITLES: Final = sa.Table(
    "residential_area_titles",
    READ,
    _area(),
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
)

# Each name from each of its words on, as `name_keys` compares them: a beginning of a
# key is then a whole name, its start, or words inside it.
NAMES: Final = sa.Table(
    "residential_area_names",
    READ,
    _area(),
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("key", sa.Text(collation="C"), primary_key=True),
    sa.Column("marked", sa.Text, nullable=False),
    sa.Column("whole", sa.Boolean, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    # First day of the next name; the end of the area stands in its own row.
    sa.Column("until", sa.Date),
    sa.Index("residential_area_names_key", "key", "area_id"),
)

FIGURES: Final = sa.Table(
    "residential_area_figures",
    READ,
    _area(),
    sa.Column("counted_on", sa.Date, primary_key=True),
    sa.Column("households", sa.Integer, nullable=False),
    sa.Column("people", sa.Integer, nullable=False),
)

CATEGORIES: Final = sa.Table(
    "residential_area_categories",
    READ,
    _area(),
    sa.Column("category", sa.Text, primary_key=True),
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("until", sa.Date),
)

HEIRS: Final = sa.Table(
    "residential_area_heirs",
    READ,
    _area(),
    sa.Column("heir_id", pg.UUID, primary_key=True),
    sa.Column("whole", sa.Boolean, nullable=False),
)

AREA_TABLES: Final = (AREAS, HOMES, TITLES, NAMES, FIGURES, CATEGORIES, HEIRS)
