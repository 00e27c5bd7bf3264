"""A client of the service that holds every answer against docs/openapi.yaml."""
import http.client
import json
import os
import re
import signal
import subprocess
import tempfile
import urllib.parse

import jsonschema
import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Contract:
    def __init__(self):
        with open(os.path.join(ROOT, "docs/openapi.yaml"), encoding="utf-8") as file:
            # JSON knows no days; YAML 1.1 would make them of examples.
            self.root = json.loads(json.dumps(yaml.safe_load(file), default=str))
        self.paths = []
        for path, item in self.root["paths"].items():
            base = item["servers"][0]["url"].rstrip("/") if "servers" in item else "/api/v1"
            pattern = re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", base + path) + "$")
            self.paths.append((path.count("{"), pattern, item))
        self.paths.sort(key=lambda each: each[0])
        self.seen = set()

    def check(self, method, path, status, kind, body):
        item = next(item for _, pattern, item in self.paths if pattern.match(path))
        operation = item[method.lower()]
        self.seen.add(operation["operationId"])
        answers = operation["responses"]
        answer = answers.get(str(status)) or answers["default"]
        assert str(status) in answers or status >= 400, (method, path, status, body[:500])
        if "$ref" in answer:
            answer = self.root["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
        content = answer.get("content")
        if status in (204, 304) or content is None:
            assert not body, (method, path, body)
            return
        assert kind in content, (method, path, kind, sorted(content))
        schema = content[kind].get("schema")
        if schema:
            resolver = jsonschema.RefResolver.from_schema(self.root)
            jsonschema.Draft202012Validator(schema, resolver=resolver).validate(json.loads(body))


class Server:
    """`huice serve` on a free port; ends with the `with` it is used in."""

    def __init__(self, binary, folder, database=None, environment=None, **settings):
        self.binary = binary
        self.environment = dict(os.environ, **(environment or {}))
        self.tls = None  # what its clients trust, where it has a certificate
        self.database = database or os.path.join(folder, "huice.db")
        settings = {"监听": "127.0.0.1:0", "数据库": self.database, "文件库": "library",
                    "每人每秒请求": 0, "每址每分钟登录": 0, **settings}
        self.config = tempfile.mktemp(suffix=".yaml", dir=folder)
        with open(self.config, "w", encoding="utf-8") as file:
            json.dump(settings, file, ensure_ascii=False)
        self.log = open(self.config + ".log", "w", encoding="utf-8")
        self.start()

    def start(self):
        self.process = subprocess.Popen([self.binary, "serve", "--config", self.config],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True,
                                        env=self.environment)
        self.port, self.invitation = None, None
        for line in self.process.stdout:
            place = re.search(r"https?://127\.0\.0\.1:(\d+) ", line)
            link = re.search(r"/setup#(\S+)", line)
            self.port = int(place.group(1)) if place else self.port
            self.invitation = link.group(1) if link else None
            if link or (place and self.has_accounts()):
                break
        assert self.port, "the service did not start: " + open(self.log.name, encoding="utf-8").read()

    def has_accounts(self):
        listed = subprocess.run([self.binary, "user", "list", "--database", self.database],
                                capture_output=True, text=True, check=True)
        return bool(listed.stdout)

    def said(self, *words):
        """Whether a line of the log has all the words."""
        with open(self.log.name, encoding="utf-8") as file:
            return any(all(word in line for word in words) for line in file)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=60)
        self.process.stdout.close()
        assert status == 0, status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()
        self.log.close()


class Client:
    def __init__(self, server, contract=None):
        self.server, self.contract = server, contract
        self.cookie, self.csrf, self.headers = None, None, {}
        self.answered = None  # headers of the last answer

    def __call__(self, method, path, body=None, raw=None, query=None, **headers):
        """Status, parsed body (bytes where it is no JSON), ETag."""
        sent = dict(self.headers, **{name.replace("_", "-"): text for name, text in headers.items()})
        if self.cookie:
            sent["Cookie"] = self.cookie
            sent.setdefault("X-CSRF-Token", self.csrf or "")
        if body is not None:
            sent["Content-Type"] = "application/json"
            raw = json.dumps(body).encode()
        elif raw is not None:
            sent["Content-Type"] = "application/octet-stream"
        target = path if path in ("/healthz", "/readyz", "/metrics") else "/api/v1" + path
        full = target + ("?" + urllib.parse.urlencode(query) if query else "")
        place = {"host": "127.0.0.1", "port": self.server.port, "timeout": 120}
        tls = self.server.tls
        connection = (http.client.HTTPSConnection(**place, context=tls) if tls else
                      http.client.HTTPConnection(**place))
        try:
            connection.request(method, full, raw, sent)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        self.answered = answer.headers
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self.cookie = cookie.split(";")[0]
        kind = (answer.getheader("Content-Type") or "").split(";")[0]
        if self.contract:
            self.contract.check(method, target, answer.status, kind, data)
        parsed = json.loads(data) if kind in ("application/json", "application/problem+json") else data
        return answer.status, parsed, answer.getheader("ETag")

    def ok(self, *arguments, **named):
        status, body, tag = self(*arguments, **named)
        assert status < 300, (arguments[:2], status, body)
        return body, tag

    def refused(self, identity, *arguments, **named):
        status, body, _ = self(*arguments, **named)
        assert status >= 400 and body["id"] == identity, (arguments[:2], status, body)

    def sign_in(self, login, password):
        session, _ = self.ok("POST", "/session", {"login": login, "password": password})
        self.csrf = session["csrf"]
        return self


def begin(server, contract=None, county="430590"):
    """The first administrator by invitation, and a client for each further role."""
    password = "correct horse 9"
    Client(server, contract).ok("POST", "/setup", {
        "token": server.invitation, "login": "admin", "name": "管理员", "password": password,
        "county": county})
    clients = {"管理": Client(server, contract).sign_in("admin", password)}
    for number, role in enumerate(["查看", "经办", "审核", "签发", "考核"]):
        clients["管理"].ok("POST", "/users", {"login": f"u{number}", "name": role, "roles": [role],
                                            "password": password})
        clients[role] = Client(server, contract).sign_in(f"u{number}", password)
    return clients
