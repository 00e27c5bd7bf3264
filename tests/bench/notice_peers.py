#!/usr/bin/env python3
"""Sets the notice with huice and with programs people use instead; prints CPU, memory and size.

usage: notice_peers.py BUILD_DIR [--runs N] [--out FILE.json]

Every figure is that of whole processes, CPU with their children: "first" is a process that makes
one document, "next" what each of ten more adds. Peers that are not installed are named and left
out (`scripts/setup bench` installs them). None draws the head, the seal, the imprint and the page
numbers that huice draws. ReportLab takes no CFF faces and sets everything in AR PL KaitiM: compare it with
"huice, Kai". Typst runs in Node, whose start is part of "first".
"""
import argparse
import html
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

MORE = 10
PYTHON = "/usr/bin/python3"
KAI = "/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf"
TYPST_FACES = [KAI, "/usr/local/share/fonts/huice/FandolFang-Regular.otf",
               *(f"/usr/share/fonts/opentype/noto/Noto{face}.ttc" for face in (
                   "SerifCJK-Bold", "SerifCJK-Regular", "SansCJK-Bold"))]
FAMILIES = {"title": "Noto Serif CJK SC", 0: "FandolFang", 1: "Noto Sans CJK SC",
            2: "AR PL KaitiM GB"}


def level_of(paragraph):
    return min(paragraph["level"], 2)


def html_of(notice):
    """For WeasyPrint: the grid of the text as CSS, one style for each level."""
    styles = "".join(f".l{level} {{ font-family: '{FAMILIES[level]}'; "
                     f"font-weight: {'bold' if level == 1 else 'normal'} }}\n"
                     for level in (0, 1, 2))
    paragraphs = "".join(f"<p class='l{level_of(p)}'>{html.escape(p['text'])}</p>\n"
                         for p in notice["paragraphs"])
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>\n"
                   for row in notice["table"])
    return f"""<html lang="zh-CN"><meta charset="utf-8"><style>
@page {{ size: A4; margin: 37mm 26mm 35mm 28mm }}
h1 {{ font: bold 22pt '{FAMILIES["title"]}'; text-align: center }}
p {{ font-size: 16pt; line-height: 28.95pt; margin: 0; text-indent: 2em; text-align: justify }}
table {{ border-collapse: collapse; font: 10.5pt '{FAMILIES[0]}' }}
td {{ border: 0.5pt solid black }}
{styles}</style><h1>{html.escape(notice["title"])}</h1>
{paragraphs}<table>{rows}</table></html>"""


def fodt_of(notice):
    """For LibreOffice: a flat OpenDocument text."""
    def style(name, family, size, bold):
        weight = "bold" if bold else "normal"
        return (f'<style:style style:name="{name}" style:family="paragraph">'
                '<style:paragraph-properties fo:text-indent="32pt" fo:text-align="justify" '
                'fo:line-height="28.95pt"/>'
                f'<style:text-properties style:font-name-asian="{family}" '
                f'style:font-size-asian="{size}pt" style:font-weight-asian="{weight}"/>'
                '</style:style>')
    styles = [style("T", FAMILIES["title"], 22, True), style("C", FAMILIES[0], 10.5, False)]
    styles += [style(f"L{n}", FAMILIES[n], 16, n == 1) for n in (0, 1, 2)]
    faces = "".join(f'<style:font-face style:name="{f}" svg:font-family="\'{f}\'"/>'
                    for f in FAMILIES.values())
    body = f'<text:p text:style-name="T">{html.escape(notice["title"])}</text:p>'
    body += "".join(f'<text:p text:style-name="L{level_of(p)}">{html.escape(p["text"])}</text:p>'
                    for p in notice["paragraphs"])
    rows = "".join("<table:table-row>" + "".join(
        f'<table:table-cell><text:p text:style-name="C">{html.escape(c)}</text:p>'
        "</table:table-cell>" for c in row) + "</table:table-row>" for row in notice["table"])
    columns = len(notice["table"][0])
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"' for n, u in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {names} office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>{faces}</office:font-face-decls>
<office:automatic-styles>{"".join(styles)}
<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="210mm"
 fo:page-height="297mm" fo:margin-top="37mm" fo:margin-bottom="35mm" fo:margin-left="28mm"
 fo:margin-right="26mm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P"/>
</office:master-styles><office:body><office:text>{body}
<table:table><table:table-column table:number-columns-repeated="{columns}"/>{rows}</table:table>
</office:text></office:body></office:document>"""


REPORTLAB = """
import json, sys
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
notice, out, count, kai = json.load(open(sys.argv[1])), sys.argv[2], int(sys.argv[3]), sys.argv[4]
pdfmetrics.registerFont(TTFont("Kai", kai))
def style(size, indent):
    return ParagraphStyle("s", fontName="Kai", fontSize=size, leading=28.95, wordWrap="CJK",
                          firstLineIndent=indent, alignment=4)
for _ in range(count):
    story = [Paragraph(notice["title"], style(22, 0))]
    story += [Paragraph(p["text"], style(16, 32)) for p in notice["paragraphs"]]
    story.append(Table([[Paragraph(c, style(10.5, 0)) for c in row] for row in notice["table"]]))
    SimpleDocTemplate(out, pagesize=A4, topMargin=105, bottomMargin=99, leftMargin=79,
                      rightMargin=74).build(story)
"""

WEASYPRINT = """
import sys, weasyprint
text, out, count = open(sys.argv[1]).read(), sys.argv[2], int(sys.argv[3])
for _ in range(count):
    weasyprint.HTML(string=text).write_pdf(out)
