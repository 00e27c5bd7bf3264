"""Enterprises that stand on, just under or just over a limit of some policy.

Each entry fixes a few facts; the rest is drawn like that of any other enterprise. Money in 元."""

from datetime import date
from decimal import Decimal as D

WAN = 10000


def _small(income, staff, assets, revenue=None, code="C3311"):
    """A firm at the limits of 小型微利企业."""
    return {
        "行业代码": code, "从业人数": staff, "资产总额": D(assets), "应纳税所得额": D(income),
        "上年度营业收入": D(revenue or 38000000), "从事限制或禁止行业": False,
    }


def _insured(insured, rate, months=36, staff=None):
    """A firm at the limits of 稳岗返还."""
    return {
        "行业代码": "C3322", "从业人数": staff or insured + 3, "参保人数": insured,
        "上年度裁员率": D(rate), "失业保险连续缴费月数": months, "严重失信": False,
        "上年度实缴失业保险费": D(insured * 576),
    }


def _quarter(sales, taxpayer="小规模纳税人"):
    """A firm at the VAT threshold of a quarter."""
    small = taxpayer == "小规模纳税人"
    return {
        "行业代码": "C1411", "从业人数": 8, "上年度营业收入": D("1180000") if small else D("6800000"),
        "前年度营业收入": D("1060000") if small else D("6100000"),
        "季度销售额": D(sales), "纳税人类型": taxpayer, "资产总额": D("860000"),
        "应纳税所得额": D("41000"),
    }


def _size(code, staff, revenue, assets=None):
    """A firm at the limits of 大中小微."""
    facts = {"行业代码": code, "从业人数": staff, "上年度营业收入": D(revenue)}
    if assets:
        facts["资产总额"] = D(assets)
    return facts


def _high_tech(**changed):
    """A firm that meets every condition of 高新技术企业 exactly, changed in one."""
    facts = {
        "行业代码": "C3591", "成立日期": date(2014, 5, 20), "从业人数": 120, "科技人员数": 12,
        "上年度营业收入": D(50000000), "前年度营业收入": D(46000000),
        "近三年销售收入": D(138000000), "近三年研发费用": D(6900000), "研发费用": D(2500000),
        "境内研发费用占比": D("0.6"), "高新技术产品收入": D(30000000), "高企评价得分": D("70.1"),
        "高新技术企业": False, "拥有核心自主知识产权": True, "属于高新技术领域": True,
        "上年度重大安全质量事故或环境违法": False, "资产总额": D(52600000),
        "专精特新称号": "无", "严重失信": False,
    }
    facts.update(changed)
    return facts


def _renewal(investment, filed=True):
    """A firm at the limits of 技改补助."""
    return {
        "行业代码": "C3484", "从业人数": 96, "上年度营业收入": D(52000000),
        "技改设备投资额": D(investment), "技改项目备案": filed, "规模以上": True,
        "首次入规年度": 2019, "成立日期": date(2012, 9, 18), "严重失信": False,
    }


def _entered(year, code="C2041", revenue="23650000"):
    """A firm that entered the 规上 list lately."""
    return {
        "行业代码": code, "从业人数": 58, "上年度营业收入": D(revenue),
        "前年度营业收入": D("18420000"), "成立日期": date(2018, 4, 12), "规模以上": True,
        "首次入规年度": year, "严重失信": False,
    }


def _certified(until):
    """A high-tech enterprise whose certificate ends on a given day."""
    return {
        "行业代码": "C4011", "从业人数": 88, "上年度营业收入": D(61000000), "研发费用": D(2870000),
        "高新技术企业": True, "高企证书有效期至": until, "成立日期": date(2013, 7, 1),
        "应纳税所得额": D(4260000),
    }


