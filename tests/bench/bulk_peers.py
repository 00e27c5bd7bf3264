#!/usr/bin/env python3
"""Counts and sums of made-up policies by numpy and DuckDB, for comparison with huice in bulk.

usage: bulk_peers.py DIR [--counts FILE.json] [--duckdb NODE_MODULES] [--bench huice_bulk_bench]

DIR is what huice_bulk_files wrote with an overlap of 90 %; with --bench huice's engine is timed over
the same enterprises and policies, and how many times as long the others take is told. numpy works as OpenFisca does, one array a condition, each
distinct condition worked out once and kept; DuckDB gets one select for fifty policies, one thread.
Reading the CSV is not timed. 企业规模 comes from a simpler rule here and is given to both as a
column, so that policies which use it are not compared with --counts.
"""
import argparse
import csv
import datetime
import decimal
import json
import pathlib
import re
import subprocess
import time

import numpy as np

ON = datetime.date(2026, 11, 22)
RATIOS = {"科技人员占比": ("科技人员数", "从业人数", 0),
          "研发费用占比": ("近三年研发费用", "近三年销售收入", 0),
          "高新技术产品收入占比": ("高新技术产品收入", "上年度营业收入", 0),
          "营业收入增长率": ("上年度营业收入", "前年度营业收入", 1)}
SCALE = 10_000


def read_columns(path):
    """name -> (kind, values, known); numbers as whole ten-thousandths."""
    with open(path, encoding="utf-8") as file:
        rows = list(csv.reader(file))
    columns = {}
    for name, *texts in zip(*rows):
        known = np.array([text != "" for text in texts])
        sample = next((text for text in texts if text), "")
        if sample in ("是", "否"):
            columns[name] = ("truth", np.array([text == "是" for text in texts]), known)
        elif name == "成立日期":
            ages = [0 if not t else ON.year - int(t[:4]) - ((ON.month, ON.day) <
                    (int(t[5:7]), int(t[8:]))) for t in texts]
            columns["企业年龄"] = ("number", np.array(ages, np.int64) * SCALE, known)
        elif re.fullmatch(r"-?[0-9.]+", sample) and name != "行政区划":
            values = [int(decimal.Decimal(text or "0") * SCALE) for text in texts]
            columns[name] = ("number", np.array(values, np.int64), known)
        else:
            columns[name] = ("text", np.array(texts), known)
    _, staff, known = columns["从业人数"]
    sizes = np.array(["微型", "小型", "中型", "大型"])
    columns["企业规模"] = ("text", sizes[np.searchsorted(
        np.array([20, 300, 1000]) * SCALE, staff, side="right")], known)
    return columns


def read_policies(folder):
    policies = []
    for path in sorted(folder.glob("*.yaml"), key=lambda p: int(p.stem.split("-")[1])):
        text = path.read_text(encoding="utf-8")
        policy = {"id": path.stem, "all": [], "any": [], "none": [],
                  "region": re.search(r'regions: \["(\d+)"', text)[1], "amount": None}
        group = "all"
        for line in text.split("\nbenefits:")[0].splitlines():
            head = re.match(r"    (any|none):", line)
            group = head[1] if head else "all" if line.startswith("  - ") else group
            when = re.search(r"when: '(.*)'}", line)
            if when:
                policy[group].append(when[1])
        for key in ("amount", "cap", "baseline", "liability"):
            found = re.search(rf"^    {key}: (.*)$", text, re.M)
            policy[key] = found[1] if found else None
        policies.append(policy)
    return policies


def whole(text):
    return int(decimal.Decimal(text) * SCALE)


