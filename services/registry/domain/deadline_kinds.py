"""What is chased in the registry: one closed list, to which each area adds its own."""

import enum


class DeadlineKind(enum.StrEnum):
    """What has to be done by a day; the subject is the aggregate it belongs to."""

    CREDENTIAL_RECOVERY = "credential_recovery"
    RATING_DECISION = "rating_decision"
    CLAIM_COMPLETION = "claim_completion"
    CLAIM_ASSESSMENT = "claim_assessment"
    CLAIM_DECISION = "claim_decision"
    CLAIM_PAYMENT = "claim_payment"
    WELFARE_VISIT = "welfare_visit"
    DISPUTE_ANSWER = "dispute_answer"
    DISPUTE_DONE = "dispute_done"
    PROGRAMME_MID_TERM = "programme_mid_term"
    PROGRAMME_FINAL = "programme_final"
    CESSATION_REPORT = "cessation_report"
    CESSATION_DECISION = "cessation_decision"
    SELECTION_SUBMISSION = "selection_submission"
    SELECTION_DECISION = "selection_decision"
    DECISION_POSTING = "decision_posting"
