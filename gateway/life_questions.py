"""Questions and commands on members' lives and selection rounds, by contract."""

from gateway.questions import Question
from services.contracts.registry import selection
from services.contracts.registry import service_life as life

HISTORY = Question("registry", "members.history", life.MembersHistory)
CHANGE_POST = Question("registry", "member.change_post", life.ChangePost)
SUSPEND = Question("registry", "member.suspend", life.SuspendMember)
RESUME = Question("registry", "member.resume", life.ResumeMember)
PROPOSE_CESSATION = Question(
    "registry", "member.propose_cessation", life.ProposeCessation
)
REPORT_CESSATION = Question("registry", "member.report_cessation", life.ReportCessation)
DROP_CESSATION = Question("registry", "member.drop_cessation", life.DropCessation)
POST_DECISION = Question("registry", "force_unit.post_decision", life.PostDecision)

ROUNDS = Question("registry", "selection_rounds.list", selection.SelectionRoundsList)
ROUNDS_GET = Question("registry", "selection_rounds.get", selection.SelectionRoundsGet)
PLAN = Question("registry", "selection.plan", selection.PlanSelection)
APPROVE = Question("registry", "selection.approve", selection.ApproveSelection)
OPEN = Question("registry", "selection.open", selection.OpenSelection)
RECEIVE = Question("registry", "selection.receive", selection.ReceiveApplication)
CHECK = Question("registry", "selection.check", selection.CheckApplication)
WITHDRAW = Question("registry", "selection.withdraw", selection.WithdrawApplication)
PROPOSE_DIRECTLY = Question(
    "registry", "selection.propose_directly", selection.ProposeDirectly
)
CLOSE = Question("registry", "selection.close", selection.CloseSelection)
POST_LIST = Question("registry", "selection.post_list", selection.PostList)
HOLD_COUNCIL = Question("registry", "selection.hold_council", selection.HoldCouncil)
SUBMIT = Question("registry", "selection.submit", selection.SubmitSelection)
DECIDE = Question("registry", "selection.decide", selection.DecideSelection)
CANCEL = Question("registry", "selection.cancel", selection.CancelSelection)
