"""Every refusal about people's records, with its stable code."""

from services.chassis.errors import Conflict, Invalid, NotFound


class PersonUnknown(NotFound):
    """There is no such person, or the person is not the caller's."""

    code = "registry.person.unknown"
    message_vi = "Không có người {person_id}."
    message_en = "There is no person {person_id}."


class PersonErased(Conflict):
    """Of this person nothing is kept any more."""

    code = "registry.person.erased"
    message_vi = "Hồ sơ của người này đã bị xóa ngày {erased_on}."
    message_en = "The record of this person was erased on {erased_on}."


class PersonMerged(Conflict):
    """The person was found to be another one, whose record counts."""

    code = "registry.person.merged"
    message_vi = "Hồ sơ này đã gộp vào người {into}."
    message_en = "This record was merged into person {into}."


class PersonNotMerged(Conflict):
    """Only what was merged can be parted again."""

    code = "registry.person.not_merged"
    message_vi = "Hai hồ sơ này không gộp với nhau."
    message_en = "These two records are not merged."


class SamePerson(Invalid):
    """A person is neither a duplicate of nor apart from itself."""

    code = "registry.person.same"
    message_vi = "Phải nêu hai người khác nhau."
    message_en = "Two different people are to be named."


class PersonServesTwice(Conflict):
    """Nobody serves in two places at once: end one service first."""

    code = "registry.person.serves_twice"
    message_vi = "Cả hai đang phục vụ ở {force_unit_ids}; hãy kết thúc một nơi trước."
    message_en = "Both serve, in {force_unit_ids}; end one service first."


class PersonStillServes(Conflict):
    """The record of somebody who serves is needed."""

    code = "registry.person.still_serves"
    message_vi = (
        "Người này đang phục vụ ở {force_unit_ids}; không xóa vì lý do {ground}."
    )
    message_en = (
        "The person serves in {force_unit_ids}; {ground} is no ground to erase."
    )


class PersonChangedMeanwhile(Conflict):
    """Somebody else joined or parted this person at the same moment."""

    code = "registry.person.changed_meanwhile"
    message_vi = "Hồ sơ {person_id} vừa được người khác thay đổi, hãy thử lại."
    message_en = "Person {person_id} was changed by somebody else just now; try again."


class DisputeStillOpen(Conflict):
    """A person is owed an answer before the record counts no more."""

    code = "registry.person.dispute_still_open"
    message_vi = "Người này còn đề nghị {dispute_id} chưa giải quyết xong."
    message_en = "Dispute {dispute_id} of this person is not settled yet."


class DisputeUnknown(NotFound):
    """The person has filed no such dispute."""

    code = "registry.person.dispute_unknown"
    message_vi = "Không có đề nghị {dispute_id}."
    message_en = "There is no dispute {dispute_id}."


class DisputeAlreadyAnswered(Conflict):
    """A dispute is answered once."""

    code = "registry.person.dispute_already_answered"
    message_vi = "Đề nghị đã được trả lời ngày {answered_on}."
    message_en = "The dispute was answered on {answered_on}."


class DisputeNotUpheld(Conflict):
    """A correction follows a dispute that was upheld."""

    code = "registry.person.dispute_not_upheld"
    message_vi = "Đề nghị {dispute_id} chưa được chấp nhận hoặc đã sửa xong."
    message_en = "Dispute {dispute_id} is not upheld, or is done already."


class ReasonDoesNotFit(Invalid):
    """The reason does not go with this outcome."""

    code = "registry.person.reason_does_not_fit"
    message_vi = "Lý do {reason} không đi với kết quả {outcome}."
    message_en = "The reason {reason} does not go with the outcome {outcome}."


class FiledInFuture(Invalid):
    """Only what has been said is recorded."""

    code = "registry.person.filed_in_future"
    message_vi = "Ngày {day} ở tương lai."
    message_en = "{day} lies in the future."


class CitizenIdMalformed(Invalid):
    """A personal number has twelve digits."""

    code = "registry.person.citizen_id_malformed"
    message_vi = "Số định danh cá nhân phải có 12 chữ số."
    message_en = "A personal number has 12 digits."


class OldIdMalformed(Invalid):
    """An identity card of before 2025 has nine digits."""

    code = "registry.person.old_id_malformed"
    message_vi = "Số chứng minh nhân dân cũ phải có 9 chữ số."
    message_en = "An old identity number has 9 digits."


class CitizenIdDoubtful(Invalid):
    """Number and birth date do not agree: to be confirmed by whoever saw the card."""

    code = "registry.person.citizen_id_doubtful"
    message_vi = "Số định danh và ngày sinh không khớp; kiểm tra thẻ rồi xác nhận."
    message_en = "Number and birth date do not agree; look at the card and confirm."


class SearchIncomplete(Invalid):
    """People are looked for by a name or by a number."""

    code = "registry.people.search_incomplete"
    message_vi = "Cần họ tên hoặc số giấy tờ để tìm."
    message_en = "A name or a number is needed to search."


class NothingToCorrect(Invalid):
    """The record says already what it is to say."""

    code = "registry.person.nothing_to_correct"
    message_vi = "Hồ sơ đã có đúng nội dung này."
    message_en = "The record says so already."


class CertificateUnknown(NotFound):
    """There is no such certificate of erasure, or it is not the caller's."""

    code = "registry.person.certificate_unknown"
    message_vi = "Không có giấy xác nhận xóa {certificate_id}."
    message_en = "There is no certificate of erasure {certificate_id}."
