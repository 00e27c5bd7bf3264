"""A part of service_walk.py: problems that go a tier up."""
from service_client import Client


def escalations(people, server):
    """What is overdue for long goes up a tier, only what was seen, and once."""
    clerk, reviewer = people["经办"], people["审核"]
    clerk.refused("session.forbidden", "GET", "/ledger/escalations")
    due = reviewer.ok("GET", "/ledger/escalations")[0]["items"]
    assert len(due) > 1, due
    first, rest = due[0], due[1:]
    path = f"/ledger/problems/{first['problem']}"
    before, _ = reviewer.ok("GET", path)
    assert before["overdue_days"] == first["overdue_days"] > 0, (before, first)
    seen = {"problems": [first["problem"]]}
    account = {"login": "other", "name": "孙某", "roles": ["审核"], "password": "correct horse 9",
               "unit": next(each["unit"] for each in rest if each["unit"] != first["unit"])}
    people["管理"].ok("POST", "/users", account)
    other = Client(server, clerk.contract).sign_in("other", account["password"])
    assert other.ok("GET", "/ledger/escalations")[0]["items"] == [
        each for each in rest if each["unit"] == account["unit"]]
    other.refused("session.forbidden", "POST", "/ledger/escalations", seen)
    clerk.refused("session.forbidden", "POST", "/ledger/escalations", seen)
    assert reviewer.ok("GET", path)[0]["version"] == before["version"]
    assert reviewer.ok("POST", "/ledger/escalations", seen)[0]["items"] == [first]
    after, _ = reviewer.ok("GET", path)
    assert len(after["events"]) == len(before["events"]) + 1, after
    step = after["events"][-1]
    assert (step["event"], step["on"], step["tier"], step["note"]) == (
        "升级", people["today"], first["to"], first["why"]), step
    assert reviewer.ok("POST", "/ledger/escalations", seen)[0]["items"] == []
    assert reviewer.ok("GET", path)[0]["version"] == after["version"]
    assert reviewer.ok("GET", "/ledger/escalations")[0]["items"] == rest
    entry = people["管理"].ok("GET", "/audit", query={"limit": 1})[0]["items"][0]
    assert entry["action"] == "问题.升级" and f"/{first['problem']}/" in entry["subject"], entry
