"""Every refusal of an import: of the file as a whole, and of one cell of it."""

from services.chassis.errors import Conflict, Invalid, NotFound, TooLarge

# --- the file as a whole -----------------------------------------------------


class NotAWorkbook(Invalid):
    """The bytes are no Excel workbook of the kind .xlsx."""

    code = "registry.import.not_a_workbook"
    message_vi = "Tệp không phải là sổ tính Excel (.xlsx)."
    message_en = "The file is no Excel workbook (.xlsx)."


class WorkbookEncrypted(Invalid):
    """The workbook is protected with a password."""

    code = "registry.import.encrypted"
    message_vi = "Tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại."
    message_en = "The file is protected with a password; take it away and send again."


class WorkbookOfOldKind(Invalid):
    """The workbook is of the kind that Excel wrote before 2007, or a binary one."""

    code = "registry.import.old_kind"
    message_vi = "Tệp Excel kiểu cũ (.xls, .xlsb); hãy lưu lại thành .xlsx."
    message_en = "The file is of an old kind (.xls, .xlsb); save it as .xlsx."


class WorkbookWithMacros(Invalid):
    """The workbook carries a program."""

    code = "registry.import.macros"
    message_vi = "Tệp có macro; hãy lưu lại thành .xlsx không có macro."
    message_en = "The file carries macros; save it as .xlsx without them."


class WorkbookReachesOut(Invalid):
    """The workbook asks other files, servers or programs for its contents."""

    code = "registry.import.reaches_out"
    message_vi = "Tệp liên kết tới tệp hoặc nguồn dữ liệu khác; hãy bỏ liên kết."
    message_en = "The file links to other files or sources; break the links."


class WorkbookExpandsTooFar(TooLarge):
    """Unpacked, the workbook would be far larger than what was sent."""

    code = "registry.import.expands_too_far"
    message_vi = "Tệp nén bất thường hoặc quá lớn khi mở (quá {limit_bytes} byte)."
    message_en = "The file expands abnormally, or beyond {limit_bytes} bytes."


class TooManyParts(TooLarge):
    """The workbook consists of more parts than one with a roster has."""

    code = "registry.import.too_many_parts"
    message_vi = "Tệp gồm quá nhiều phần (tối đa {limit})."
    message_en = "The file has too many parts (at most {limit})."


class DocumentTypeDeclared(Invalid):
    """A part declares a document type or entities, which no program of Office does."""

    code = "registry.import.document_type"
    message_vi = "Tệp chứa khai báo DTD hoặc thực thể XML, không được phép."
    message_en = "The file declares a document type or entities, which is refused."


class WorkbookBroken(Invalid):
    """A part is missing, damaged or written in a way that no program of Office does."""

    code = "registry.import.broken"
    message_vi = "Tệp Excel bị hỏng hoặc sai cấu trúc; hãy mở và lưu lại bằng Excel."
    message_en = "The workbook is damaged; open it in Excel and save it again."


class TooManyRows(TooLarge):
    """The sheet reaches further down than a roster may."""

    code = "registry.import.too_many_rows"
    message_vi = "Trang tính vượt quá {limit} dòng; hãy xóa dòng trống hoặc chia tệp."
    message_en = "The sheet has more than {limit} rows; clear empty ones or split it."


class TooManyColumns(TooLarge):
    """The sheet reaches further to the right than a roster may."""

    code = "registry.import.too_many_columns"
    message_vi = "Trang tính vượt quá {limit} cột."
    message_en = "The sheet has more than {limit} columns."


class HeaderNotFound(Invalid):
    """No row of the sheet names the columns of a roster."""

    code = "registry.import.header_not_found"
    message_vi = "Không thấy dòng tiêu đề; thiếu cột {columns}. Hãy dùng tệp mẫu."
    message_en = "No header row was found; columns {columns} are missing."


class ColumnTwice(Invalid):
    """Two columns say that they hold the same."""

    code = "registry.import.column_twice"
    message_vi = "Cột {column} xuất hiện hai lần."
    message_en = "The column {column} appears twice."


class RosterTooLong(TooLarge):
    """More people serve there than one workbook holds."""

    code = "registry.export.roster_too_long"
    message_vi = "Danh sách có hơn {limit} người; hãy xuất theo đơn vị nhỏ hơn."
    message_en = "More than {limit} people serve there; export smaller units."


