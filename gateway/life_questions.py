"""Questions and commands on members' lives and selection rounds, by contract."""

from gateway.questions import Question
from services.contracts.registry import selection
from services.contracts.registry import service_life as life

HISTORY = Question("registry", "members.history", life.MembersHistory)

ROUNDS = Question("registry", "selection_rounds.list", selection.SelectionRoundsList)
ROUNDS_GET = Question("registry", "selection_rounds.get", selection.SelectionRoundsGet)
PLAN = Question("registry", "selection.plan", selection.PlanSelection)
OPEN = Question("registry", "selection.open", selection.OpenSelection)
CHECK = Question("registry", "selection.check", selection.CheckApplication)
CLOSE = Question("registry", "selection.close", selection.CloseSelection)
SUBMIT = Question("registry", "selection.submit", selection.SubmitSelection)
