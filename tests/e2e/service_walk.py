"""What a county office does in a day, through the service: service_walk.py BINARY FOLDER [DATABASE]"""
import base64
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from xml.dom import minidom

import openpyxl

from campaign_papers_walk import campaign_files, notice, papers
from escalations_walk import escalations
from own_files_walk import comparisons, decisions, proofs
from service_client import ROOT, Client, Contract, Server, begin


def enterprises(people):
    clerk = people["经办"]
    with open(os.path.join(ROOT, "samples/enterprises.xlsx"), "rb") as file:
        sheet = file.read()
    query = {"filename": "企业.xlsx"}
    preview, _ = clerk.ok("POST", "/enterprises/preview", raw=sheet, query=query)
    done, _ = clerk.ok("POST", "/enterprises/import", raw=sheet, query=query)
    good, _ = clerk.ok("POST", "/enterprises/preview/good.xlsx", raw=sheet, query=query)
    again, _ = clerk.ok("POST", "/enterprises/preview", raw=good, query={"filename": "好.xlsx"})
    assert preview["refused"] and not again["refused"], again["refused"][:3]
    assert 0 < again["enterprises"] < preview["enterprises"], again["enterprises"]
    place = next(each["field"] for each in preview["refused"] if "负数" in str(each))
    mended = dict(query, cells=json.dumps({place: "124"}))
    good, _ = clerk.ok("POST", "/enterprises/preview/good.xlsx", raw=sheet, query=mended)
    more, _ = clerk.ok("POST", "/enterprises/preview", raw=good, query={"filename": "好.xlsx"})
    assert more["enterprises"] == again["enterprises"] + 1, more["enterprises"]
    clerk.refused("sheet.format", "POST", "/enterprises/preview/good.xlsx", raw=b"{}",
                  query={"filename": "a.json"})
    assert preview["added"] == done["added"] == done["enterprises"] > 300, done
    again, _ = clerk.ok("POST", "/enterprises/import", raw=sheet, query=query)
    assert again["unchanged"] == done["added"] and again["updated"] == 0, again
    page, _ = clerk.ok("GET", "/enterprises", query={"limit": 3, "q": "有限"})
    one = page["items"][0]
    found, tag = clerk.ok("GET", f"/enterprises/{one['id']}")
    assert found["facts"]["企业名称"] == one["title"]
    assert clerk("GET", f"/enterprises/{one['id']}", If_None_Match=tag)[0] == 304
    before, _ = clerk.ok("POST", "/match", {"enterprise": one["id"]})
    changes = {"企业名称": one["title"], "从业人数": 7, "应纳税所得额": 90000}
    what_if, _ = clerk.ok("POST", "/whatif", {"enterprise": one["id"], "changes": changes})
    changed, new_tag = clerk.ok("PATCH", f"/enterprises/{one['id']}", changes, If_Match=tag)
    assert changed["facts"]["从业人数"] == 7 and new_tag != tag
    clerk.refused("store.stale", "PATCH", f"/enterprises/{one['id']}", changes, If_Match=tag)
    after, _ = clerk.ok("POST", "/match", {"enterprise": one["id"]})
    status = [{m["policy"]: m["status"] for m in each["matches"]} for each in (before, after)]
    told = {c["policy"] for c in what_if["changes"]}
    assert {p for p in status[0] if status[0][p] != status[1][p]} <= told, (told, status)
    screened, _ = clerk.ok("POST", "/match/screen", {"enterprise": one["id"]})
    assert {p["policy"]: p["status"] for p in screened["policies"]} == status[1]
    for advice in ("questions", "nearest", "portfolio"):
        clerk.ok("POST", "/" + advice, {"enterprise": one["id"]})
    report, _ = clerk.ok("GET", f"/enterprises/{one['id']}/report.pdf")
    assert report.startswith(b"%PDF-")
    calendar, _ = clerk.ok("GET", "/calendar.ics", query={"enterprise": one["id"]})
    assert calendar.startswith(b"BEGIN:VCALENDAR")
    people["查看"].refused("session.forbidden", "DELETE", f"/enterprises/{one['id']}", If_Match=tag)
    return one["id"]


