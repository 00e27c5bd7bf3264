"""Word and PDF files from the plain texts under texts/.

The first character of a line says what the paragraph is:

    !  issuer in red          *  title            #  heading, ## the one below
    @  document number        ^  line under it    >  signature and date, to the right
    :  addressee, flush left  ~  annex, flush     _  record at the end (版记)
    |  row of a table         =  new page         anything else: indented paragraph
"""

import os
import re
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from packing import pack

TEXTS = Path(__file__).resolve().parent / "texts"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Roles of fonts: as an office's Word names them, and as Debian's open fonts are called.
OFFICE_FONTS = {"body": "仿宋_GB2312", "kai": "楷体_GB2312", "hei": "黑体", "title": "方正小标宋简体"}
OPEN_FONTS = {"body": "Noto Serif CJK SC", "kai": "AR PL KaitiM GB", "hei": "Noto Sans CJK SC",
              "title": "Noto Serif CJK SC"}

# mark -> alignment, first-line indent in characters, font role, half-points, colour
STYLES = {
    "!": ("center", 0, "title", 52, "FF0000"), "@": ("center", 0, "body", 32, None),
    "*": ("center", 0, "title", 44, None), "^": ("center", 0, "kai", 32, None),
    ":": ("both", 0, "body", 32, None), "~": ("left", 0, "hei", 32, None),
    "_": ("both", 0, "body", 28, None), ">": ("right", 0, "body", 32, None),
    "#": ("both", 2, "hei", 32, None), "##": ("both", 2, "kai", 32, None),
    "": ("both", 2, "body", 32, None),
}