"""


TYPST = """
import { createRequire } from 'node:module';
import fs from 'node:fs';
const [, , root, data, out, count, ...fontPaths] = process.argv;
const { NodeCompiler } = createRequire(root + '/')('@myriaddreamin/typst-ts-node-compiler');
const notice = JSON.parse(fs.readFileSync(data));
const say = (text, style = '') => '#text(' + style + JSON.stringify(text) + ')';
const faces = ['', 'font: "Noto Sans CJK SC", ', 'font: "AR PL KaitiM GB", '];
const source = `#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm))
#set text(font: ("FandolFang", "Noto Serif CJK SC"), size: 15.75pt, lang: "zh", region: "cn",
          top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: 13.87pt, spacing: 13.87pt,
         first-line-indent: (amount: 2em, all: true))
#align(center, ${say(notice.title, 'font: "Noto Serif CJK SC", weight: "bold", size: 22pt, ')
  .slice(1)})
` + notice.paragraphs.map((p) => say(p.text, faces[Math.min(p.level, 2)])).join('\\n\\n') +
  `\\n#table(columns: ${notice.table[0].length}, ` + notice.table.flat().map((cell) =>
  '[' + say(cell, 'size: 10.5pt, ') + ']').join(', ') + ')';
const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths }] });
for (let i = 0; i < Number(count); i += 1) {
  compiler.evictCache(0);
  fs.writeFileSync(out, compiler.pdf({ mainFileContent: source + `\\n// ${i}` }));
}
"""
TYPST_ROOT = pathlib.Path(__file__).resolve().parents[2] / "build" / "peers"


def has_module(name):
    return subprocess.run([PYTHON, "-c", f"import {name}"], capture_output=True).returncode == 0


class Peers:
    """name -> the command that makes the notice a number of times, and the file it leaves."""

    def __init__(self, build, folder):
        self.folder = folder
        self.programs = build / "tests" / "bench"
        data = folder / "notice.json"
        subprocess.run([self.programs / "huice_notice_once", "json", data], check=True)
        notice = json.loads(data.read_text())
        (folder / "notice.html").write_text(html_of(notice))
        (folder / "notice.fodt").write_text(fodt_of(notice))
        self.out = folder / "out.pdf"
        self.missing = []

    def commands(self):
        found = {"huice": self.huice, "huice, Kai": self.huice_in_kai}
        self._add(found, "Pango/Cairo", (self.programs / "huice_pango_once").exists(), self.pango)
        self._add(found, "ReportLab", has_module("reportlab"), self.reportlab)
        self._add(found, "Typst in Node", (TYPST_ROOT / "node_modules").exists(), self.typst)
        self._add(found, "WeasyPrint", has_module("weasyprint"), self.weasyprint)
        self._add(found, "LibreOffice", shutil.which("soffice") is not None, self.libreoffice)
        return found

    def _add(self, found, name, is_there, command):
        if is_there:
            found[name] = command
        else:
            self.missing.append(name)

    def huice(self, count):
        return [self.programs / "huice_notice_once", "pdf", self.out, str(count)], self.out

    def huice_in_kai(self, count):
        return [self.programs / "huice_notice_once", "kai", self.out, str(count)], self.out

    def pango(self, count):
        return [self.programs / "huice_pango_once", self.out, str(count)], self.out

    def reportlab(self, count):
        return [PYTHON, "-c", REPORTLAB, self.folder / "notice.json", self.out, str(count),
                KAI], self.out

    def typst(self, count):
        program = self.folder / "typst.mjs"
        program.write_text(TYPST)
        return ["node", program, TYPST_ROOT, self.folder / "notice.json", self.out, str(count),
                *TYPST_FACES], self.out

    def weasyprint(self, count):
        return [PYTHON, "-c", WEASYPRINT, self.folder / "notice.html", self.out,
                str(count)], self.out

    def libreoffice(self, count):
        copies = []
        for i in range(count):
            copies.append(self.folder / f"copy{i}.fodt")
            shutil.copyfile(self.folder / "notice.fodt", copies[-1])
        return ["soffice", f"-env:UserInstallation=file://{self.folder}/profile", "--headless",
                "--convert-to", "pdf", "--outdir", self.folder, *copies], self.folder / "copy0.pdf"


def run(command):
    """(CPU ms, peak MiB) of a process with its children."""
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024


def measure(command, runs):
    one, out = command(1)
    run(one)  # profiles and caches on disk
    if not out.exists():
        sys.exit(f"{one[0]} ended well but left no {out.name}")
    size = out.stat().st_size
    firsts = [run(one) for _ in range(runs)]
    many = [run(command(1 + MORE)[0])[0] for _ in range(max(runs // 2, 1))]
    first = statistics.median(cpu for cpu, _ in firsts)
    return {"first_ms": first, "next_ms": (statistics.median(many) - first) / MORE,
            "peak_mib": statistics.median(peak for _, peak in firsts), "bytes": size}


def show(results):
    ours = results["huice"]
    print(f"{'who':<14}{'first ms':>10}{'next ms':>10}{'MiB':>7}{'bytes':>10}"
          f"{'x first':>9}{'x next':>8}{'x bytes':>9}")
    for who, f in results.items():
        print(f"{who:<14}{f['first_ms']:>10.1f}{f['next_ms']:>10.2f}{f['peak_mib']:>7.0f}"
              f"{f['bytes']:>10,}{f['first_ms'] / ours['first_ms']:>9.2f}"
              f"{f['next_ms'] / ours['next_ms']:>8.2f}{f['bytes'] / ours['bytes']:>9.2f}")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        peers = Peers(options.build, pathlib.Path(folder))
        commands = peers.commands()
        for name in peers.missing:
            print(f"{name}: not installed, left out; scripts/setup bench installs it")
        results = {who: measure(command, options.runs) for who, command in commands.items()}
    show(results)
    if options.out:
        options.out.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
