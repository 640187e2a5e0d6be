"""Questions and commands on credentials, care, training and ratings, by contract."""

from gateway.questions import Question
from services.contracts.registry import care, credentials, deadlines, rating, training

CREDENTIALS = Question("registry", "credentials.list", credentials.CredentialsList)
MEMBER_CARDS = Question("registry", "member_cards.get", credentials.MemberCardsGet)
ISSUE_CREDENTIAL = Question("registry", "credential.issue", credentials.IssueCredential)
REPLACE_CREDENTIAL = Question(
    "registry", "credential.replace", credentials.ReplaceCredential
)
REVOKE_CREDENTIAL = Question(
    "registry", "credential.revoke", credentials.RevokeCredential
)
DEADLINES = Question("registry", "deadlines.list", deadlines.DeadlinesList)
CLAIMS = Question("registry", "claims.list", care.ClaimsList)
VISITS = Question("registry", "visits.list", care.VisitsList)
CARE_RULES = Question("registry", "care_rules.list", care.CareRulesList)
FILE_CLAIM = Question("registry", "claim.file", care.FileClaim)
RETURN_CLAIM = Question("registry", "claim.return", care.ReturnClaim)
COMPLETE_CLAIM = Question("registry", "claim.complete", care.CompleteClaim)
ASSESS_CLAIM = Question("registry", "claim.assess", care.AssessClaim)
APPROVE_CLAIM = Question("registry", "claim.approve", care.ApproveClaim)
REFUSE_CLAIM = Question("registry", "claim.refuse", care.RefuseClaim)
PAY_CLAIM = Question("registry", "claim.pay", care.PayClaim)
WITHDRAW_CLAIM = Question("registry", "claim.withdraw", care.WithdrawClaim)
PLAN_VISIT = Question("registry", "visit.plan", care.PlanVisit)
MAKE_VISIT = Question("registry", "visit.make", care.MakeVisit)
CANCEL_VISIT = Question("registry", "visit.cancel", care.CancelVisit)
COURSES = Question("registry", "courses.list", training.CoursesList)
TRAINING = Question("registry", "training.list", training.TrainingList)
PLAN_COURSE = Question("registry", "course.plan", training.PlanCourse)
REGISTER_FOR_COURSE = Question(
    "registry", "course.register", training.RegisterForCourse
)
HOLD_COURSE = Question("registry", "course.hold", training.HoldCourse)
CERTIFY_COURSE = Question("registry", "course.certify", training.CertifyCourse)
CLOSE_COURSE = Question("registry", "course.close", training.CloseCourse)
CANCEL_COURSE = Question("registry", "course.cancel", training.CancelCourse)
RATING_ROUNDS = Question("registry", "rating_rounds.list", rating.RatingRoundsList)
RATING_RESULTS = Question("registry", "rating_results.list", rating.RatingResultsList)
SELF_ASSESS = Question("registry", "rating.self_assess", rating.SelfAssessTeam)
PROPOSE_RATINGS = Question("registry", "rating.propose", rating.ProposeRatings)
DECIDE_RATINGS = Question("registry", "rating.decide", rating.DecideRatings)
CORRECT_RATINGS = Question("registry", "rating.correct", rating.CorrectRatings)
