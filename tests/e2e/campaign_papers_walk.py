"""A part of service_walk.py: the papers of a campaign."""
import io

import openpyxl


def papers(clerk, enterprise, problem):
    """安排表, 台账 and 通报 as files; a 通报 goes on as a draft."""
    book, _ = clerk.ok("GET", "/ledger/schedule.xlsx")
    told = {cell.value for row in openpyxl.load_workbook(io.BytesIO(book)).active for cell in row}
    assert enterprise in told, "the schedule misses " + enterprise
    assert clerk.ok("GET", "/ledger/schedule.pdf")[0].startswith(b"%PDF-")
    book, _ = clerk.ok("GET", "/ledger/problems.xlsx")
    told = {cell.value for row in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
            for cell in row}
    assert problem in told, "the ledger misses " + problem
    assert clerk.ok("GET", "/ledger/problems.pdf")[0].startswith(b"%PDF-")
    for period in ("2026-05", "2026Q2", "2026"):
        pages, _ = clerk.ok("GET", "/ledger/bulletin.pdf", query={"period": period})
        assert pages.startswith(b"%PDF-")
        content, _ = clerk.ok("GET", "/ledger/bulletin", query={"period": period})
        draft, _ = clerk.ok("POST", "/drafts", content)
        assert draft["title"].endswith("的通报"), draft["title"]
        again, _ = clerk.ok("GET", f"/drafts/{draft['id']}/document.pdf")
        assert again.count(b"/Contents") == pages.count(b"/Contents"), "not the pages of " + period
    clerk.refused("campaign.period", "GET", "/ledger/bulletin", query={"period": "2026-13"})
    clerk.refused("campaign.period", "GET", "/ledger/bulletin.pdf",
                  query={"period": "2026-13"})
    clerk.refused("campaign.not-found", "GET", "/ledger/schedule.pdf",
                  query={"campaign": "none"})
