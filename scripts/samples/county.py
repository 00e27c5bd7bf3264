"""The invented enterprises of the county as plain facts (money in 元, ratios 0..1).

Every enterprise has its own random source named after its place in the list, so that a change
to one leaves the others as they are."""

import random
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from boundaries import BOUNDARIES
from identifiers import credit_code
from trades import BY_CODE, INDUSTRY, INVENTIVE, PARKS, SERVICES, TOWNS, trade_names

TOTAL = 326
WAN = 10000
SME_SCALE = 20000000  # yearly revenue from which an industrial firm is above the threshold

# Rows 1-47 are the assisted enterprises: 25 + 11 + 11.
LOSS, BELOW, INVENT, BOUNDARY, PLAIN = "loss", "below", "invent", "boundary", "plain"


def kind_of(place):
    """Which kind of enterprise stands in row `place` (from 1)."""
    if place <= 25:
        return LOSS
    if place <= 36:
        return BELOW
    if place <= 47:
        return INVENT
    return BOUNDARY if place <= 47 + len(BOUNDARIES) else PLAIN


def enterprises():
    """All enterprises in the order of the sheet."""
    names = trade_names()
    random.Random("字号").shuffle(names)
    used = set()
    return [_enterprise(place, names[place], used) for place in range(1, TOTAL + 1)]


def _enterprise(place, trade_name, used):
    rng = random.Random(f"云岭县企业 {place}")
    kind = kind_of(place)
    override = dict(BOUNDARIES[place - 48]) if kind == BOUNDARY else {}
    trade = _trade(rng, kind, override)
    founded = override.pop("成立日期", None) or _founded(rng, kind)
    if "失业保险连续缴费月数" in override:
        founded = min(founded, date(2017, 5, 22))  # old enough to have paid that long
    facts = {
        "企业名称": _company(rng, trade, trade_name),
        "统一社会信用代码": _fresh_code(rng, founded.year, used),
        "行政区划": "430590",
        "所在乡镇": rng.choice(PARKS if rng.random() < 0.55 else TOWNS),
        "行业代码": trade.code,
        "行业": trade.title,
        "成立日期": founded,
    }
    facts.update(_size(rng, kind, trade, founded, override))
    facts.update(_people(rng, kind, facts))
    facts.update(_innovation(rng, kind, trade, facts, override))
    facts.update(_standing(rng, kind, trade, facts))
    facts.update(override)
    _agree(facts, override)
    _forget(rng, kind, facts, override)
    facts["kind"] = kind
    return facts


def _trade(rng, kind, override):
    if "行业代码" in override:
        return BY_CODE[override.pop("行业代码")]
    pool = INDUSTRY
    if kind == LOSS:
        pool = [t for t in INDUSTRY if t.code[0] == "C"]
    elif kind == INVENT:
        pool = [t for t in INDUSTRY if t.code in INVENTIVE]
    elif kind == BELOW:
        pool = [t for t in INDUSTRY if t.low <= 65 and t.code[0] == "C"]
    elif kind == PLAIN and rng.random() < 0.24:
        pool = SERVICES
    return rng.choices(pool, [t.weight for t in pool])[0]


def _company(rng, trade, trade_name):
    head = rng.choices(["云岭县", "云岭", "云州市", "云州"], [68, 14, 10, 8])[0]
    tail = "有限公司"
    if trade.code[0] == "A" and rng.random() < 0.3:
        tail = "有限责任公司"
    elif rng.random() < 0.04:
        tail = "股份有限公司"
    word = rng.choice(trade.words)
    made = {"机械", "精密机械", "模具", "泵业", "工具", "五金工具", "玩具", "家具"}
    if word in made and rng.random() < 0.5:
        word += "制造" if not word.endswith("业") else ""
    return head + trade_name + word + tail


def _founded(rng, kind):
    newest = date(2019, 12, 31) if kind in (LOSS, INVENT) else date(2024, 11, 30)
    oldest = date(2001, 3, 1)
    # Most firms of a county are younger than ten years.
    share = rng.random() ** (0.6 if kind != LOSS else 1.0)
    return oldest + timedelta(days=int((newest - oldest).days * share))


def _fresh_code(rng, year, used):
    while True:
        code = credit_code(rng, year)
        if code not in used:
            used.add(code)
            return code