BOUNDARIES = [
    # 小型微利企业: 300 万, 300 人, 5000 万
    _small(3000000, 120, 32000000),
    _small(3000001, 118, 31500000),
    _small("2999999.99", 122, 33000000),
    _small(2800000, 300, 49000000, 62000000),
    _small(2800000, 301, 49000000, 62400000),
    _small(2640000, 260, 50000000, 58000000),
    _small(2640000, 258, 50000100, 57600000),
    _small(3000000, 300, 50000000, 69000000),
    _small(0, 64, 18600000),
    _small(-1860000, 142, 46000000),
    dict(_small(860000, 46, 9800000, 21500000, "C3130"), 从事限制或禁止行业=True),
    dict(_small(2150000, 75, 28000000), 征收方式="核定征收"),
    # 稳岗返还: 12 months; 5.5 %; 20 % up to 30 insured
    _insured(30, "0.2"), _insured(30, "0.2333"), _insured(31, "0.0323"), _insured(31, "0.1935"),
    _insured(200, "0.055"), _insured(200, "0.06"), _insured(29, "0.1034"), _insured(10, "0.2"),
    _insured(86, "0", 12), _insured(84, "0", 11), _insured(1000, "0.055", 84, 1160),
    dict(_insured(52, "0"), 严重失信=True),
    # 增值税起征点: 30 万 a quarter
    _quarter("300000"), _quarter("299999.99"), _quarter("300000.01"), _quarter("286400"),
    _quarter("356000"), _quarter("298000", "一般纳税人"),
    # 大中小微
    _size("C3670", 1000, 400000000, 356000000), _size("C3670", 999, 412000000, 368000000),
    _size("C3831", 1020, 399990000, 280000000), _size("C1819", 300, 61000000),
    _size("C1819", 299, 62000000), _size("C1922", 310, 20000000), _size("C1922", 305, 19999900),
    _size("C2041", 20, 3000000), _size("C2041", 19, 3600000), _size("C3031", 26, 2999900),
    _size("F5165", 20, 50000000), _size("F5165", 19, 52000000), _size("F5174", 5, 10000000),
    _size("G5431", 20, 2000000), _size("G5431", 300, 30000000), _size("I6513", 10, 500000),
    _size("I6513", 100, 10000000), _size("I6531", 300, 100000000), _size("A0141", 62, 5000000),
    _size("A0313", 48, 499900),
    # 高新技术企业
    _high_tech(), _high_tech(科技人员数=11), _high_tech(高企评价得分=D("70")),
    _high_tech(近三年研发费用=D(6899900)), _high_tech(境内研发费用占比=D("0.5999")),
    _high_tech(高新技术产品收入=D(29999900)), _high_tech(成立日期=date(2025, 11, 21),
               前年度营业收入=None, 近三年销售收入=D(50000000), 近三年研发费用=D(2500000)),
    _high_tech(上年度重大安全质量事故或环境违法=True), _high_tech(拥有核心自主知识产权=False),
    _high_tech(上年度营业收入=D(200000000), 前年度营业收入=D(182000000), 从业人数=260, 科技人员数=26,
               近三年销售收入=D(556000000), 近三年研发费用=D(22240000), 研发费用=D(8000000),
               高新技术产品收入=D(120000000), 资产总额=D(176000000)),
    _high_tech(上年度营业收入=D(200000100), 前年度营业收入=D(186000000), 从业人数=270, 科技人员数=27,
               近三年销售收入=D(560000100), 近三年研发费用=D(16800100), 研发费用=D(6100000),
               高新技术产品收入=D(121000000), 资产总额=D(181000000)),
    _certified(date(2026, 11, 21)), _certified(date(2026, 11, 22)), _certified(date(2026, 12, 31)),
    _certified(None),
    # 研发费用加计扣除: excluded trades, assessed collection
    {"行业代码": "F5165", "从业人数": 34, "上年度营业收入": D(72000000), "研发费用": D(560000),
     "纳税人类型": "一般纳税人", "征收方式": "查账征收"},
    {"行业代码": "C3525", "从业人数": 16, "上年度营业收入": D(4800000), "研发费用": D(180000),
     "征收方式": "核定征收", "纳税人类型": "小规模纳税人"},
    # 技改补助: 200 万, 8 %, at most 100 万
    _renewal(2000000), _renewal(1999999), _renewal(12500000), _renewal(12500100),
    _renewal(26800000), _renewal(3460000, False), _renewal(0, True),
    # 入规奖励
    _entered(2026), _entered(2026, "C3443", "20000000"), _entered(2025), _entered(2024),
    dict(_entered(2026, "F5174", "31200000")), dict(_entered(2026), 严重失信=True),
    dict(_entered(None, "C2231", "24100000"), 规模以上=False),
]
