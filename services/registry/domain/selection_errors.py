"""Refusals of selection rounds."""

from services.chassis.errors import Conflict, Invalid, NotFound


class SelectionRoundUnknown(NotFound):
    """There is no such round, or it is not the caller's."""

    code = "registry.selection.unknown"
    message_vi = "Không có đợt tuyển chọn {round_id}."
    message_en = "There is no selection round {round_id}."


class SelectionNotForeseen(Invalid):
    """The law of that day sets no selection for this force."""

    code = "registry.selection.not_foreseen"
    message_vi = "Ngày {day}, lực lượng {force_type} chưa có trình tự tuyển chọn."
    message_en = "On {day} no selection was set for a {force_type}."


class SelectionStepOutOfTurn(Conflict):
    """Steps of a round follow each other; none is left out."""

    code = "registry.selection.step_out_of_turn"
    message_vi = "Đợt tuyển chọn đang ở bước {state}, cần ở bước {wanted}."
    message_en = "The round is at the step {state} and would have to be at {wanted}."


class SelectionStepTooEarly(Invalid):
    """A step is not before the one it follows."""

    code = "registry.selection.step_too_early"
    message_vi = "Bước này không thể trước ngày {day}."
    message_en = "This step cannot be before {day}."


class PlanContradictsItself(Invalid):
    """Dossiers are taken before the council meets, over at least a day."""

    code = "registry.selection.plan_contradicts_itself"
    message_vi = "Kế hoạch phải có ngày nhận hồ sơ trước ngày họp Hội đồng."
    message_en = "The plan has to take dossiers, and then to let the council meet."


class OutsideReceipt(Invalid):
    """Dossiers are taken in the days of the plan."""

    code = "registry.selection.outside_receipt"
    message_vi = "Hồ sơ được nhận từ {first} đến hết {last}."
    message_en = "Dossiers are taken from {first} to the end of {last}."


class AppliedAlready(Conflict):
    """A person applies once in a round."""

    code = "registry.selection.applied_already"
    message_vi = "Người này đã có hồ sơ trong đợt tuyển chọn."
    message_en = "The person has an application in this round already."


class ApplicationUnknown(NotFound):
    """There is no such application in the round."""

    code = "registry.selection.application_unknown"
    message_vi = "Không có hồ sơ {application_id} trong đợt tuyển chọn."
    message_en = "There is no application {application_id} in the round."


class ApplicationOutOfTurn(Conflict):
    """An application is past the step at which this could be done."""

    code = "registry.selection.application_out_of_turn"
    message_vi = "Hồ sơ đang ở trạng thái {state}."
    message_en = "The application is at {state}."


class NobodyToList(Conflict):
    """A list without a complete dossier is none."""

    code = "registry.selection.nobody_to_list"
    message_vi = "Chưa có hồ sơ hợp lệ nào để lập danh sách."
    message_en = "No complete application is there to be listed."


class VotesIncomplete(Invalid):
    """The council votes on everybody on the list, and on nobody else."""

    code = "registry.selection.votes_incomplete"
    message_vi = "Phải có phiếu của đúng {listed} người trong danh sách."
    message_en = "Votes are needed for exactly the {listed} people on the list."


class MoreVotesThanPresent(Invalid):
    """Nobody has more votes than there are members present."""

    code = "registry.selection.more_votes_than_present"
    message_vi = "Số phiếu vượt số thành viên có mặt ({present})."
    message_en = "There are more votes than members present ({present})."


class TieNeedsDecision(Conflict):
    """Several stand at the last place with the same votes: somebody has to decide."""

    code = "registry.selection.tie_needs_decision"
    message_vi = (
        "{tied} người cùng {votes} phiếu cho {places} chỗ: cần văn bản quyết định chọn."
    )
    message_en = (
        "{tied} people have {votes} votes for {places} places: a tie to decide."
    )


class TieDecidedWrongly(Invalid):
    """A decision on a tie chooses among those who are tied, as many as have a place."""

    code = "registry.selection.tie_decided_wrongly"
    message_vi = "Phải chọn đúng {places} trong số {tied} người bằng phiếu."
    message_en = "Exactly {places} of the {tied} who are tied have to be chosen."


class NotWhoPassed(Invalid):
    """Submitted are those who passed, each with a post, and nobody else."""

    code = "registry.selection.not_who_passed"
    message_vi = "Phải trình đúng {passed} người đạt, mỗi người một chức danh."
    message_en = "Exactly the {passed} who passed have to be submitted, with a post."


class NotACivilDefenceLeader(Invalid):
    """Proposed without a vote are leaders and deputies of a civil-defence team."""

    code = "registry.selection.not_a_civil_defence_leader"
    message_vi = "Chỉ Đội trưởng, Đội phó dân phòng đang tham gia được đề xuất thẳng."
    message_en = "Only a serving leader or deputy of civil defence is proposed so."


class PlacesTaken(Conflict):
    """More are proposed than the plan has places for."""

    code = "registry.selection.places_taken"
    message_vi = "Kế hoạch chỉ có {needed} chỗ."
    message_en = "The plan has {needed} places."


class RoundFull(Conflict):
    """A round takes so many applications and no more."""

    code = "registry.selection.round_full"
    message_vi = "Đợt tuyển chọn đã có {most} hồ sơ."
    message_en = "The round has {most} applications."