def wan(value, places="0.01"):
    """A float of 万元 as exact 元."""
    return Decimal(str(value)).quantize(Decimal(places), ROUND_HALF_UP) * WAN


def _size(rng, kind, trade, founded, override):
    """Staff, revenue of two years, assets, taxable income."""
    staff = override.get("从业人数") or _staff(rng, kind)
    if kind == PLAIN and trade.code[0] in "AFGI":
        staff = min(staff, rng.randint(8, 90))
    per_head = rng.uniform(trade.low, trade.high)
    growth = rng.uniform(-0.08, 0.22)
    if kind == LOSS:
        per_head, growth = per_head * 0.75, -rng.uniform(0.06, 0.31)
    revenue = staff * per_head
    if kind == BELOW:
        revenue, growth = rng.uniform(1210, 1988), rng.uniform(0.07, 0.26)
        staff = max(14, round(revenue / per_head))
    if kind in (LOSS, INVENT):
        revenue = max(revenue, rng.uniform(2080, 2900))
    revenue = override.get("上年度营业收入") or wan(revenue)
    before = wan(float(revenue) / WAN / (1 + growth))
    if founded.year >= 2025:
        before = None
    margin = rng.triangular(-0.05, 0.12, 0.03)
    if kind == LOSS:
        margin = -rng.uniform(0.012, 0.085) if rng.random() < 0.84 else rng.uniform(0.001, 0.006)
    elif kind in (BELOW, INVENT):
        margin = rng.uniform(0.02, 0.11)
    return {
        "从业人数": staff,
        "资产总额": wan(float(revenue) / WAN * rng.uniform(0.55, 1.6)),
        "上年度营业收入": revenue,
        "前年度营业收入": before,
        "应纳税所得额": wan(float(revenue) / WAN * margin),
    }


def _staff(rng, kind):
    if kind == LOSS:
        return rng.randint(38, 265)
    if kind == INVENT:
        return rng.randint(48, 210)
    if rng.random() < 0.42:
        return rng.randint(5, 28)
    return round(rng.triangular(20, 240, 45)) if rng.random() < 0.94 else rng.randint(280, 620)


