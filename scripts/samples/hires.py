"""People newly hired by some of the enterprises (invented, surname and 某 only)."""

import random

SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GRADUATE = "毕业年度高校毕业生"
RECENT = "离校两年内未就业高校毕业生"
YOUTH = "登记失业青年"
OTHER = "其他"

# Row of the enterprise -> people it hired beyond the few that others have.
LARGE_INTAKE = 127  # the recruitment subsidy of 800 元 a person meets its limit at 125


def hires(enterprises):
    """Hires in the order of the enterprises; about forty of them hired anybody."""
    rng = random.Random("新招用人员")
    steady = [e for e in enterprises if e["kind"] in ("plain", "invent", "below")]
    chosen = sorted(rng.sample(range(len(steady)), 39))
    people = []
    for index in chosen:
        count = rng.choice([1, 1, 2, 2, 3, 3, 4, 5, 6, 8])
        count = min(count, max(1, steady[index]["从业人数"] // 4))
        people += [_person(rng, steady[index]) for _ in range(count)]
    largest = next(e for e in enterprises if e["从业人数"] == 1160)
    people += [_person(rng, largest, certain=True) for _ in range(LARGE_INTAKE)]
    return people


def _person(rng, enterprise, certain=False):
    category = rng.choices([GRADUATE, RECENT, YOUTH, OTHER], [30, 18, 22, 30])[0]
    ages = {GRADUATE: (21, 25), RECENT: (22, 26), YOUTH: (16, 24), OTHER: (25, 52)}[category]
    months = rng.choice([0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 10])
    return {
        "统一社会信用代码": enterprise["统一社会信用代码"],
        "企业名称": enterprise["企业名称"],
        "姓名": rng.choice(SURNAMES) + "某",
        "人员类别": category,
        "毕业年度": category == GRADUATE,
        "年龄": rng.randint(*ages),
        "合同签订": certain or rng.random() < 0.9,
        "参保月数": max(months, 6) if certain else months,
    }
