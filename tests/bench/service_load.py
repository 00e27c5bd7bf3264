#!/usr/bin/env python3
"""Drives `huice serve` on loopback with wrk: many keep-alive connections, no error, nothing lost.

usage: service_load.py BINARY [--short] [--connections N] [--requests N] [--out FILE.json]

For each kind of request: what the service and the driver take of CPU each, what two cores shared by
both would therefore do in a second, and what was done while this ran (on a machine that others use
too, less). Then the latency at half of the goal, the sends paced; then writes, of which every
acknowledged one must be there; then the memory of the service over N requests (100,000).
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
from service_client import Server, begin  # noqa: E402

CORES = 2
TICKS = os.sysconf("SC_CLK_TCK")
GOALS = {"match": 1000, "screen": 1000, "search": 300, "draft": 50}  # a second
QUERIES = ["稳岗返还", "容缺受理", "企业宁静日", "首次入规奖励多少钱", "失业保险 返还", "研发费用加计扣除",
           "设备更新 补助", "湘办发电〔2021〕68号", "涉企问题交办销号", "中小企业划型标准", "营商环境", "考核办法",
           "融资 贷款贴息", "专精特新", "什么时候申报", "入企检查"]
STEPS = 5  # looks at the memory on the way


def cpu_of(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_of(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the service is gone")


class Load:
    def __init__(self, server, client, folder, connections):
        self.server, self.client, self.folder = server, client, folder
        self.connections = connections

    def settle(self):
        """Waits for what a driver that left still has at work."""
        while True:
            metrics, _ = self.client.ok("GET", "/metrics")
            if b"\nhuice_requests_in_flight 1\n" in metrics:  # this one
                return
            time.sleep(0.05)

    def run(self, lines, seconds, pause=0):
        """What wrk says, and the CPU seconds of the service and of wrk."""
        script = self.folder / "requests"
        script.write_text("".join(f"{method}\t/api/v1{path}\t{body}\n"
                                  for method, path, body in lines), encoding="utf-8")
        self.settle()
        own = resource.getrusage(resource.RUSAGE_CHILDREN)
        before = cpu_of(self.server.process)
        done = subprocess.run(
            ["wrk", "-t2", f"-c{self.connections}", f"-d{seconds}s", "--timeout", "60s", "-s",
             str(ROOT / "tests/bench/service_load.lua"), f"http://127.0.0.1:{self.server.port}",
             "--", str(script), self.client.cookie, self.client.csrf, str(pause)],
            check=True, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.settle()
        said = json.loads(done.stdout.strip().splitlines()[-1])
        said["service_cpu"] = cpu_of(self.server.process) - before
        said["driver_cpu"] = after.ru_utime + after.ru_stime - own.ru_utime - own.ru_stime
        assert said["refused"] == 0 and said["broken"] == 0 and said["requests"] > 0, said
        return said


def requests(people):
    """Lines of each kind: method, path below /api/v1, body."""
    clerk = people["经办"]
    sheet = (ROOT / "samples/enterprises.xlsx").read_bytes()
    clerk.ok("POST", "/enterprises/import", raw=sheet, query={"filename": "企业.xlsx"})
    ids = [each["id"] for offset in (0, 200) for each in
           clerk.ok("GET", "/enterprises", query={"limit": 200, "offset": offset})[0]["items"]]
    from urllib.parse import quote
    return {
        "screen": [("POST", "/match/screen", json.dumps({"enterprise": each})) for each in ids],
        "match": [("POST", "/match", json.dumps({"enterprise": each})) for each in ids],
        "search": [("GET", "/library/search?limit=10&q=" + quote(each), "") for each in QUERIES],
        "draft": [("POST", "/drafts/preview", json.dumps(each, ensure_ascii=False))
                  for each in drafts(clerk)]}


def drafts(clerk):
    """Notices of three pages, each with a number of its own."""
    sample = clerk.ok("GET", "/templates/general-notice")[0]["sample"]
    return [{"template": "general-notice", "data": dict(sample, 发文字号=f"云政办发〔2026〕{n}号")}
            for n in range(1, 33)]


def measure(load, kind, lines, seconds):
    load.run(lines, 2)  # connections to the database, fonts, handles
    full = load.run(lines, seconds)
    goal = GOALS[kind]
    pause = load.connections / (goal / 2)
    half = load.run(lines, max(seconds, round(3 * pause)), pause=round(pause * 1000))
    service = full["service_cpu"] / full["requests"]
    driver = full["driver_cpu"] / full["requests"]
    return {"goal": goal, "service_ms": service * 1000, "driver_ms": driver * 1000,
            "two_cores": CORES / (service + driver), "done": full["requests"] / full["seconds"],
            "half": half["requests"] / half["seconds"], "half_p50": half["p50"],
            "half_p99": half["p99"]}


def writes(load, seconds):
    """Every acknowledged write is there; those at work when the driver left may be."""
    clerk = load.client
    count = lambda: clerk.ok("GET", "/enterprises", query={"limit": 1})[0]["total"]
    before = count()
    body = json.dumps({"企业名称": "云岭写入######有限公司", "从业人数": 7}, ensure_ascii=False)
    done = load.run([("POST", "/enterprises", body)], seconds)
    written = count() - before
    assert done["requests"] <= written <= done["requests"] + load.connections, (done, written)
    return {"acknowledged": done["requests"], "there": written,
            "service_ms": 1000 * done["service_cpu"] / written}


def endurance(load, lines, wanted):
    """Mebibytes after each part of so many requests."""
    memory, done = [], 0
    while done < wanted:
        done += load.run(lines, 5)["requests"]
        if done >= wanted * (len(memory) + 1) / STEPS:
            memory.append(round(memory_of(load.server.process), 1))
    return {"requests": done, "memory": memory}


def show(results):
    print(f"{'':8}{'goal':>7}{'service':>11}{'driver':>11}{'two cores':>12}{'here':>9}"
          f"{'half, p50':>12}{'p99':>9}")
    for kind, each in results["kinds"].items():
        print(f"{kind:8}{each['goal']:5}/s{each['service_ms']:8.3f} ms{each['driver_ms']:8.3f} ms"
              f"{each['two_cores']:10.0f}/s{each['done']:7.0f}/s{each['half_p50']:9.1f} ms"
              f"{each['half_p99']:6.1f} ms")
    print("writes:", results["writes"])
    print("memory, MiB:", results["endurance"])
    print("load of the machine before and after:", results["machine"])


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--out")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: scripts/setup bench")
    seconds = 2 if options.short else 15
    machine = [os.getloadavg()[0]]  # of one minute
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        library = folder / "library"
        circulars = [str(ROOT / "samples/circulars")]
        subprocess.run([options.binary, "library", "add", *circulars, "--library", str(library)],
                       check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        with Server(options.binary, name, 文件库=str(library), 连接数=options.connections + 20,
                    每址连接数=options.connections + 20, 请求头秒数=60) as server:
            people = begin(server)
            lines = requests(people)
            load = Load(server, people["经办"], folder, options.connections)
            results = {"kinds": {kind: measure(load, kind, lines[kind], seconds) for kind in lines}}
            results["writes"] = writes(load, seconds)
            wanted = options.requests // 50 if options.short else options.requests
            results["endurance"] = endurance(load, lines["screen"], wanted)
            server.stop()
    results["machine"] = [*machine, os.getloadavg()[0]]
    show(results)
    if options.out:
        pathlib.Path(options.out).write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