def _people(rng, kind, facts):
    """Insurance, premiums and the share of workers let go."""
    staff = facts["从业人数"]
    insured = max(1, round(staff * rng.uniform(0.62, 1.0)))
    months = (date(2026, 11, 1) - facts["成立日期"]).days // 31
    let_go = 0
    if kind == LOSS or rng.random() < 0.3:
        let_go = rng.randint(0, max(1, insured // 12))
    rate = (Decimal(let_go) / insured).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    wage = rng.randint(4100, 5900)
    return {
        "参保人数": insured,
        "失业保险连续缴费月数": min(months, rng.choice([6, 10, 14, 20, 28, 36, 44, 60, 72, 96])),
        "上年度裁员率": rate,
        "上年度实缴失业保险费": Decimal(insured * wage * 12).scaleb(-2).quantize(Decimal("0.01")),
    }


def _innovation(rng, kind, trade, facts, override):
    """Research spending, title of high-tech enterprise and what it rests on."""
    revenue = override.get("上年度营业收入", facts["上年度营业收入"])
    inventive = kind == INVENT or (trade.code in INVENTIVE and rng.random() < 0.4)
    share = rng.uniform(0.036, 0.068) if inventive else rng.choice([0, 0, 0, 0.004, 0.011])
    research = wan(float(revenue) / WAN * share)
    high_tech = override.get("高新技术企业", inventive and facts["从业人数"] >= 12 and rng.random() < 0.62)
    sales = revenue + (facts["前年度营业收入"] or 0)
    spent = research + wan(float(facts["前年度营业收入"] or 0) / WAN * share * 0.94)
    if facts["成立日期"].year < 2023:
        third = wan(float(facts["前年度营业收入"]) / WAN * rng.uniform(0.86, 1.05))
        sales, spent = sales + third, spent + wan(float(third) / WAN * share * 0.9)
    tech_share = rng.uniform(0.09, 0.24) if inventive else rng.uniform(0, 0.06)
    product_share = rng.uniform(0.58, 0.92) if inventive else 0
    return {
        "研发费用": research,
        "境内研发费用占比": Decimal(rng.choice(["1", "1", "1", "0.95", "0.88"])) if research else None,
        "科技人员数": round(facts["从业人数"] * tech_share),
        "高新技术产品收入": wan(float(revenue) / WAN * product_share),
        "高新技术企业": high_tech,
        "高企证书有效期至": _certificate(rng) if high_tech else None,
        "拥有核心自主知识产权": inventive or rng.random() < 0.06,
        "属于高新技术领域": inventive,
        "上年度重大安全质量事故或环境违法": rng.random() < 0.025,
        "高企评价得分": Decimal(rng.randint(660, 885)).scaleb(-1) if inventive else None,
        "近三年研发费用": spent,
        "近三年销售收入": sales,
        "专精特新称号": _title(rng, kind, inventive, revenue),
    }


def _certificate(rng):
    granted = rng.choice([date(2023, 10, 16), date(2023, 12, 8), date(2024, 11, 1),
                          date(2024, 12, 16), date(2025, 10, 28)])
    return granted.replace(year=granted.year + 3) - timedelta(days=1)


def _title(rng, kind, inventive, revenue):
    if kind == INVENT:
        return rng.choices(["无", "创新型中小企业"], [3, 7])[0]
    if not inventive or revenue < 8000000:
        return "无"
    titles = ["无", "创新型中小企业", "专精特新中小企业", "专精特新小巨人"]
    grown = kind == PLAIN and revenue >= 60000000
    return rng.choices(titles, [40, 30, 25 if revenue >= SME_SCALE else 0, 12 if grown else 0])[0]


def _standing(rng, kind, trade, facts):
    """Tax position, the 规上 list, renewal of equipment, credit."""
    revenue = facts["上年度营业收入"]
    small = revenue <= 5000000
    big = revenue >= SME_SCALE and (facts["前年度营业收入"] or 0) > 0
    entered = None
    if big:
        earliest = max(facts["成立日期"].year + 1, 2005)
        entered = rng.randint(min(earliest, 2025), 2025)
        if kind == PLAIN and trade.code[0] in "BCD" and (facts["前年度营业收入"] or 0) < SME_SCALE:
            entered = 2026
    filed = kind != BELOW and rng.random() < 0.24 and revenue > 8000000
    quarter = None
    if small:
        quarter = (revenue / 4 * Decimal(str(rng.uniform(0.8, 1.15)))).quantize(Decimal("0.01"))
    return {
        "纳税人类型": "小规模纳税人" if small else "一般纳税人",
        "征收方式": "核定征收" if small and rng.random() < 0.3 else "查账征收",
        "从事限制或禁止行业": rng.random() < 0.015,
        "季度销售额": quarter,
        "规模以上": big,
        "首次入规年度": entered,
        "技改设备投资额": wan(rng.triangular(40, 1800, 180)) if filed else Decimal(0),
        "技改项目备案": filed and rng.random() < 0.8,
        "严重失信": rng.random() < 0.02,
    }


def _agree(facts, override):
    """What an override changed must not contradict the rest."""
    facts["参保人数"] = min(facts["参保人数"], facts["从业人数"])
    facts["科技人员数"] = min(facts["科技人员数"], facts["从业人数"])
    if not facts["高新技术企业"]:
        facts["高企证书有效期至"] = None
    if facts["高新技术产品收入"] > facts["上年度营业收入"]:
        facts["高新技术产品收入"] = facts["上年度营业收入"]
    facts["近三年研发费用"] = max(facts["近三年研发费用"], facts["研发费用"])
    if not facts["规模以上"]:
        facts["首次入规年度"] = None
    if "近三年销售收入" not in override and "上年度营业收入" in override:
        facts["近三年销售收入"] = max(
            facts["近三年销售收入"],
            facts["上年度营业收入"] + (facts["前年度营业收入"] or 0),
        )


FORGETTABLE = ["失业保险连续缴费月数", "上年度裁员率", "上年度实缴失业保险费", "资产总额", "科技人员数",
               "征收方式", "近三年销售收入", "严重失信", "应纳税所得额"]


def _forget(rng, kind, facts, override):
    """Now and then a clerk has no figure: the cell stays empty."""
    if kind in (INVENT, BOUNDARY) or rng.random() > 0.16:
        return
    for fact in rng.sample(FORGETTABLE, rng.choice([1, 1, 2])):
        if fact not in override:
            facts[fact] = None
