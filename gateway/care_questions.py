"""Questions and commands on credentials, care, training and ratings, by contract."""

from gateway.questions import Question
from services.contracts.registry import care, credentials, deadlines, rating, training

CREDENTIALS = Question("registry", "credentials.list", credentials.CredentialsList)
MEMBER_CARDS = Question("registry", "member_cards.get", credentials.MemberCardsGet)
DEADLINES = Question("registry", "deadlines.list", deadlines.DeadlinesList)
CLAIMS = Question("registry", "claims.list", care.ClaimsList)
VISITS = Question("registry", "visits.list", care.VisitsList)
CARE_RULES = Question("registry", "care_rules.list", care.CareRulesList)
COURSES = Question("registry", "courses.list", training.CoursesList)
TRAINING = Question("registry", "training.list", training.TrainingList)
RATING_ROUNDS = Question("registry", "rating_rounds.list", rating.RatingRoundsList)
RATING_RESULTS = Question("registry", "rating_results.list", rating.RatingResultsList)
