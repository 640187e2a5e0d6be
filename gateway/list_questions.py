"""Questions about signed monthly lists of units, by contract."""

from gateway.questions import Question
from services.contracts.registry import unit_lists

UNIT_LISTS = Question("registry", "unit_lists.list", unit_lists.UnitListsList)
