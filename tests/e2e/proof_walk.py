"""A part of service_walk.py: drafts that were written elsewhere."""
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
