"""Refusals about the yearly rating, with stable codes."""

from services.chassis.errors import Conflict, Invalid, NotFound


class RatingNotKnownToLaw(Invalid):
    """No guidance rated that year."""

    code = "registry.rating.not_known_to_law"
    message_vi = "Năm {year} chưa có hướng dẫn đánh giá, xếp loại."
    message_en = "No guidance rates the year {year}."


class RatingNotOfCommune(Invalid):
    """The chairman of a commune decides on ratings."""

    code = "registry.rating.not_of_commune"
    message_vi = "Chỉ đánh giá, xếp loại ở cấp xã."
    message_en = "Ratings are decided in communes only."


class RatingWindowOpen(Conflict):
    """A year is rated when it is over."""

    code = "registry.rating.window_open"
    message_vi = "Kỳ đánh giá kết thúc ngày {last_day}."
    message_en = "The year to be rated ends on {last_day}."


class RatingRoundUnknown(NotFound):
    """There is no such round, or it is not the caller's."""

    code = "registry.rating.round_unknown"
    message_vi = "Không có đợt đánh giá, xếp loại {round_id}."
    message_en = "There is no rating round {round_id}."


class RatingStepNotPossible(Conflict):
    """The round is not at this step."""

    code = "registry.rating.step_not_possible"
    message_vi = "Đợt đánh giá đang ở bước {state}."
    message_en = "The round stands at {state}."


class RatingDayOutOfOrder(Invalid):
    """A step cannot come before the one it follows."""

    code = "registry.rating.day_out_of_order"
    message_vi = "Phải từ ngày {earliest} trở đi."
    message_en = "It has to be on or after {earliest}."


class RatingSubjectUnknown(Invalid):
    """Only teams and members of the last day of the year are rated."""

    code = "registry.rating.subject_unknown"
    message_vi = "{subject_id} không thuộc diện đánh giá của xã trong năm."
    message_en = "{subject_id} is not rated in the commune in that year."


class RatingSubjectTwice(Invalid):
    """One result per subject and year."""

    code = "registry.rating.subject_twice"
    message_vi = "{subject_id} có hai kết quả."
    message_en = "{subject_id} has two results."


class RatingLevelMissing(Invalid):
    """A subject has a level, or an open complaint."""

    code = "registry.rating.level_missing"
    message_vi = "Thiếu mức xếp loại của {subject_id}."
    message_en = "{subject_id} has no level."


class RatingWhileComplaint(Invalid):
    """Nobody is rated while a complaint is open."""

    code = "registry.rating.while_complaint"
    message_vi = "{subject_id} đang bị khiếu nại, tố cáo nên chưa xếp loại."
    message_en = "{subject_id} is not rated while a complaint is open."


class RatingTimeTooShort(Invalid):
    """Who served too short a time in the year is not rated."""

    code = "registry.rating.time_too_short"
    message_vi = "{subject_id} chưa đủ {months} tháng trong kỳ đánh giá."
    message_en = "{subject_id} has less than {months} months in the year."


class RatingIncomplete(Invalid):
    """Everybody who can be rated is rated."""

    code = "registry.rating.incomplete"
    message_vi = "Còn {missing} đối tượng chưa có kết quả, trong đó có {subject_id}."
    message_en = "{missing} subjects have no result, {subject_id} among them."


class RatingNotSelfAssessed(Conflict):
    """A team assesses itself before others rate it."""

    code = "registry.rating.not_self_assessed"
    message_vi = "Tổ {team_id} chưa tự đánh giá."
    message_en = "Team {team_id} has not assessed itself."


class RatingHeadAboveTeam(Invalid):
    """The head is not rated above the team, unless newly transferred."""

    code = "registry.rating.head_above_team"
    message_vi = "Người đứng đầu {member_id} không được xếp loại cao hơn tổ {team_id}."
    message_en = "The head {member_id} is rated above the team {team_id}."


class RatingTeamNotExcellent(Invalid):
    """An excellent team has nobody dismissed and nobody who failed."""

    code = "registry.rating.team_not_excellent"
    message_vi = (
        "Tổ {team_id} có người không hoàn thành nhiệm vụ hoặc bị cho thôi do vi phạm."
    )
    message_en = "Team {team_id} has somebody who failed or was dismissed."


class RatingCapExceeded(Invalid):
    """The excellent are at most a share of the good."""

    code = "registry.rating.cap_exceeded"
    message_vi = (
        "Số xuất sắc ({kind}) là {excellent}, tối đa {most} khi số tốt là {good}."
    )
    message_en = "{excellent} {kind} are excellent; at most {most} with {good} good."