def policies(people, enterprise):
    reader = people["查看"]
    page, _ = reader.ok("GET", "/policies", query={"limit": 5})
    assert page["total"] > 40 and len(page["items"]) == 5
    name = page["items"][0]["id"]
    policy, _ = reader.ok("GET", f"/policies/{name}")
    assert policy["title"] in policy["text"]
    reader.ok("GET", "/facts")
    hits, _ = reader.ok("GET", "/library/search", query={"q": "容缺受理", "limit": 5})
    assert hits["hits"], hits
    reader.ok("GET", f"/library/documents/{hits['hits'][0]['id']}")
    reader.ok("GET", f"/library/documents/{hits['hits'][0]['id']}/citations")
    like, _ = reader.ok("GET", f"/library/documents/{hits['hits'][0]['id']}/like")
    assert hits["hits"][0]["id"] not in {hit["id"] for hit in like["hits"]} and like["hits"]
    bulk, _ = reader.ok("POST", "/match/bulk", {"policies": [name]})
    qualified, _ = reader.ok("GET", f"/policies/{name}/enterprises")
    assert bulk["enterprises"] == len(qualified["items"]) == sum(
        bulk["policies"][0]["counts"].values())
    assert enterprise in {item["enterprise"] for item in qualified["items"]}
    lines, _ = reader.ok("POST", "/match/bulk", {"policies": [name]},
                         Accept="application/x-ndjson")
    assert len(lines.splitlines()) == bulk["enterprises"]


def circulars(people):
    """A circular of the county's own: handed in, read, found, downloaded, taken out."""
    clerk, reader = people["经办"], people["查看"]
    text = "云岭县人民政府关于办好零工驿站的通知\n\n各乡镇人民政府：\n零工驿站由各乡镇承办。\n".encode()
    query = {"filename": "零工驿站.txt"}
    status, _, _ = reader("POST", "/library/files", raw=text, query=query)
    assert status == 403, status
    handed, _ = clerk.ok("POST", "/library/files", raw=text, query=query, Idempotency_Key="f1")
    again, _ = clerk.ok("POST", "/library/files", raw=text, query=query, Idempotency_Key="f1")
    assert again["job"]["id"] == handed["job"]["id"]
    clerk.ok("GET", f"/jobs/{handed['job']['id']}/events")
    taken, _ = reader.ok("GET", "/library/files")
    file = taken["items"][0]
    assert file["state"] == "已入库" and file["title"].endswith("零工驿站的通知"), file
    hits, _ = reader.ok("GET", "/library/search", query={"q": "零工驿站"})
    assert (hits["hits"][0]["id"], hits["hits"][0]["own"]) == (file["id"], True), hits["hits"]
    reader.ok("GET", f"/library/documents/{file['id']}")
    assert reader.ok("GET", f"/library/files/{file['id']}/content")[0] == text
    lines, _ = clerk.ok("GET", f"/jobs/{handed['job']['id']}/result")
    assert len(lines.splitlines()) == 1
    people["管理"].ok("DELETE", f"/library/files/{file['id']}")
    clerk.refused("library.no-document", "GET", f"/library/documents/{file['id']}")


def answered(people):
    """A passage marked as the answer of a question: first from then on, until it is taken back."""
    clerk, reader = people["经办"], people["查看"]
    question = {"q": "老板来办事要带齐哪些本本"}
    hits, _ = reader.ok("GET", "/library/search", query=question)
    last = hits["hits"][-1]
    body = {"question": question["q"], "document": last["id"], "passage": max(last["passage"], 1)}
    reader.refused("session.forbidden", "POST", "/library/answers", body)
    mark, _ = clerk.ok("POST", "/library/answers", body)
    hits, _ = reader.ok("GET", "/library/search", query=question)
    assert hits["hits"][0]["id"] == last["id"], hits["hits"]
    assert hits["hits"][0]["answers"][0]["id"] == mark["id"], hits["hits"][0]
    listed, _ = reader.ok("GET", "/library/answers")
    assert listed["items"][0]["acts"] is True
    people["审核"].refused("session.forbidden", "DELETE", f"/library/answers/{mark['id']}")
    clerk.ok("DELETE", f"/library/answers/{mark['id']}")
    kept, _ = reader.ok("GET", "/library/answers", query={"removed": "true"})
    assert kept["items"][0]["removed_by"], kept