class NothingToImport(Invalid):
    """There is no row below the header."""

    code = "registry.import.nothing_to_import"
    message_vi = "Không có dòng nào dưới tiêu đề."
    message_en = "There is no row below the header."


# --- the batch ---------------------------------------------------------------


class ImportUnknown(NotFound):
    """There is no such batch, or it is not the caller's."""

    code = "registry.import.unknown"
    message_vi = "Không có đợt nhập {batch_id}."
    message_en = "There is no import {batch_id}."


class ImportFileDestroyed(NotFound):
    """What was sent has been destroyed after the days for which it is kept."""

    code = "registry.import.file_destroyed"
    message_vi = "Nội dung tệp của đợt nhập đã được hủy theo thời hạn lưu."
    message_en = "The content of the import was destroyed when its time was over."


class ImportNotChecked(Conflict):
    """The rows of the batch are still being checked."""

    code = "registry.import.not_checked"
    message_vi = "Đợt nhập đang được kiểm tra; hãy thử lại sau."
    message_en = "The import is still being checked; try again later."


class ImportNotApplied(Conflict):
    """Only a batch that was applied can be withdrawn."""

    code = "registry.import.not_applied"
    message_vi = "Đợt nhập đang ở trạng thái {state}, không có gì để rút."
    message_en = "The import is {state}; there is nothing to withdraw."


class LaterFacts(Conflict):
    """Something was recorded later about what the batch brought."""

    code = "registry.import.later_facts"
    message_vi = (
        "Có {count} mục của đợt nhập đã phát sinh việc sau đó ({ids}); hãy liệt kê"
        " các mục được giữ lại."
    )
    message_en = (
        "{count} of the import's items have later facts ({ids}); list those to keep."
    )


# --- one cell ----------------------------------------------------------------


class CellMissing(Invalid):
    """A cell that has to be filled is empty."""

    code = "registry.import.cell_missing"
    message_vi = "Ô bắt buộc đang để trống."
    message_en = "The cell has to be filled."


class CellIsFormula(Invalid):
    """A formula stands where a value has to stand."""

    code = "registry.import.cell_is_formula"
    message_vi = "Ô chứa công thức; hãy dán lại thành giá trị."
    message_en = "The cell holds a formula; paste it as a value."


class CellNotText(Invalid):
    """A cell with a text holds something else."""

    code = "registry.import.cell_not_text"
    message_vi = "Ô phải là văn bản."
    message_en = "The cell has to hold a text."


class CellTooLong(Invalid):
    """A text is longer than it may be."""

    code = "registry.import.cell_too_long"
    message_vi = "Văn bản dài quá {limit} ký tự."
    message_en = "The text is longer than {limit} characters."


class NameNotAName(Invalid):
    """A name needs two letters at least and has no digits."""

    code = "registry.import.name_not_a_name"
    message_vi = "Họ và tên cần ít nhất hai chữ cái và không có chữ số."
    message_en = "A name has two letters at least and no digit."


class DateNotADate(Invalid):
    """A cell with a day holds something that is none."""

    code = "registry.import.date_not_a_date"
    message_vi = "Không phải là ngày; hãy nhập kiểu ngày của Excel hoặc YYYY-MM-DD."
    message_en = "This is no day; use a date of Excel or YYYY-MM-DD."


class DateAmbiguous(Invalid):
    """A day was typed so that day and month can be taken for each other."""

    code = "registry.import.date_ambiguous"
    message_vi = (
        "Ngày gõ dạng chữ, không rõ đâu là ngày đâu là tháng; hãy dùng kiểu ngày của"
        " Excel hoặc YYYY-MM-DD."
    )
    message_en = (
        "The day is typed as text and can be read in two ways; use a date of Excel"
        " or YYYY-MM-DD."
    )


class DateOutOfRange(Invalid):
    """A day lies so far off that it must be a slip."""

    code = "registry.import.date_out_of_range"
    message_vi = "Ngày nằm ngoài khoảng có thể (từ {first} đến {last})."
    message_en = "The day lies outside what is possible (from {first} to {last})."


class CitizenIdMalformed(Invalid):
    """A personal identification number has 12 digits."""

    code = "registry.import.citizen_id_malformed"
    message_vi = "Số định danh cá nhân phải gồm đúng 12 chữ số."
    message_en = "The identification number has exactly 12 digits."


