"""Whether the invented facts agree with one another."""

from datetime import date

from identifiers import is_valid

ON = date(2026, 11, 22)


def findings(enterprises, hires):
    """One line for each contradiction; empty when all is plausible."""
    found = []
    for place, facts in enumerate(enterprises, 1):
        found += [f"row {place}: {text}" for text, holds in _rules(facts) if not holds]
    for fact in ("企业名称", "统一社会信用代码"):
        if len({e[fact] for e in enterprises}) != len(enterprises):
            found.append(f"{fact} is not unique")
    known = {e["统一社会信用代码"] for e in enterprises}
    found += [f"hire of an unknown firm: {h}" for h in hires if h["统一社会信用代码"] not in known]
    found += [f"age: {h}" for h in hires if not 16 <= h["年龄"] <= 60]
    return found


def _rules(facts):
    zero = 0
    revenue, before = facts["上年度营业收入"], facts["前年度营业收入"] or zero
    months = (ON.year - facts["成立日期"].year) * 12 + ON.month - facts["成立日期"].month
    certified = facts["高企证书有效期至"] is not None
    industrial = facts["行业代码"][0] in "BCD"
    three_sales = facts["近三年销售收入"]
    assisted = facts["kind"] in ("loss", "below", "invent")
    return [
        ("credit code", is_valid(facts["统一社会信用代码"])),
        ("more insured than staff", facts["参保人数"] <= facts["从业人数"]),
        ("more technical staff than staff", (facts["科技人员数"] or 0) <= facts["从业人数"]),
        ("premiums older than the firm", (facts["失业保险连续缴费月数"] or 0) <= months),
        ("research above three years'", facts["研发费用"] <= facts["近三年研发费用"]),
        ("sales above three years'", three_sales is None or revenue + before <= three_sales),
        ("research above half of revenue", facts["研发费用"] * 2 <= revenue),
        ("products above revenue", facts["高新技术产品收入"] <= revenue),
        ("income above 40 % of revenue", abs(facts["应纳税所得额"] or 0) * 10 <= revenue * 4),
        ("certificate without title", facts["高新技术企业"] or not certified),
        ("on the list before founded",
         (facts["首次入规年度"] or 9999) > facts["成立日期"].year),
        ("year of entry without entry", facts["规模以上"] or facts["首次入规年度"] is None),
        ("small taxpayer above 5 million",
         facts["纳税人类型"] != "小规模纳税人" or revenue <= 5000000),
        ("assisted firm not industrial", industrial or not assisted),
        ("below the threshold but listed", facts["kind"] != "below" or not facts["规模以上"]),
        ("revenue out of the band of firms below",
         facts["kind"] != "below" or 12000000 <= revenue <= 19900000),
    ]