def drafts(people):
    clerk, reviewer, signer = people["经办"], people["审核"], people["签发"]
    listed, _ = clerk.ok("GET", "/templates")
    assert any(item["name"] == "general-notice" for item in listed["items"])
    sample = clerk.ok("GET", "/templates/general-notice")[0]["sample"]
    text = {"template": "general-notice", "data": sample}
    preview, _ = clerk.ok("POST", "/drafts/preview", text)
    assert preview.startswith(b"%PDF-")
    clerk.refused("data.missing", "POST", "/drafts/preview", dict(text, data={}))
    clerk.ok("POST", "/drafts/lint", text)
    draft, tag = clerk.ok("POST", "/drafts", text)
    path = f"/drafts/{draft['id']}"
    _, tag = clerk.ok("PUT", path, dict(text, title="集中兑现通知"), If_Match=tag)
    _, tag = clerk.ok("POST", path + "/submit", If_Match=tag)
    _, tag = reviewer.ok("POST", path + "/review", {"approve": False, "comment": "改日期"}, If_Match=tag)
    waiting, _ = clerk.ok("GET", "/dashboard")
    assert [item["id"] for item in waiting["drafts"]] == [draft["id"]]
    _, tag = clerk.ok("POST", path + "/submit", If_Match=tag)
    _, tag = reviewer.ok("POST", path + "/review", {"approve": True}, If_Match=tag)
    signed, _ = signer.ok("POST", path + "/sign", {"approve": True}, If_Match=tag)
    assert signed["state"] == "已签发" and [s["step"] for s in signed["steps"]] == [
        "送审", "退回", "送审", "审核", "签发"]
    pages, _ = clerk.ok("GET", path + "/document.pdf")
    assert pages.startswith(b"%PDF-")
    locked, _ = clerk.ok("POST", path + "/document.pdf", {"password": "云岭9"})
    assert locked.startswith(b"%PDF-") and b"/Encrypt" in locked and b"/Encrypt" not in pages
    for password in ("长" * 60, "\0云岭9"):  # cut short, and empty
        clerk.refused("pdf.encrypt", "POST", path + "/document.pdf", {"password": password})
    measures, _ = reviewer.ok("GET", path + "/measures")
    assert measures["conforms"] > 20 and measures["violates"] == 0, measures
    book, _ = clerk.ok("GET", path + "/tables.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(book)).active.max_row > 3
    spare, spare_tag = clerk.ok("POST", "/drafts", text)
    clerk.ok("DELETE", f"/drafts/{spare['id']}", If_Match=spare_tag)
    assert clerk.ok("GET", "/drafts")[0]["total"] == 1
    clerk.ok("GET", path)


def campaigns(people):
    """The campaign's files as they came in on the command line: nothing new in them."""
    admin = people["管理"]
    would, _ = admin.ok("POST", "/campaigns/preview", raw=campaign_files())
    did, _ = admin.ok("POST", "/campaigns", raw=campaign_files())
    assert would == did and not did["fresh"] and did["problems"] == did["events"] == 0, did
    items = people["查看"].ok("GET", "/campaigns")[0]["items"]
    assert [each["name"] for each in items] == [did["name"]] and items[0]["problems"] == 60, items


def ledger(people):
    clerk, reviewer = people["经办"], people["审核"]
    page, _ = clerk.ok("GET", "/ledger/problems", query={"limit": 3})
    assert page["total"] > 10, page
    enterprise = page["items"][0]["enterprise"]
    held, _ = clerk.ok("GET", "/ledger")
    assert enterprise in held["enterprises"] and page["items"][0]["unit"] in held["units"]
    made, tag = clerk.ok("POST", "/ledger/problems", {
        "enterprise": enterprise, "category": "融资", "level": "县级", "scope": "个性",
        "source": "走访", "matter": "流动资金紧张"})
    assert made["stage"] == "已登记" and "交办" in made["next"], made
    path = f"/ledger/problems/{made['id']}"
    today = people["today"]
    steps = [(clerk, {"kind": "交办", "to": page["items"][0]["unit"], "due": today}),
             (clerk, {"kind": "办理", "degree": 0.5, "note": "对接银行"}),
             (clerk, {"kind": "办结", "note": "贷款到账"}),
             (clerk, {"kind": "回访", "view": "满意"})]
    for person, step in steps:
        found, tag = person.ok("POST", path + "/events", step, If_Match=tag)
    assert clerk.ok("GET", path)[0]["next"] == ["回访", "退回"]
    assert reviewer.ok("GET", path)[0]["next"] == ["回访", "销号", "退回"]
    clerk.refused("session.forbidden", "POST", path + "/events", {"kind": "销号"}, If_Match=tag)
    reviewer.refused("ledger.changed", "POST", path + "/events", {"kind": "销号"}, If_Match='"v1"')
    closed, _ = reviewer.ok("POST", path + "/events", {"kind": "销号"}, If_Match=tag)
    assert closed["stage"] == "已销号" and len(closed["events"]) == 6, closed
    assert clerk.ok("GET", path)[0]["version"] == 6
    figures, _ = clerk.ok("GET", "/ledger/statistics", query={"by": "unit"})
    assert sum(row["发现"] for row in figures["rows"]) == figures["all"]["发现"] == page["total"] + 1
    for row in [figures["all"]] + figures["rows"][:3]:
        part = {"by": "unit", "part": row["名称"]} if "名称" in row else {}
        for count in ("发现", "化解", "销号", "在办", "逾期"):
            behind, _ = clerk.ok("GET", "/ledger/problems", query={"count": count, "limit": 1, **part})
            assert behind["total"] == row[count], (row, count, behind["total"])
    ended, _ = clerk.ok("GET", "/ledger/problems", query={"stage": "已销号"})
    assert ended["total"] == figures["all"]["销号"]
    papers(clerk, enterprise, made["id"])
    notice(clerk, people["管理"], enterprise)
    listed, _ = people["考核"].ok("GET", "/assessments")
    assessment, _ = people["考核"].ok("GET", f"/assessments/{listed['items'][0]['name']}")
    assert assessment["scores"]
    files = f"/assessments/{listed['items'][0]['name']}"
    book, _ = people["考核"].ok("GET", files + "/assessment.xlsx")
    units = {score["对象"] for score in assessment["scores"]}
    told = {str(cell.value) for sheet in openpyxl.load_workbook(io.BytesIO(book)) for row in sheet
            for cell in row}
    assert units <= told, units - told
    assert people["考核"].ok("GET", files + "/ranking.pdf")[0].startswith(b"%PDF-")


def rules(people, name, sample):
    admin = people["管理"]
    path = "/rules/" + name
    empty, tag = admin.ok("GET", path)
    assert empty["text"] == "" and tag == '"v0"', (empty, tag)
    with open(os.path.join(ROOT, sample), encoding="utf-8") as file:
        text = {"text": file.read()}
    people["经办"].refused("session.forbidden", "PUT", path, text, If_Match=tag)
    admin.refused("campaign.missing-key", "PUT", path, {"text": "county: 云岭县"}, If_Match=tag)
    _, tag = admin.ok("PUT", path, text, If_Match=tag)
    admin.refused("store.stale", "PUT", path, text, If_Match='"v0"')
    assert people["查看"].ok("GET", path)[0]["text"] == text["text"]


def inspections(people):
    clerk = people["经办"]
    with open(os.path.join(ROOT, "samples/inspections/plans.csv"), "rb") as file:
        plans = file.read()
    query = {"filename": "检查计划.csv"}
    clerk.refused("rules.none", "POST", "/inspections/plans", raw=plans, query=query)
    rules(people, "inspections", "samples/inspections/rules.yaml")
    clerk.refused("inspection.cell", "POST", "/inspections/plans",
                  raw=plans.replace(b"2026-06-10", "某日".encode()), query=query)
    clerk.refused("inspection.year", "POST", "/inspections/plans",
                  raw=plans.replace(b"2026-06-10", b"2027-06-10"), query=query)
    plan, tag = clerk.ok("POST", "/inspections/plans", raw=plans, query=query)
    assert plan["rows"] == 24, plan
    figures, _ = clerk.ok("GET", "/inspections")
    assert figures == {"planned": 24, "repeats": 3, "exempt": 2, "visits": 10, "joint": 6,
                       "moved": 6}, figures  # as huice inspections tells of the same files
    book, _ = clerk.ok("GET", "/inspections/calendar.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames == ["入企检查安排", "重复事项", "例外"]
    assert clerk.ok("GET", "/inspections/calendar.pdf")[0].startswith(b"%PDF-")
    listed, _ = people["查看"].ok("GET", "/inspections/plans")
    assert [item["id"] for item in listed["items"]] == [plan["id"]]
    clerk.ok("DELETE", f"/inspections/plans/{plan['id']}", If_Match=tag)
    assert clerk.ok("GET", "/inspections")[0]["planned"] == 0


def applications(people):
    clerk = people["经办"]
    with open(os.path.join(ROOT, "samples/enterprises.csv"), "rb") as file:
        sheet = file.read()
    clerk.ok("POST", "/enterprises/import", raw=sheet, query={"filename": "企业.csv"})
    found, _ = clerk.ok("GET", "/enterprises", query={"q": "德昌五金"})
    path = f"/enterprises/{found['items'][0]['id']}/application"
    policy = "yl-equipment-renewal-2026"
    about = {"policy": policy, "on": "2026-11-20"}
    assert clerk.ok("GET", "/applications")[0]["items"] == []
    clerk.refused("rules.none", "GET", path, query=about)
    rules(people, "acceptance", "samples/acceptance/list.yaml")
    listed, _ = clerk.ok("GET", "/applications")
    papers = next(item["papers"] for item in listed["items"] if item["policy"] == policy)
    main = [paper["name"] for paper in papers if paper["main"]]
    assert clerk.ok("GET", path, query=about)[0]["outcome"] == "不予受理"
    about["held"] = json.dumps(main)
    answer, _ = clerk.ok("GET", path, query=about)
    assert answer["outcome"] == "容缺受理" and answer["complete_by"] > "2026-11-20", answer
    assert clerk.ok("GET", path + ".pdf", query=about)[0].startswith(b"%PDF-")
    book, _ = clerk.ok("GET", path + ".xlsx", query=about)
    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames == ["申请表"]
    clerk.refused("application.held", "GET", path, query=dict(about, held="营业执照"))
    clerk.refused("acceptance.paper", "GET", path, query=dict(about, held='["驾驶证"]'))


def cell_of(sheet, row_name, column_name):
    """The cell of the row that has `row_name` in it, under the heading `column_name`."""
    heading = next(row for row in sheet if column_name in [cell.value for cell in row])
    column = [cell.value for cell in heading].index(column_name)
    return next(row for row in sheet if row_name in [cell.value for cell in row])[column]


def brought_back(book, row_name, edits):
    """What goes to the service when a workbook comes back with cells of a row changed."""
    wrote = openpyxl.load_workbook(io.BytesIO(book))
    for column, text in edits.items():
        cell_of(wrote.worksheets[0], row_name, column).value = text
    file = io.BytesIO()
    wrote.save(file)
    return {"sent": base64.b64encode(book).decode(),
            "returned": base64.b64encode(file.getvalue()).decode()}


def returned(people):
    clerk = people["经办"]
    enterprise = clerk.ok("GET", "/ledger")[0]["enterprises"][0]
    book, _ = clerk.ok("GET", "/ledger/schedule.xlsx")
    body = brought_back(book, enterprise, {"帮扶目标": "年底前扭亏", "主要困难": "订单少"})
    look, tag = clerk.ok("POST", "/ledger/returned/preview", body)
    assert look["sheet"] == "安排表" and look["sound"] and not look["accepted"], look
    assert [cell["fate"] for cell in look["cells"]] == ["收", "收"], look
    taken, _ = clerk.ok("POST", "/ledger/returned/import", body, If_Match=tag)
    assert taken["accepted"], taken
    again, _ = clerk.ok("GET", "/ledger/schedule.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(again)).worksheets[0]
    assert cell_of(sheet, enterprise, "帮扶目标").value == "年底前扭亏"
    other = brought_back(book, enterprise, {"帮扶目标": "减亏一半"})
    clerk.refused("campaign.changed", "POST", "/ledger/returned/import",
                  brought_back(again, enterprise, {"帮扶目标": "减亏"}), If_Match=tag)
    look, tag = clerk.ok("POST", "/ledger/returned/preview", other)
    assert look["cells"][0]["kind"] == "冲突" and not look["sound"], look
    clerk.refused("campaign.returned", "POST", "/ledger/returned/import", other, If_Match=tag)
    other["theirs"] = [look["cells"][0]["where"]]
    assert clerk.ok("POST", "/ledger/returned/import", other, If_Match=tag)[0]["accepted"]

    problem = clerk.ok("GET", "/ledger/problems", query={"stage": "办理中", "limit": 1})[0]["items"][0]
    book, _ = clerk.ok("GET", "/ledger/problems.xlsx")
    body = brought_back(book, problem["id"], {"状态": "已办结", "最近经过": "当面核过"})
    look, tag = clerk.ok("POST", "/ledger/returned/preview", body)
    assert look["sheet"] == "问题台账" and look["cells"][0]["becomes"].endswith("办结：当面核过"), look
    clerk.ok("POST", "/ledger/returned/import", body, If_Match=tag)
    assert clerk.ok("GET", f"/ledger/problems/{problem['id']}")[0]["stage"] == "已办结"
    unfinished = brought_back(book, problem["id"], {"状态": "已销号", "问题事项": "没有问题"})
    refused, _ = clerk.ok("POST", "/ledger/returned/preview", unfinished)
    assert [cell["fate"] for cell in refused["cells"]] == ["拒", "拒"], refused
    log, _ = people["管理"].ok("GET", "/audit", query={"limit": 20})
    actions = [entry["action"] for entry in log["items"]]
    assert "台账.收回" in actions and "安排表.收回" in actions, actions


def in_libreoffice(folder, book, target, item, score):
    """The workbook after LibreOffice opened it, a score was written over and it was saved."""
    def converted(name, to, content):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless",
                        "--convert-to", to, "--outdir", os.path.join(folder, "converted"),
                        os.path.join(folder, name)], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        with open(os.path.join(folder, "converted", f"{os.path.splitext(name)[0]}.{to}"), "rb") as file:
            return file.read()
    document = minidom.parseString(converted("scores.xlsx", "fods", book))
    for cell in document.getElementsByTagName("table:table-cell"):
        if cell.hasAttribute("table:formula") and cell.hasAttribute("office:value"):
            cell.removeAttribute("office:value")  # worked out anew
    table = next(each for each in document.getElementsByTagName("table:table")
                 if each.getAttribute("table:name") == target)
    text = lambda node: node.data if node.nodeValue else "".join(map(text, node.childNodes))
    cells = next(cells for cells in (row.getElementsByTagName("table:table-cell")
                                     for row in table.getElementsByTagName("table:table-row"))
                 if item in [text(cell).strip() for cell in cells])
    named = [text(cell).strip() for cell in cells].index(item)
    cells[named + 2].setAttribute("office:value", str(score))
    return converted("written.fods", "xlsx", document.toxml("utf-8"))


def told_total(book, target):
    sheet = openpyxl.load_workbook(io.BytesIO(book), data_only=True)[target]
    return cell_of(sheet, "合计", "得分").value


def scores(people, server, folder):
    """A score is reviewed on a sheet that comes back, then in place: who and why is told."""
    judge = people["考核"]
    name = judge.ok("GET", "/assessments")[0]["items"][0]["name"]
    path = f"/assessments/{name}"

    def standing(assessment, target):
        sheet = next(each for each in assessment["scores"] if each["对象"] == target)
        ranked = next(row for group in assessment["ranking"]["组"] for row in group["对象"]
                      if row["对象"] == target)
        assert ranked["总分"] == sheet["总分"]
        return sheet

    before, _ = judge.ok("GET", path)
    sheet, item = next((sheet, item) for sheet in before["scores"] for item in sheet["项目"]
                       if sheet["完整"] and (item["得分"] or 0) >= 1 and item["得分"] != item["权重"])
    target, score = sheet["对象"], item["得分"] - 1
    book, _ = judge.ok("GET", path + "/assessment.xlsx")
    total = told_total(book, target)
    assert total == sheet["总分"]
    if shutil.which("soffice"):
        wrote = in_libreoffice(folder, book, target, item["名称"], score)
    else:
        edited = openpyxl.load_workbook(io.BytesIO(book))
        cell_of(edited[target], item["名称"], "得分").value = score
        wrote = io.BytesIO()
        edited.save(wrote)
        wrote = wrote.getvalue()
    body = {"sent": base64.b64encode(book).decode(), "stage": "复核",
            "returned": base64.b64encode(wrote).decode()}
    look, tag = judge.ok("POST", path + "/returned/preview", body)
    assert [cell["reason"] for cell in look["cells"]] == ["没有写理由"] and not look["sound"], look
    judge.refused("campaign.returned", "POST", path + "/returned/import", body, If_Match=tag)
    body["reason"] = "一次重复"
    refused, _ = people["经办"].ok("POST", path + "/returned/preview", body)
    assert "考核" in refused["cells"][0]["reason"], refused
    judge.refused("service.future-day", "POST", path + "/returned/preview", body | {"on": "2999-01-01"})
    look, tag = judge.ok("POST", path + "/returned/preview", body)
    assert look["cells"][0]["becomes"] == f"复核{score}分：一次重复", look
    taken, _ = judge.ok("POST", path + "/returned/import", body, If_Match=tag)
    assert taken["accepted"] and taken["sheet"] == "评分表", taken
    again, _ = judge.ok("POST", path + "/returned/import", body, If_Match=tag)
    assert not again["accepted"] and again["cells"][0]["fate"] == "一致", again
    after, tag = judge.ok("GET", path)
    sheet = standing(after, target)
    assert sheet["总分"] == total - 1
    reviewed = next(each for each in sheet["项目"] if each["名称"] == item["名称"])
    assert reviewed["评分"][-1]["由"] == "考核" and reviewed["评分"][-1]["理由"] == "一次重复", reviewed
    assert f"复核{score}分（考核" in reviewed["说明"] and "一次重复" in reviewed["说明"], reviewed
    assert told_total(judge.ok("GET", path + "/assessment.xlsx")[0], target) == total - 1

    review = {"target": target, "item": item["名称"], "stage": "终评", "score": score + 0.5,
              "reason": "一次重复，一次补报"}
    people["经办"].refused("session.forbidden", "POST", path + "/reviews", review, If_Match=tag)
    for spoilt, identity in (({"score": 1000}, "campaign.range"), ({"item": "某项"}, "assessment.item"),
                             ({"reason": ""}, "campaign.missing-key")):
        judge.refused(identity, "POST", path + "/reviews", dict(review, **spoilt), If_Match=tag)
    final, newer = judge.ok("POST", path + "/reviews", review, If_Match=tag)
    assert standing(final, target)["总分"] == total - 0.5 and newer != tag
    judge.refused("campaign.changed", "POST", path + "/reviews", review, If_Match=tag)

    account = {"login": "unit", "name": "李某", "unit": target, "roles": ["经办", "考核"],
               "password": "correct horse 9"}
    people["管理"].ok("POST", "/users", account)
    unit = Client(server, judge.contract).sign_in("unit", account["password"])
    unit.refused("session.forbidden", "POST", path + "/reviews", review, If_Match=newer)
    own, _ = unit.ok("POST", path + "/reviews", dict(review, stage="自评", reason=""), If_Match=newer)
    shown = next(each for each in standing(own, target)["项目"] if each["名称"] == item["名称"])
    assert [each["阶段"] for each in shown["评分"]] == ["复核", "终评", "自评"], shown
    assert shown["得分"] == score + 0.5
    log, _ = people["管理"].ok("GET", "/audit", query={"limit": 50})
    actions = [entry["action"] for entry in log["items"]]
    assert {"考核.自评", "考核.复核", "考核.终评"} <= set(actions), actions


def jobs(people):
    clerk = people["经办"]
    sample = clerk.ok("GET", "/templates/letter")[0]["sample"]
    order = {"kind": "draft-batch", "request": {
        "template": "letter", "shared": sample,
        "items": [{"发文字号": f"云函〔2026〕{n}号"} for n in range(1, 4)] + [
            {"文件名": "致盛丰公司", "发文字号": "云函〔2026〕4号"}, {"成文日期": "某日"}]}}
    job, _ = clerk.ok("POST", "/jobs", order, Idempotency_Key="k1")
    again, _ = clerk.ok("POST", "/jobs", order, Idempotency_Key="k1")
    assert again["id"] == job["id"]
    events, _ = clerk.ok("GET", f"/jobs/{job['id']}/events")
    assert events.decode().rstrip().rsplit("data: ", 1)[1].find('"state":"done"') > 0, events
    done, _ = clerk.ok("GET", f"/jobs/{job['id']}")
    assert done["done"] == 5 and len(done["failures"]) == 1, done
    result, _ = clerk.ok("GET", f"/jobs/{job['id']}/result")
    names = zipfile.ZipFile(io.BytesIO(result)).namelist()
    assert names == ["1.pdf", "2.pdf", "3.pdf", "4-致盛丰公司.pdf"], names
    clerk.ok("DELETE", f"/jobs/{job['id']}")
    order["request"]["merged"] = True
    book, _ = finished(clerk, order)
    assert book.startswith(b"%PDF-") and book.count(b"/Title") > 4, book[:20]
    table, _ = finished(clerk, {"kind": "match-bulk", "request": {"format": "xlsx"}})
    county = openpyxl.load_workbook(io.BytesIO(table))
    assert county.sheetnames[:3] == ["企业汇总", "匹配明细", "待补事实"], county.sheetnames
    assert county["匹配明细"].max_row > 300 * 40, county["匹配明细"].max_row
    clerk.refused("job.request", "POST", "/jobs", {"kind": "digest", "request": {"since": "昨天"}})
    clerk.refused("digest.since", "POST", "/jobs", {"kind": "digest", "request": {"since": "2999-01-01"}})
    outbox, _ = finished(clerk, {"kind": "digest", "request": {
        "since": "2026-01-05", "on": "2026-06-01", "sender": "县工信局"}})
    outbox = zipfile.ZipFile(io.BytesIO(outbox))
    lines = [json.loads(line) for line in outbox.read("2026-06-01/messages.jsonl").splitlines()]
    assert lines, "nobody was told anything"
    for line in lines:
        sms = outbox.read("2026-06-01/" + line["files"]["sms"]).decode()
        assert sms.startswith("【县工信局】"), sms
        assert outbox.read("2026-06-01/" + line["files"]["pdf"]).startswith(b"%PDF-")
    assert len(outbox.namelist()) == 4 * len(lines) + 1
    assert clerk.ok("GET", "/jobs")[0]["total"] == 4


def finished(clerk, order):
    """What comes of a job, and the job, once it is done."""
    job, _ = clerk.ok("POST", "/jobs", order)
    clerk.ok("GET", f"/jobs/{job['id']}/events")
    done, _ = clerk.ok("GET", f"/jobs/{job['id']}")
    assert done["state"] == "done", done
    return clerk.ok("GET", f"/jobs/{job['id']}/result")[0], done


def system(people, server):
    admin = people["管理"]
    users, _ = admin.ok("GET", "/users")
    user = next(item for item in users["items"] if item["login"] == "u0")
    known, _ = people["查看"].ok("GET", "/people")
    assert {"login": "u0", "name": user["name"]} in known["items"], known
    one, tag = admin.ok("GET", f"/users/{user['id']}")
    admin.ok("PUT", f"/users/{user['id']}", {"name": "看客", "unit": "", "roles": ["查看"],
                                            "enabled": False}, If_Match=tag)
    people["查看"].refused("session.required", "GET", "/session")
    token, _ = admin.ok("POST", "/tokens", {"name": "接口", "roles": ["管理"], "days": 1})
    program = Client(server, admin.contract)
    program.headers = {"Authorization": "Bearer " + token["secret"]}
    log, _ = program.ok("GET", "/audit", query={"limit": 5})
    assert log["total"] > 300
    assert admin.ok("GET", "/tokens")[0]["items"][0]["id"] == token["id"]
    admin.ok("DELETE", f"/tokens/{token['id']}")
    program.refused("session.required", "GET", "/audit")
    settings, tag = admin.ok("GET", "/settings")
    _, tag = admin.ok("PUT", "/settings", {"county_name": "云岭县"}, If_Match=tag)
    admin.refused("store.stale", "PUT", "/settings", {"county_name": "别县"}, If_Match='"v0"')
    for path in ("/healthz", "/readyz", "/metrics", "/openapi.json"):
        Client(server, admin.contract).ok("GET", path)
    session, _ = admin.ok("GET", "/session")
    changed, _ = admin.ok("POST", "/session/password", {"old": "correct horse 9", "new": "another horse 8"})
    admin.csrf = changed["csrf"]
    clerk = people["经办"]
    enterprise = clerk.ok("GET", "/enterprises", query={"limit": 1})[0]["items"][0]["id"]
    _, tag = clerk.ok("GET", f"/enterprises/{enterprise}")
    clerk.ok("PUT", f"/enterprises/{enterprise}", {"企业名称": "云岭改名公司"}, If_Match=tag)
    _, tag = clerk.ok("GET", f"/enterprises/{enterprise}")
    admin.ok("DELETE", f"/enterprises/{enterprise}", If_Match=tag)
    clerk.ok("POST", "/enterprises", {"企业名称": "云岭新办公司", "从业人数": 3})
    admin.ok("DELETE", "/session")
    admin.refused("session.required", "GET", "/session")


def main(binary, folder, database=None):
    contract = Contract()
    run = lambda *words: subprocess.run([binary, *words], check=True, cwd=ROOT,
                                        stdout=subprocess.DEVNULL)
    address = database or os.path.join(folder, "huice.db")
    run("db", "init", "--database", address)
    run("campaign", "import", "samples/campaign", "--database", address)
    run("library", "add", "samples/circulars", "--library", os.path.join(folder, "library"))
    with Server(binary, folder, address) as server:
        people = begin(server, contract)
        people["today"] = people["经办"].ok("GET", "/session")[0]["today"]
        enterprise = enterprises(people)
        policies(people, enterprise)
        decisions(people, enterprise)
        drafts(people)
        proofs(people)
        comparisons(people)
        campaigns(people)
        ledger(people)
        escalations(people, server)
        returned(people)
        scores(people, server, folder)
        jobs(people)
        circulars(people)
        answered(people)
        inspections(people)
        applications(people)
        system(people, server)
        server.stop()
    run("db", "check", "--database", address)
    operations = {o["operationId"] for item in contract.root["paths"].values()
                  for name, o in item.items() if name != "servers"}
    assert contract.seen == operations, operations - contract.seen
    print("ok", len(operations))


if __name__ == "__main__":
    main(*sys.argv[1:])