def docx(name, fonts=None):
    """The text as a Word document (bytes)."""
    fonts = fonts or OFFICE_FONTS
    lines = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    cover = lines[:lines.index("=")] if "=" in lines else lines
    title = "".join(line[1:] for line in cover if line.startswith("*"))
    return pack([
        ("[Content_Types].xml", _content_types()),
        ("_rels/.rels", _relations([("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
                                    ("rId2", f"{PACKAGE}/relationships/metadata/core-properties",
                                     "docProps/core.xml")])),
        ("docProps/core.xml", _core(title)),
        ("word/document.xml", _body(lines, fonts)),
        ("word/styles.xml", _styles(fonts)),
        ("word/footer1.xml", _footer(fonts)),
        ("word/_rels/document.xml.rels", _relations([("rId1", f"{OFFICE}/styles", "styles.xml"),
                                                     ("rId2", f"{OFFICE}/footer", "footer1.xml")])),
    ])


def pdf(name):
    """The text as PDF, laid out by LibreOffice with the open fonts embedded (bytes)."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name}.docx"
        source.write_bytes(docx(name, OPEN_FONTS))
        environment = dict(os.environ, SOURCE_DATE_EPOCH="1793356800", TZ="Asia/Shanghai")
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, str(source)],
            check=True, stdout=subprocess.DEVNULL, env=environment)
        return (Path(folder) / f"{name}.pdf").read_bytes()


def _body(lines, fonts):
    parts, rows = [], []
    for line in lines + [""]:
        if line.startswith("|"):
            rows.append(line.strip("|").split("|"))
            continue
        if rows:
            parts.append(_table(rows))
            rows = []
        if line == "=":
            parts.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        elif line:
            parts.append(_paragraph(line, fonts))
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" '
        'w:left="1588" w:header="851" w:footer="1418" w:gutter="0"/></w:sectPr>'
    )
    return (HEAD + f'<w:document xmlns:w="{MAIN}" xmlns:r="{OFFICE}"><w:body>'
            + "".join(parts) + section + "</w:body></w:document>").encode()


def _paragraph(line, fonts):
    mark = "##" if line.startswith("##") else line[0] if line[0] in STYLES else ""
    text = line[len(mark):]
    align, indent, role, size, colour = STYLES[mark]
    first = f'<w:ind w:firstLineChars="{indent * 100}" w:firstLine="{indent * 320}"/>'
    level = {"#": "Heading1", "##": "Heading2"}.get(mark)
    properties = (
        (f'<w:pStyle w:val="{level}"/>' if level else "")
        + '<w:spacing w:before="0" w:after="0" w:line="580" w:lineRule="exact"/>'
        + (first if indent else "") + f'<w:jc w:val="{align}"/>'
    )
    if mark == "!":
        properties = properties.replace('w:line="580"', 'w:line="1100"')
    # Word keeps the number of an article in a run of its own because it is bold.
    article = re.match(r"第[一二三四五六七八九十百]+条　", text)
    runs = [(text, role)] if not article else [(article[0], "hei"), (text[article.end():], role)]
    drawn = "".join(_run(t, fonts[r], size, colour) for t, r in runs if t)
    return f"<w:p><w:pPr>{properties}</w:pPr>{drawn}</w:p>"


def _run(text, font, size, colour=None):
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" '
        f'w:hint="eastAsia"/>{tint}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _table(rows):
    width = 8844 // len(rows[0])
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = f'<w:gridCol w:w="{width}"/>' * len(rows[0])
    out = [f'<w:tbl><w:tblPr><w:tblW w:w="{width * len(rows[0])}" w:type="dxa"/>'
           f"<w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"]
    merged = _repeated(rows)
    for index, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if index == 0 else ""
        cells = "".join(_cell(cell, width, merged.get(index) if place == 0 else None)
                        for place, cell in enumerate(row))
        out.append(f"<w:tr>{head}{cells}</w:tr>")
    return "".join(out) + "</w:tbl>"


def _repeated(rows):
    """Rows whose first cell repeats the one above: merged upwards, as Word draws a group."""
    merged = {}
    for index in range(2, len(rows)):
        if rows[index][0] == rows[index - 1][0]:
            merged.setdefault(index - 1, "restart")
            merged[index] = "continue"
    return merged


def _cell(text, width, merge):
    state = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    content = "" if merge == "continue" else _run(text, "宋体", 24)
    return (f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{state}<w:vAlign w:val="center"/>'
            f'</w:tcPr><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{content}</w:p></w:tc>')


def _styles(fonts):
    def style(kind, name, inner, default=""):
        return (f'<w:style w:type="paragraph"{default} w:styleId="{kind}"><w:name w:val="{name}"/>'
                f"{inner}</w:style>")
    base = '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    return (HEAD + f'<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
            f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
            f'w:eastAsia="{fonts["body"]}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
            "</w:rPr></w:rPrDefault></w:docDefaults>"
            + style("Normal", "Normal", "", ' w:default="1"')
            + style("Heading1", "heading 1", base + '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
            + style("Heading2", "heading 2", base + '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
            + "</w:styles>").encode()


def _footer(fonts):
    face = fonts["body"]
    look = f'<w:rPr><w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}"/></w:rPr>'
    def run(inner):
        return f"<w:r>{look}{inner}</w:r>"
    page = (run('<w:fldChar w:fldCharType="begin"/>')
            + run('<w:instrText xml:space="preserve"> PAGE </w:instrText>')
            + run('<w:fldChar w:fldCharType="separate"/>') + run("<w:t>1</w:t>")
            + run('<w:fldChar w:fldCharType="end"/>'))
    dash = '<w:t xml:space="preserve">{}</w:t>'
    return (HEAD + f'<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
            + run(dash.format("— ")) + page + run(dash.format(" —"))
            + "</w:p></w:ftr>").encode()


def _core(title):
    purl = "http://purl.org/dc"
    return (HEAD + f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="{purl}/elements/1.1/" xmlns:dcterms="{purl}/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>").encode()


def _content_types():
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in (
            ("/word/document.xml", f"{PART}.document.main+xml"),
            ("/word/styles.xml", f"{PART}.styles+xml"),
            ("/word/footer1.xml", f"{PART}.footer+xml"),
            ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")))
    return (HEAD + f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            + overrides + "</Types>").encode()


def _relations(items):
    links = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>'
                    for i, kind, target in items)
    return (HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
            "</Relationships>").encode()
