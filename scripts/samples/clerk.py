"""The county's table as a clerk would have made it: titles, notes, two header rows and every
way of writing a date, an amount, a yes and a share that offices are seen to use."""

import random
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from identifiers import ALPHABET
from slips import DUPLICATE_AFTER, DUPLICATE_OF, HIRE_SLIPS, SLIPS
from table import COLUMNS, HIRE_COLUMNS, hire_text, plain

SHEET, HIRES_SHEET = "企业基本情况", "新招用人员"
HEADER_ROW, FIRST_ROW = 3, 5
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
THIN = Border(*[Side(style="thin")] * 4)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
BODY = Font(name="宋体", size=10)
NOTES = [
    "注：1.本表营业收入、资产总额、应纳税所得额、研发费用等按2025年度财务报表填列，单位为万元；季度销售额、实缴失业保险费单位为元。",
    "　　2.季度销售额由增值税小规模纳税人填列，取2026年第三季度数；未认定高新技术企业的，“高企证书有效期至”不填。",
    "　　3.技改设备投资额按2026年1月1日至填报日已取得发票的设备购置金额填列。",
]


def workbook(enterprises, hires):
    """The workbook of two sheets, not yet saved."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _heading(sheet)
    last = _rows(sheet, enterprises)
    _notes(sheet, last + 2)
    _page(sheet)
    _hires(book.create_sheet(HIRES_SHEET), hires)
    stamp = datetime(2026, 10, 30, 16, 20)
    book.properties.created = book.properties.modified = stamp
    book.properties.creator = "云岭县科技和工业信息化局"
    return book


def _merge(sheet, row, first, last, text, alignment=CENTRE, font=BODY):
    sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    cell = sheet.cell(row, first, text)
    cell.alignment, cell.font = alignment, font


def _heading(sheet):
    width = len(COLUMNS)
    _merge(sheet, 1, 1, width, "云岭县企业基本情况表（2026年）", font=Font(name="宋体", size=20, bold=True))
    _merge(sheet, 2, 1, 4, "填报单位：云岭县科技和工业信息化局", LEFT)
    _merge(sheet, 2, 5, 9, "填报日期：2026年10月30日", LEFT)
    _merge(sheet, 2, width - 3, width, "单位：万元", LEFT)
    bold, grey = Font(name="宋体", size=10, bold=True), PatternFill("solid", fgColor="E7E6E6")
    for index, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
        for row in (HEADER_ROW, HEADER_ROW + 1):
            cell = sheet.cell(row, index)
            cell.border, cell.fill, cell.font, cell.alignment = THIN, grey, bold, CENTRE
        title = column.title.replace("（", "\n（") if column.unit in ("人", "code") else column.title
        if column.group is None:
            sheet.cell(HEADER_ROW, index, title)
            sheet.merge_cells(None, HEADER_ROW, index, HEADER_ROW + 1, index)
        else:
            sheet.cell(HEADER_ROW + 1, index, column.title)
    group = [i for i, c in enumerate(COLUMNS, 1) if c.group]
    sheet.cell(HEADER_ROW, group[0], COLUMNS[group[0] - 1].group)
    sheet.merge_cells(None, HEADER_ROW, group[0], HEADER_ROW, group[-1])
    sheet.row_dimensions[1].height, sheet.row_dimensions[HEADER_ROW].height = 32, 30
    sheet.row_dimensions[HEADER_ROW + 1].height = 42


def _rows(sheet, enterprises):
    """Writes the enterprises, one of them twice, and returns the last row."""
    order = []
    for place, facts in enumerate(enterprises, 1):
        order.append((place, facts))
        if place == DUPLICATE_AFTER:
            order.append((DUPLICATE_OF, enterprises[DUPLICATE_OF - 1]))
    wrong = {(s.place, s.fact): s for s in SLIPS}
    for number, (place, facts) in enumerate(order, 1):
        rng = random.Random(f"填表 {number}")
        row = FIRST_ROW + number - 1
        for index, column in enumerate(COLUMNS, 1):
            cell = sheet.cell(row, index)
            cell.border, cell.font, cell.alignment = THIN, BODY, CENTRE
            if column.fact == "序号":
                cell.value = number
                continue
            _write(rng, cell, column, facts[column.fact])
            slip = wrong.get((place, column.fact))
            if slip:
                cell.number_format = "General"
                cell.value = slip.value if slip.value is not None else _spoilt(slip, facts)
    return FIRST_ROW + len(order) - 1


def _spoilt(slip, facts):
    if slip.fact == "统一社会信用代码":
        code = facts[slip.fact]
        return code[:17] + ALPHABET[(ALPHABET.index(code[17]) + 7) % 31]
    return facts["从业人数"] * 10


def _write(rng, cell, column, value):
    """One correct cell, in one of the ways people write it."""
    writers = {
        "bool": _yes, "date": _date, "万元": _money, "元": _money, "ratio": _ratio,
        "人": _count, "月": _count, "年": _year, "number": _number, "code": _code,
    }
    if value is None:
        blank_as = column.fact in ("高企证书有效期至", "首次入规年度") and rng.random() < 0.2
        cell.value = rng.choice(["/", "—"]) if blank_as else None
        return
    writers.get(column.unit, _text)(rng, cell, column, value)


def _text(rng, cell, column, value):
    cell.value = value + "　" if rng.random() < 0.02 else value
    if column.fact == "企业名称":
        cell.alignment = LEFT


def _code(rng, cell, column, value):
    cell.number_format = "@"
    if column.fact == "行业代码" and rng.random() < 0.3:
        value = value[1:]
    elif column.fact == "行政区划":
        value = None if rng.random() < 0.25 else value
    elif column.fact == "统一社会信用代码" and rng.random() < 0.03:
        value = rng.choice([value.lower(), value + " "])
    cell.value = value


def _yes(rng, cell, column, value):
    cell.value = "否" if not value else "√" if rng.random() < 0.25 else "是"


def _date(rng, cell, column, value):
    shape = rng.randrange(7)
    if shape <= 2:
        cell.value = datetime(value.year, value.month, value.day)
        cell.number_format = ["yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"'][shape]
    else:
        cell.value = [
            f"{value.year}年{value.month}月{value.day}日", value.isoformat(),
            f"{value.year}.{value.month}.{value.day}", f"{value.year}/{value.month}/{value.day}",
        ][shape - 3]


def _money(rng, cell, column, value):
    amount = value / 10000 if column.unit == "万元" else value
    shape = rng.random()
    text = plain(amount)
    if shape < 0.86:
        cell.value = int(text) if "." not in text else float(text)
        exact = len(text.partition(".")[2]) <= 2
        cell.number_format = "#,##0.00" if shape < 0.4 and exact else "General"
    elif shape < 0.96:
        cell.value = f"{amount:,f}" if "." not in text else _grouped(text)
    elif shape < 0.98:
        cell.value = text.translate(FULL_WIDTH)
    else:
        cell.value = " " + text


def _grouped(text):
    whole, _, rest = text.partition(".")
    return f"{int(whole):,}.{rest}" if whole not in ("-0",) else text


def _ratio(rng, cell, column, value):
    shape = rng.randrange(3)
    if shape == 0:
        cell.value = plain(value * 100) + "%"
        return
    cell.value = float(value)
    cell.number_format = "0.00%" if shape == 1 else "General"


def _count(rng, cell, column, value):
    shape = rng.random()
    if shape < 0.93:
        cell.value = value
    elif shape < 0.97:
        cell.value = str(value)
    else:
        cell.value = str(value).translate(FULL_WIDTH)


def _year(rng, cell, column, value):
    cell.value = f"{value}年" if rng.random() < 0.2 else value


def _number(rng, cell, column, value):
    cell.value = float(value)


def _notes(sheet, row):
    for offset, note in enumerate(NOTES):
        _merge(sheet, row + offset, 1, 16, note, LEFT)
    _merge(sheet, row + len(NOTES), 1, 16, "制表人：周某　　　　审核人：谢某　　　　填报单位负责人：罗某", LEFT)


def _page(sheet):
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 3)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW + 1}"


def _hires(sheet, hires):
    widths = [22, 34, 8, 26, 10, 8, 10, 10]
    _merge(sheet, 1, 1, len(HIRE_COLUMNS), "2026年新招用人员名册", font=Font(name="宋体", size=16, bold=True))
    for index, title in enumerate(HIRE_COLUMNS, 1):
        cell = sheet.cell(2, index, title)
        cell.border, cell.font = THIN, Font(name="宋体", size=10, bold=True)
        cell.alignment = CENTRE
        sheet.column_dimensions[get_column_letter(index)].width = widths[index - 1]
    wrong = {(place, field): value for place, field, value, _ in HIRE_SLIPS}
    for place, hire in enumerate(hires, 1):
        for index, field in enumerate(HIRE_COLUMNS, 1):
            value = wrong.get((place, field), hire[field])
            cell = sheet.cell(place + 2, index)
            cell.value = hire_text(value) if isinstance(value, bool) else value
            cell.border, cell.font, cell.alignment = THIN, BODY, CENTRE
    sheet.freeze_panes = "A3"