class Numpy:
    def __init__(self, columns):
        self.columns = columns
        self.kept = {}

    def leaf(self, when):
        if when not in self.kept:
            self.kept[when] = self.work_out(when)
        return self.kept[when]

    def work_out(self, when):
        """(sure, possible)."""
        prefix = re.fullmatch(r'starts with\((.*), "(.*)"\)', when)
        if prefix:
            _, values, known = self.columns[prefix[1]]
            truth = np.char.startswith(values, prefix[2])
        elif " in (" in when:
            name, options = when.split(" in ", 1)
            _, values, known = self.columns[name]
            truth = np.isin(values, re.findall(r'"(.*?)"', options))
        else:
            name, operator, limit = when.split(" ")
            truth, known = self.compared(name, operator, limit)
        return truth & known, truth | ~known

    def compared(self, name, operator, limit):
        if name in RATIOS:
            above, below, minus = RATIOS[name]
            _, a, a_known = self.columns[above]
            _, b, b_known = self.columns[below]
            left, right = a * SCALE, b * (whole(limit) + minus * SCALE)
            known = a_known & b_known & (b != 0)
        else:
            kind, left, known = self.columns[name]
            if operator == "=":
                return left == (limit == "true"), known
            right = whole(limit)
        return {">=": np.greater_equal, "<=": np.less_equal, ">": np.greater}[operator](
            left, right), known

    def region(self, area):
        if area == "000000":
            return None
        if area not in self.kept:
            _, values, known = self.columns["行政区划"]
            truth = np.char.startswith(values, re.sub(r"(00)+$", "", area))
            self.kept[area] = truth & known, truth | ~known
        return self.kept[area]

    def amount(self, policy, rows):
        def of(name):
            _, values, known = self.columns[name]
            return values[rows], known[rows]
        text = policy["amount"]
        if text is None:
            value, known = of("应纳税所得额")
            return np.maximum(value, 0)[known] // 10
        if re.fullmatch(r"\d+", text):
            return np.full(len(rows), whole(text))
        if text.startswith("(if"):
            rate, name = re.fullmatch(r"\(if 高新技术企业 then 0.1 else (.*)\) \* (.*)", text).groups()
            value, known = of(name)
            high, high_known = of("高新技术企业")
            rates = np.where(high, whole("0.1"), whole(rate))
            known = known & high_known
        else:
            name, rate = text.split(" * ")
            value, known = of(name)
            rates = whole(rate)
        # Rounded half up to 分, which are hundreds of ten-thousandths.
        fen = (value * rates // SCALE + 50) // 100
        if policy["cap"]:
            fen = np.minimum(fen, int(policy["cap"]) * 100)
        return (fen * 100)[known]

    def run(self, policies):
        results = []
        for policy in policies:
            sure = possible = None
            parts = [self.leaf(when) for when in policy["all"]]
            where = self.region(policy["region"])
            if where is not None:
                parts.append(where)
            for group in ("any", "none"):
                if policy[group]:
                    leaves = [self.leaf(when) for when in policy[group]]
                    s = np.logical_or.reduce([leaf[0] for leaf in leaves])
                    p = np.logical_or.reduce([leaf[1] for leaf in leaves])
                    parts.append((~p, ~s) if group == "none" else (s, p))
            for s, p in parts:
                sure = s if sure is None else sure & s
                possible = p if possible is None else possible & p
            eligible = int(np.count_nonzero(sure))
            total = int(self.amount(policy, np.flatnonzero(sure)).sum())
            results.append((eligible, int(np.count_nonzero(possible)) - eligible, total))
        return results


def sql_of(when):
    prefix = re.fullmatch(r'starts with\((.*), "(.*)"\)', when)
    if prefix:
        return f"starts_with(\"{prefix[1]}\", '{prefix[2]}')"
    if " in (" in when:
        name, options = when.split(" in ", 1)
        return f'"{name}" IN ' + options.replace('"', "'")
    name, operator, limit = when.split(" ")
    if name in RATIOS:
        above, below, minus = RATIOS[name]
        return f'"{above}" * {SCALE} {operator} nullif("{below}", 0) * {whole(limit) + minus * SCALE}'
    return f'"{name}" {operator} {limit if operator == "=" else whole(limit)}'


def sql_condition(policy):
    parts = [f"({sql_of(when)})" for when in policy["all"]]
    area = re.sub(r"(00)+$", "", policy["region"])
    if area:
        parts.append(f"starts_with(\"行政区划\", '{area}')")
    if policy["any"]:
        parts.append("(" + " OR ".join(sql_of(when) for when in policy["any"]) + ")")
    if policy["none"]:
        parts.append("NOT (" + " OR ".join(sql_of(when) for when in policy["none"]) + ")")
    return " AND ".join(parts)


def sql_amount(policy):
    text = policy["amount"]
    if text is None:
        return 'greatest("应纳税所得额", 0) // 10'
    if re.fullmatch(r"\d+", text):
        return str(whole(text))
    if text.startswith("(if"):
        rate, name = re.fullmatch(r"\(if 高新技术企业 then 0.1 else (.*)\) \* (.*)", text).groups()
        rates = f'CASE WHEN "高新技术企业" THEN {whole("0.1")} ELSE {whole(rate)} END'
    else:
        name, rate = text.split(" * ")
        rates = str(whole(rate))
    fen = f'("{name}" * ({rates}) // {SCALE} + 50) // 100'
    if policy["cap"]:
        fen = f'CASE WHEN "{name}" IS NOT NULL THEN least({fen}, {int(policy["cap"]) * 100}) END'
    return f"({fen}) * 100"


DUCKDB = """
const { DuckDBInstance } = require(process.argv[1] + '/@duckdb/node-api');
const job = JSON.parse(require('fs').readFileSync(process.argv[2]));
(async () => {
  const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await db.run(job.load);
  let used = 0; const rows = [];
  for (const sql of job.selects) {
    const before = process.cpuUsage();
    const found = (await db.runAndReadAll(sql)).getRows()[0];
    const spent = process.cpuUsage(before);
    used += (spent.user + spent.system) / 1e6;
    rows.push(found.map(value => value === null ? '0' : String(value)));
  }
  console.log(JSON.stringify({ used, rows }));
})();
"""


def run_duckdb(folder, columns, policies, modules):
    table = folder / "peers.csv"
    names = [name for name in columns if name not in ("企业名称", "统一社会信用代码")]
    with open(table, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        cells = [np.where(columns[n][2], columns[n][1].astype(str), "") for n in names]
        writer.writerows(zip(*cells))
    kinds = {"truth": "BOOLEAN", "number": "BIGINT", "text": "VARCHAR"}
    types = ", ".join(f"'{n}': '{kinds[columns[n][0]]}'" for n in names)
    selects = []
    for at in range(0, len(policies), 50):
        parts = []
        for policy in policies[at:at + 50]:
            condition = sql_condition(policy)
            parts += [f"count(*) FILTER ({condition})", f"count(*) FILTER (({condition}) IS NULL)",
                      f"sum({sql_amount(policy)}) FILTER ({condition})"]
        selects.append("SELECT " + ", ".join(parts) + " FROM e")
    job = folder / "peers.json"
    job.write_text(json.dumps({"load": f"CREATE TABLE e AS SELECT * FROM read_csv('{table}', "
                               f"header=true, columns={{{types}}})", "selects": selects}))
    done = subprocess.run(["node", "-e", DUCKDB, str(pathlib.Path(modules).resolve()), str(job)],
                          check=True, capture_output=True, text=True)
    answer = json.loads(done.stdout)
    flat = [value for row in answer["rows"] for value in row]
    return answer["used"], [tuple(int(v) for v in flat[i:i + 3]) for i in range(0, len(flat), 3)]


def compare(policies, results, counts):
    """How many policies agree with huice's totals, among those that can be compared."""
    ours = {policy["policy"]: policy for policy in counts["policies"]}
    agreed = compared = 0
    for policy, (eligible, open_rows, _) in zip(policies, results):
        if "企业规模" in " ".join(policy["all"] + policy["any"] + policy["none"]):
            continue
        found = ours[policy["id"]]["counts"]
        compared += 1
        agreed += (found["eligible"], found["incomplete"] + found["review"]) == (eligible, open_rows)
    return f"{agreed} of {compared} policies agree with huice"


def time_huice(program, rows, policies):
    """CPU seconds for counts and sums, the median of five."""
    done = subprocess.run(
        [program, f"--benchmark_filter=^BM_BulkAmounts_Huice/{rows}/{policies}/90$",
         "--benchmark_repetitions=5", "--benchmark_format=json"],
        check=True, capture_output=True, text=True)
    found = [row for row in json.loads(done.stdout)["benchmarks"]
             if row.get("aggregate_name") == "median"]
    return found[0]["cpu_time"] / 1000 if found else None


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--counts", type=pathlib.Path)
    parser.add_argument("--duckdb")
    parser.add_argument("--bench")
    options = parser.parse_args()
    columns = read_columns(options.folder / "enterprises.csv")
    policies = read_policies(options.folder / "policies" / "local")
    rows = len(columns["从业人数"][1])
    counts = json.loads(options.counts.read_text()) if options.counts else None
    begin = time.process_time()
    results = Numpy(columns).run(policies)
    used = {"numpy": time.process_time() - begin}
    print(f"{rows} enterprises, {len(policies)} policies")
    answers = {"numpy": results}
    if options.duckdb:
        used["duckdb"], answers["duckdb"] = run_duckdb(options.folder, columns, policies,
                                                       options.duckdb)
    else:
        print("duckdb: skipped, name a node_modules with @duckdb/node-api by --duckdb")
    ours = time_huice(options.bench, rows, len(policies)) if options.bench else None
    if options.bench and ours is None:
        print(f"huice: no case of {options.bench} has as many enterprises and policies")
    if ours:
        used["huice"] = ours
    for who, seconds in used.items():
        print(f"{who}: {seconds:.3f} CPU s, {rows * len(policies) / seconds / 1e6:.1f} M pairs/s" +
              (f", {seconds / ours:.1f} times huice" if ours and who in answers else ""))
        if counts and who in answers:
            print("  " + compare(policies, answers[who], counts))


if __name__ == "__main__":
    main()
