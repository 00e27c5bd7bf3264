"""The cells that are wrong on purpose in the clerk's workbook.

The row is that of the cleaned table (序号 in enterprises.csv); the value replaces what a
correct cell would hold. samples/README.md lists the same slips for readers."""

from collections import namedtuple

Slip = namedtuple("Slip", "place fact value why")

SLIPS = [
    Slip(129, "行业代码", "Z3311", "no section Z in GB/T 4754-2017"),
    Slip(131, "从业人数", -124, "a negative head count"),
    Slip(140, "统一社会信用代码", None, "the check digit does not fit"),
    Slip(170, "上年度营业收入", "暂无", "words for an unknown figure"),
    Slip(173, "上年度裁员率", 5.88, "the percent sign was forgotten: 5.88 is no ratio"),
    Slip(191, "参保人数", None, "ten times the staff: more insured than employed"),
    Slip(207, "资产总额", "约300", "an estimate in words, not a number"),
    Slip(208, "成立日期", "2015-13-40", "there is no month 13 and no day 40"),
    Slip(220, "纳税人类型", "一般纳锐人", "a misspelt value"),
    Slip(229, "成立日期", "2019年2月30日", "February has no 30th day"),
    Slip(265, "上年度裁员率", "#DIV/0!", "a formula that failed"),
]

# The enterprise of the first row is typed in once more after the second.
DUPLICATE_OF, DUPLICATE_AFTER = 180, 230

# Slips of the second sheet: row of hires.csv (from 1), field, value, why.
HIRE_SLIPS = [
    (9, "年龄", "二十出头", "an age in words"),
    (21, "统一社会信用代码", "91430590MA4L000000", "a code that no enterprise of the first sheet has"),
]
