"""A part of service_walk.py: files of clerks' own, of which nothing is kept, and decisions."""
import base64
import io
import os
import zipfile

from service_client import ROOT


def proofs(people):
    """A draft of one's own: what is wrong where, and what has one answer mended in the file."""
    clerk = people["经办"]
    with open(os.path.join(ROOT, "samples/circulars/05-专项行动考核办法.docx"), "rb") as file:
        sound = file.read()
    wrong = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(wrong, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("〔2026〕4号".encode(), "[2026]4号".encode()))
    query = {"filename": "考核办法.docx"}
    report, _ = clerk.ok("POST", "/lint", raw=wrong.getvalue(), query=query)
    found = next(f for f in report["findings"] if f["rule"] == "number-brackets")
    paragraph = report["paragraphs"][found["paragraph"]]["text"]
    assert paragraph[found["begin"]:found["end"]] == "[2026]" and found["mendable"], found
    made, _ = clerk.ok("POST", "/lint/fixed", raw=wrong.getvalue(), query=query)
    assert [f["rule"] for f in made["mended"]] == ["number-brackets"], made["mended"]
    xml = lambda file: zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml")
    assert xml(base64.b64decode(made["content"])) == xml(sound)
    clerk.refused("library.format", "POST", "/lint", raw=b"x", query={"filename": "旧稿.wps"})
    clerk.refused("lint.cannot-fix", "POST", "/lint/fixed", raw="<p>各乡镇人民政府：</p>".encode(),
                  query={"filename": "网页.html"})
    people["查看"].refused("session.forbidden", "POST", "/lint", raw=sound, query=query)


def comparisons(people):
    """Any sheet that came back: what they changed, what was changed here too."""
    clerk = people["经办"]
    coded = lambda text: base64.b64encode(text.encode()).decode()
    sent = "企业,联系人,产值\n甲,张,10\n乙,李,20\n"
    body = {"sent": coded(sent), "returned": coded("企业,联系人,产值\n甲,王,10\n乙,李,25\n丙,赵,5\n")}
    found, _ = clerk.ok("POST", "/sheets/compare", body)
    kinds = [(each["kind"], each["row"], each["column"]) for each in found["changes"]]
    assert kinds == [("改动", "甲", "联系人"), ("改动", "乙", "产值"), ("新增", "丙", None)], kinds
    body["have"] = coded(sent.replace("20", "30").replace("张", "王"))
    found, _ = clerk.ok("POST", "/sheets/compare", body)
    assert [each["kind"] for each in found["changes"]] == ["一致", "冲突", "新增"], found
    clerk.refused("sheet.compare-key", "POST", "/sheets/compare", dict(body, key="没有的列"))


def decisions(people, enterprise):
    """Tables of the library and a model of one's own, decided; texts proof-read, none kept."""
    reader, admin = people["查看"], people["管理"]
    tables, _ = reader.ok("GET", "/decisions")
    table = next(each for each in tables["items"] if each["id"] == "struggling-kinds")
    assert all(len(rule["when"]) == len(table["inputs"]) for rule in table["rules"])
    decided, _ = reader.ok("POST", "/decide", {"decision": table["id"], "enterprise": enterprise})
    assert decided["results"] or decided["open"], decided
    reader.refused("decide.unknown-decision", "POST", "/decide",
                   {"decision": "x", "enterprise": enterprise})
    with open(os.path.join(ROOT, "tests/fuzz/corpus/dmn/table.dmn"), encoding="utf-8") as file:
        model = {"filename": "table.dmn", "text": file.read()}
    tried, _ = reader.ok("POST", "/decide/file", model | {"enterprise": enterprise})
    assert tried["results"], tried
    reader.refused("session.forbidden", "POST", "/policies/check", model)
    told, _ = admin.ok("POST", "/policies/check", model)
    assert told["kind"] == "模型" and "table:" in told["text"], told
    told, _ = admin.ok("POST", "/policies/check", model | {"decision": "没有的表"})
    assert told["findings"][0]["id"] == "decide.no-table", told
    with open(os.path.join(ROOT, "policies/national/cn-stability-refund-2026.yaml"),
              encoding="utf-8") as file:
        policy = {"filename": "a.yaml", "text": file.read()}
    told, _ = admin.ok("POST", "/policies/check", policy | {"mutants": True})
    assert told["passed"] and told["mutants"] > 10 and told["mutants_unnoticed"] == 0, told
    told, _ = admin.ok("POST", "/policies/check", {"filename": "a.yaml", "text": "policy: x\n"})
    assert not told["passed"] and told["findings"][0]["severity"] == "错误", told
