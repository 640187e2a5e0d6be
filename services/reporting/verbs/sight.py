"""How a question sees units: through the borders of a time, or along a hierarchy.

Rights go by administration in both: a sum along a hierarchy that holds units beyond the
caller's own area is refused, that row alone.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from services.chassis.calls import Call
from services.chassis.clock import local_today
from services.contracts.reporting import api
from services.reporting.domain.errors import FiguresBeyondArea, HierarchyMissing
from services.reporting.read_models import roll_ups
from services.reporting.read_models.geography import Geography
from services.reporting.read_models.hierarchy_lines import lines_along
from services.reporting.read_models.tables import FIGURES
from services.reporting.read_models.unit_lines import Question, lines_of_units
from services.reporting.verbs.asking import refused, table
from services.unit_directory.tree import Unit
from services.unit_hierarchies.roll_up import RollUp

Asked = Call[api.FiguresRequest] | Call[api.ChildrenRequest]


class Sight:
    """The rows of units, and of those below them, as one call asks for them.

    Raises HierarchyMissing; `lines` and `table` HierarchyUnknown, HierarchyNotThen.
    """

    def __init__(self, call: Asked, geography: Geography, question: Question) -> None:
        self._call = call
        self._geography = geography
        self._question = question
        self.hierarchy = call.body.hierarchy
        if self.hierarchy is None and call.body.on is not None:
            raise HierarchyMissing(field="$.on")
        last_day = min(question.period.last_day, local_today())
        self.on: date | None = (
            None if self.hierarchy is None else call.body.on or last_day
        )

    def lines(
        self, conn: sa.Connection, units: Sequence[Unit]
    ) -> list[api.UnitFigures]:
        """Return the row of each unit."""
        order = self._order(conn)
        if order is None:
            return lines_of_units(conn, FIGURES, self._geography, units, self._question)
        return self._along(conn, order, units)

    def table(self, conn: sa.Connection, parent: Unit) -> api.ChildrenTable:
        """Return a unit's own row and the rows of those below it."""
        order = self._order(conn)
        if order is None:
            return table(conn, self._geography, parent, self._question)
        rows = self._along(conn, order, [parent, *order.children(parent.id)])
        return api.ChildrenTable(parent=rows[0], children=rows[1:])

    def _order(self, conn: sa.Connection) -> RollUp | None:
        if self.hierarchy is None or self.on is None:
            return None
        known: roll_ups.RollUps = self._call.runtime.extras[roll_ups.EXTRA]
        return known.along(conn, self._geography.tree, self.hierarchy, self.on)

    def _along(
        self, conn: sa.Connection, order: RollUp, units: Sequence[Unit]
    ) -> list[api.UnitFigures]:
        mine = [unit for unit in units if self._is_mine(order, unit)]
        rows = lines_along(conn, FIGURES, self._geography, order, mine, self._question)
        found = {row.unit_id: row for row in rows}
        return [
            found[unit.id]
            if unit.id in found
            else refused(unit.id, FiguresBeyondArea())
            for unit in units
        ]

    def _is_mine(self, order: RollUp, unit: Unit) -> bool:
        tree, roots = self._geography.tree, self._call.caller.unit_roots
        held = [part for part, sign in order.parts(unit.id).items() if sign > 0]
        return all(tree.within(roots, one) for one in (unit.id, *held))
