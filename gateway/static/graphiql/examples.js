"use strict";

// Read by page.js and tried against the schema by tests/gateway/test_explorer_page.py.
const EXAMPLES = [
  {
    title: "Đơn vị: Bắc Kạn năm 2023 và nay",
    query: `# Mã 06 vào năm 2023 là tỉnh Bắc Kạn; nay thuộc tỉnh Thái Nguyên.
query DonVi {
  unit(code: "06", on: "2023-12-14") {
    id
    name
    level
    validTo
    successors { kind whole unit { id code name } }
    children(first: 20, on: "2023-12-14") { nodes { id code name } }
  }
}
`,
  },
  {
    title: "Số liệu năm 2023 của Bắc Kạn",
    query: `# Kỳ báo cáo năm 2023: từ 15/12/2022 đến 14/12/2023.
query SoLieu {
  unit(code: "06", on: "2023-12-14") {
    name
    figures(period: { year: 2023 }) {
      period { nameVi firstDay lastDay }
      lines { nameVi unitOfCount value samePeriodLastYear change }
      freshness { waitingFacts sources { source caughtUp completeToPosition } }
    }
  }
}
`,
  },
  {
    title: "Số liệu 2023 quy đổi về Thái Nguyên ngày nay",
    query: `# Cần mã của agency: phạm vi của officer chỉ là Bắc Kạn.
query QuyDoi {
  unit(code: "19") {
    id
    name
    figures(period: { year: 2023 }, geography: RESTATED) {
      lines { nameVi value }
      refusal { messageVi }
    }
  }
}
`,
  },
  {
    title: "Lực lượng ở cơ sở",
    query: `query LucLuong {
  unit(code: "06", on: "2023-12-14") {
    name
    strength(on: "2023-12-14") { forceType forceUnits members }
  }
  forceUnits(unit: { code: "06" }, on: "2023-12-14", first: 20) {
    nodes { id forceType headcount unit { name } establishedOn }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    title: "Các buổi tuyên truyền gần nhất",
    query: `query TuyenTruyen {
  sessions(first: 20, filter: { fromDay: "2022-12-15", toDay: "2023-12-14" }) {
    nodes { id heldOn attendance organiser origin unit { name } }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    title: "Mô hình và điểm mô hình",
    query: `query MoHinh {
  models(first: 20) { nodes { id name keeper fields points } }
  modelPoints(first: 20) { nodes { areaName openedOn model { name } unit { name } } }
}
`,
  },
  {
    title: "Số tin báo (không có nội dung)",
    query: `query TinBao {
  unit(code: "06", on: "2023-12-14") {
    name
    tipCounts(fromDay: "2022-12-15", toDay: "2023-12-14") {
      received valuable smallCountsHidden
    }
  }
}
`,
  },
  {
    title: "Lệnh: ghi nhận một buổi tuyên truyền",
    query: `# Trang này tự gửi Idempotency-Key mới cho mỗi lần bấm.
mutation GhiNhan {
  sessionHold(
    input: {
      unit: { code: "01840" }
      heldOn: "2023-03-15"
      kind: OUTREACH
      attendance: 60
      organiser: "police"
      venue: "Nhà văn hóa"
    }
  ) {
    session { id attendance unit { name } }
    userErrors { field messageVi code }
  }
}
`,
  },
  {
    title: "Theo dõi số liệu thay đổi",
    query: `# Thay ID bằng id lấy từ câu hỏi đơn vị.
subscription TheoDoi($unit: ID!) {
  figuresChanged(unitId: $unit, period: { year: 2023 }) {
    unitName
    lines { nameVi value }
  }
}
`,
  },
];
