"""A part of service_walk.py: the papers of a campaign."""
import io
import json
import os
import zipfile

import openpyxl
import yaml

from service_client import ROOT


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


def campaign_files(change=lambda name, text: text):
    """The sample's campaign as a ZIP, its files changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        for name in os.listdir(os.path.join(ROOT, "samples/campaign")):
            with open(os.path.join(ROOT, "samples/campaign", name), encoding="utf-8") as file:
                container.writestr("云岭/" + name, change(name, file.read()))
    return packed.getvalue()


def notice(clerk, admin, enterprise):
    """The notice brings the campaign that it names: its 安排表 and its 考核细则 are annexes, which stay
    as they were when it was submitted."""
    with open(os.path.join(ROOT, "samples/notice/notice.yaml"), encoding="utf-8") as file:
        data = json.loads(json.dumps(yaml.safe_load(file), default=str))
    name = clerk.ok("GET", "/campaigns")[0]["items"][0]["name"]
    bare, _ = clerk.ok("POST", "/drafts/preview", {"template": "notice", "data": data})
    body = {"template": "notice", "data": dict(data, campaign=name)}
    whole, _ = clerk.ok("POST", "/drafts/preview", body)
    assert whole.count(b"/Contents") > bare.count(b"/Contents") + 5
    for method, path in (("POST", "/drafts"), ("POST", "/drafts/preview"), ("POST", "/drafts/lint")):
        clerk.refused("campaign.not-found", method, path,
                      {"template": "notice", "data": dict(data, campaign="none")})
    draft, tag = clerk.ok("POST", "/drafts", body)
    assert draft["data"]["campaign"] == name
    path = f"/drafts/{draft['id']}"
    before, _ = clerk.ok("GET", path + "/tables.xlsx")
    told = {cell.value for sheet in openpyxl.load_workbook(io.BytesIO(before))
            for row in sheet for cell in row}
    assert enterprise in told, "the annex misses " + enterprise
    measures, _ = clerk.ok("GET", path + "/measures")
    assert measures["violates"] == 0
    clerk.ok("POST", path + "/submit", If_Match=tag)
    goal = "全年营业收入不低于2710万元"
    admin.ok("POST", "/campaigns", raw=campaign_files(
        lambda name, text: text.replace(goal, "全年营业收入不低于9999万元，每季度报一次进展，年底核实")))
    changed, _ = clerk.ok("POST", "/drafts/preview", body)
    assert changed != whole, "the campaign is as it was"
    assert clerk.ok("GET", path + "/tables.xlsx")[0] == before
    assert clerk.ok("GET", path + "/measures")[0] == measures
    admin.ok("POST", "/campaigns", raw=campaign_files())
