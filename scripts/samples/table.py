"""Facts of an enterprise as the cells of a clerk's table: titles, units, CSV and JSON."""

import csv
import io
from collections import namedtuple
from datetime import date
from decimal import Decimal

Column = namedtuple("Column", "fact title group unit width")

# unit: text, code, date, bool, 人/月/年 (whole numbers), 万元, 元, ratio, number
COLUMNS = [
    Column("序号", "序号", None, "number", 6),
    Column("企业名称", "企业名称", None, "text", 34),
    Column("统一社会信用代码", "统一社会信用代码（税号）", None, "code", 22),
    Column("行政区划", "行政区划代码", None, "code", 9),
    Column("所在乡镇", "所在乡镇（园区）", None, "text", 18),
    Column("行业代码", "行业代码", None, "code", 9),
    Column("行业", "所属行业", None, "text", 22),
    Column("成立日期", "成立时间", None, "date", 14),
    Column("纳税人类型", "纳税人类型", None, "text", 13),
    Column("征收方式", "所得税征收方式", None, "text", 11),
    Column("从事限制或禁止行业", "是否从事国家限制或禁止行业", None, "bool", 11),
    Column("从业人数", "从业人员（人）", None, "人", 9),
    Column("资产总额", "资产总额（万元）", None, "万元", 13),
    Column("上年度营业收入", "2025年", "营业收入（万元）", "万元", 13),
    Column("前年度营业收入", "2024年", "营业收入（万元）", "万元", 13),
    Column("应纳税所得额", "应纳税所得额（万元）", None, "万元", 13),
    Column("季度销售额", "季度销售额（元）", None, "元", 13),
    Column("研发费用", "研发费用（万元）", None, "万元", 11),
    Column("境内研发费用占比", "境内研发费用占比", None, "ratio", 9),
    Column("科技人员数", "科技人员（人）", None, "人", 9),
    Column("高新技术产品收入", "高新技术产品收入（万元）", None, "万元", 13),
    Column("高新技术企业", "是否高新技术企业", None, "bool", 9),
    Column("高企证书有效期至", "高企证书有效期至", None, "date", 14),
    Column("拥有核心自主知识产权", "是否拥有核心自主知识产权", None, "bool", 11),
    Column("属于高新技术领域", "是否属于国家重点支持的高新技术领域", None, "bool", 14),
    Column("上年度重大安全质量事故或环境违法", "上年度是否发生重大安全质量事故或环境违法", None, "bool", 16),
    Column("高企评价得分", "高企评价得分", None, "number", 9),
    Column("近三年研发费用", "近三年研发费用合计（万元）", None, "万元", 13),
    Column("近三年销售收入", "近三年销售收入合计（万元）", None, "万元", 13),
    Column("参保人数", "参保人数（人）", None, "人", 9),
    Column("失业保险连续缴费月数", "失业保险连续缴费月数", None, "月", 9),
    Column("上年度裁员率", "上年度裁员率", None, "ratio", 9),
    Column("上年度实缴失业保险费", "上年度实缴失业保险费（元）", None, "元", 13),
    Column("规模以上", "是否规上企业", None, "bool", 8),
    Column("首次入规年度", "首次入规年度", None, "年", 9),
    Column("专精特新称号", "专精特新称号", None, "text", 16),
    Column("技改设备投资额", "本年技改设备投资额（万元）", None, "万元", 12),
    Column("技改项目备案", "技改项目是否备案", None, "bool", 9),
    Column("严重失信", "是否严重失信", None, "bool", 8),
]

HIRE_COLUMNS = ["统一社会信用代码", "企业名称", "姓名", "人员类别", "毕业年度", "年龄", "合同签订", "参保月数"]


def flat_title(column):
    """The title in one header row."""
    if column.group is None:
        return column.title
    return column.title + column.group


def plain(number):
    """A decimal without exponent and without trailing zeros."""
    text = format(Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def clean_text(column, value):
    """One cell of the cleaned CSV."""
    if value is None:
        return ""
    if column.unit == "bool":
        return "是" if value else "否"
    if column.unit == "date":
        return value.isoformat()
    if column.unit == "万元":
        return plain(value / 10000)
    if column.unit == "ratio":
        return plain(value * 100) + "%"
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)


def _csv(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return "\ufeff" + out.getvalue()


def enterprises_csv(enterprises):
    """The whole table as UTF-8 text with BOM, one header row, CR LF as WPS writes it."""
    rows = [[flat_title(c) for c in COLUMNS]]
    for number, facts in enumerate(enterprises, 1):
        row = dict(facts, 序号=number)
        rows.append([clean_text(c, row[c.fact]) for c in COLUMNS])
    return _csv(rows)


def hires_csv(hires):
    """The newly hired people, one a row."""
    return _csv([HIRE_COLUMNS] + [[hire_text(hire[c]) for c in HIRE_COLUMNS] for hire in hires])


def hire_text(value):
    """One cell of the sheet of hires."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def profile(facts, hires):
    """One enterprise as JSON-ready values under the fact names; unknown facts are left out."""
    out = {}
    for column in COLUMNS:
        value = facts.get(column.fact)
        if column.fact in ("序号", "行业") or value is None:
            continue
        out[column.fact] = _json_value(value)
    out["新招用人员"] = [
        {k: hire[k] for k in HIRE_COLUMNS[3:] if hire[k] is not None} for hire in hires
    ]
    return out


def _json_value(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return int(whole) if value == whole else float(value)
    return value
