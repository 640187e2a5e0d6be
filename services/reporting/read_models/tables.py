"""The tables of ``reporting_read``: dropped and rebuilt at will."""

from typing import Final

import sqlalchemy as sa

from services.access_directory.tables import GrantTables
from services.reporting.read_models.figures import FigureTables
from services.reporting.read_models.level_book import LevelBook
from services.reporting.read_models.report_register import report_table
from services.reporting.read_models.waiting_facts import WaitingFacts
from services.unit_directory.tables import UnitTables
from services.unit_hierarchies.follower import HierarchyTables

READ_METADATA: Final = sa.MetaData(schema="reporting_read")
UNITS: Final = UnitTables(READ_METADATA)
ACCESS: Final = GrantTables(READ_METADATA)
FIGURES: Final = FigureTables(READ_METADATA)
WAITING: Final = WaitingFacts(READ_METADATA)
LEVELS: Final = LevelBook(READ_METADATA)
HIERARCHIES: Final = HierarchyTables(READ_METADATA)
REPORTS: Final = report_table(READ_METADATA)