class OldIdMalformed(Invalid):
    """The number of an old identity card has 9 digits."""

    code = "registry.import.old_id_malformed"
    message_vi = "Số CMND cũ phải gồm đúng 9 chữ số."
    message_en = "The number of the old card has exactly 9 digits."


class PhoneMalformed(Invalid):
    """A telephone number has 9 to 12 digits."""

    code = "registry.import.phone_malformed"
    message_vi = "Số điện thoại phải gồm 9 đến 12 chữ số."
    message_en = "A telephone number has 9 to 12 digits."


class NotInList(Invalid):
    """A value is none of the closed list of its column."""

    code = "registry.import.not_in_list"
    message_vi = "Giá trị không có trong danh mục; chọn một trong: {choices}."
    message_en = "The value is not in the list; choose one of: {choices}."


class UnitNotFound(Invalid):
    """No unit of the area bears this code or name on the first day of service."""

    code = "registry.import.unit_not_found"
    message_vi = "Không có đơn vị này trong địa bàn vào ngày {on}."
    message_en = "There is no such unit in the area on {on}."


class UnitNameAmbiguous(Invalid):
    """Several units of the area bear the name."""

    code = "registry.import.unit_name_ambiguous"
    message_vi = "Có {count} đơn vị cùng tên ({codes}); hãy ghi mã đơn vị."
    message_en = "{count} units bear this name ({codes}); give the code."


class UnitToChoose(Invalid):
    """A former name, an old code or a short form may mean several units of that day."""

    code = "registry.import.unit_to_choose"
    message_vi = "Tên hoặc mã này có thể là: {candidates}; hãy ghi mã đơn vị."
    message_en = "This name or code may mean: {candidates}; give the code of the unit."


class TeamAmbiguous(Conflict):
    """Several teams of the unit bear the name."""

    code = "registry.import.team_ambiguous"
    message_vi = "Đơn vị có {count} lực lượng cùng loại, cùng tên vào ngày này."
    message_en = "The unit has {count} forces of this kind and name on that day."


class DecisionIncomplete(Invalid):
    """A decision has a number and a day."""

    code = "registry.import.decision_incomplete"
    message_vi = "Quyết định cần đủ số, ngày và người ký."
    message_en = "A decision has a number, a day and somebody who signed it."


class DecisionNumberMalformed(Invalid):
    """A decision is numbered like 12/QĐ-UBND."""

    code = "registry.import.decision_number_malformed"
    message_vi = "Số quyết định phải có dạng như 12/QĐ-UBND."
    message_en = "The number of a decision looks like 12/QĐ-UBND."


class RowTwice(Conflict):
    """The same person stands in the file twice."""

    code = "registry.import.row_twice"
    message_vi = "Người này đã có ở dòng {other_row} của tệp."
    message_en = "The person stands in row {other_row} of the file already."


class PersonServesAlready(Conflict):
    """The person serves in a force already; one service at a time."""

    code = "registry.import.person_serves_already"
    message_vi = "Người này đang tham gia một lực lượng khác (từ ngày {since})."
    message_en = "The person serves in another force already (since {since})."


class RowChangedMeanwhile(Conflict):
    """The register changed between check and application: the rules say no by now."""

    code = "registry.import.row_changed_meanwhile"
    message_vi = "Dữ liệu đã thay đổi sau khi kiểm tra nên dòng này không được ghi."
    message_en = "The register changed after the check, so that this row was left out."


class IdsOfDifferentPeople(Conflict):
    """The two numbers of a row belong to different people of the register."""

    code = "registry.import.ids_of_different_people"
    message_vi = "Hai số giấy tờ của dòng này thuộc về hai người khác nhau."
    message_en = "The two numbers of the row belong to different people."


class MemberHasLaterFacts(Conflict):
    """An enrolment with later facts does not end as if it had never been."""

    code = "registry.member.has_later_facts"
    message_vi = "Thành viên {member_id} đã có việc ghi nhận sau khi được công nhận."
    message_en = "Member {member_id} has facts that are later than the enrolment."


class ForceUnitHasMembers(Conflict):
    """A force with people in it does not end as if it had never been."""

    code = "registry.force_unit.has_members"
    message_vi = "Đơn vị lực lượng {force_unit_id} còn có thành viên."
    message_en = "The force unit {force_unit_id} has members."
