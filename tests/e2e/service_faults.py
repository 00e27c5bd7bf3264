"""Dying nodes, slow and hostile clients: service_faults.py NAME BINARY FOLDER …"""
import http.client
import io
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import zipfile

from service_client import Client, Server, begin


def wait_until(holds, seconds=1800):
    """Waits for a condition; the limit only ends a test that would hang."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it never came to hold")


def nodes(binary, folder, database, count):
    """One of two nodes dies in the middle of an export; the other finishes it."""
    count = int(count)
    subprocess.run([binary, "db", "init", "--database", database], check=True,
                   stdout=subprocess.DEVNULL)
    with Server(binary, folder, database, 任务租期秒=8) as one, \
            Server(binary, folder, database, 任务租期秒=8) as two:
        clerk = begin(two)["经办"]  # the later invitation counts
        sample = clerk.ok("GET", "/templates/letter")[0]["sample"]
        items = [{"发文字号": f"云函〔2026〕{number}号"} for number in range(1, count + 1)]
        job, _ = clerk.ok("POST", "/jobs", {"kind": "draft-batch", "request": {
            "template": "letter", "shared": sample, "items": items}})
        path = f"/jobs/{job['id']}"
        wait_until(lambda: clerk.ok("GET", path)[0]["done"] >= count // 4)
        dying, other = (one, two) if one.said(job["id"], "taken") else (two, one)
        dying.kill()
        clerk = Client(other).sign_in("u1", "correct horse 9")
        at_death, _ = clerk.ok("GET", path)
        assert at_death["state"] == "running" and at_death["done"] < count, at_death
        wait_until(lambda: clerk.ok("GET", path)[0]["state"] == "done", 1800)
        done, _ = clerk.ok("GET", path)
        assert done["done"] == count and done["attempts"] >= 2 and not done["failures"], done
        result, _ = clerk.ok("GET", path + "/result")
        archive = zipfile.ZipFile(io.BytesIO(result))
        names = archive.namelist()
        assert len(names) == len(set(names)) == count, len(names)
        assert len({archive.read(name) for name in names}) == count
        other.stop()
    subprocess.run([binary, "db", "check", "--database", database], check=True,
                   stdout=subprocess.DEVNULL)
    print("ok", at_death["done"], "of", count, "when its node died")


def ingestion(binary, folder, database, count):
    """One of two nodes dies while it reads a container of files; the other takes the rest in, each
    file once, and both find them all."""
    count = int(count)
    subprocess.run([binary, "db", "init", "--database", database], check=True,
                   stdout=subprocess.DEVNULL)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(1, count + 1):
            archive.writestr(f"2026/通知{number}.txt",
                             f"云岭县关于第{number}件事的通知\n\n各乡镇：\n零工驿站第{number}号。\n")
    with Server(binary, folder, database, 任务租期秒=8, 各县文件库="one") as one, \
            Server(binary, folder, database, 任务租期秒=8, 各县文件库="two") as two:
        clerk = begin(two)["经办"]
        handed, _ = clerk.ok("POST", "/library/files", raw=packed.getvalue(),
                             query={"filename": "一批.zip"})
        job = handed["job"]["id"]

        def taken_in(by):
            page, _ = by.ok("GET", "/library/files", query={"limit": 500})
            return [file["title"] for file in page["items"] if file["state"] == "已入库"]

        wait_until(lambda: len(taken_in(clerk)) >= count // 4)
        dying, other = (one, two) if one.said(job, "taken") else (two, one)
        dying.kill()
        clerk = Client(other).sign_in("u1", "correct horse 9")
        at_death = len(taken_in(clerk))
        assert at_death < count, at_death
        wait_until(lambda: clerk.ok("GET", f"/jobs/{job}")[0]["state"] == "done")
        done, _ = clerk.ok("GET", f"/jobs/{job}")
        assert done["done"] == count and done["attempts"] >= 2 and not done["failures"], done
        assert len(set(taken_in(clerk))) == len(taken_in(clerk)) == count
        dying.start()
        for node in (other, dying):
            reader = Client(node).sign_in("u1", "correct horse 9")

            def found(reader=reader):
                hits, _ = reader.ok("GET", "/library/search", query={"q": "零工驿站", "limit": 1})
                return hits["total"], hits.get("missing", 0)
            wait_until(lambda found=found: found() == (count, 0))
        other.stop()
    subprocess.run([binary, "db", "check", "--database", database], check=True,
                   stdout=subprocess.DEVNULL)
    print("ok", at_death, "of", count, "when its node died")


def kills(binary, folder, rounds):
    """The service is killed while it writes enterprises and drafts; whatever it acknowledged is there
    afterwards, whole, and what is there beyond it is whole too."""
    def wanted(worker, name, count):
        """Where a worker writes, and what."""
        if worker % 2:
            return "/drafts", {"template": "letter", "data": {"标题": name, "正文": name * 200}}
        return "/enterprises", {"企业名称": name, "从业人数": count}

    server = Server(binary, folder)
    with server:
        people = begin(server)
        acknowledged, lock = {}, threading.Lock()
        for number in range(int(rounds)):
            goal = len(acknowledged) + 20
            clerk = Client(server).sign_in("u1", "correct horse 9")

            def write(worker, clerk=clerk, number=number):
                own = Client(server)
                own.cookie, own.csrf = clerk.cookie, clerk.csrf
                for count in range(10_000):
                    path, body = wanted(worker, f"第{number}-{worker}-{count}号", count)
                    try:
                        made, _ = own.ok("POST", path, body)
                    except (OSError, http.client.HTTPException):
                        return
                    with lock:
                        acknowledged[f"{path}/{made['id']}"] = body

            writers = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
            for writer in writers:
                writer.start()
            wait_until(lambda: len(acknowledged) >= goal)
            server.kill()
            for writer in writers:
                writer.join()
            subprocess.run([binary, "db", "check", "--database", server.database], check=True,
                           stdout=subprocess.DEVNULL)
            server.start()
        reader = Client(server).sign_in("u1", "correct horse 9")
        for path, body in acknowledged.items():
            found, _ = reader.ok("GET", path)
            kept = found.get("facts", found)
            assert all(kept[name] == value for name, value in body.items()), (path, found)
        total = 0
        for path, of_it in (("/enterprises", "facts"), ("/drafts", "data")):
            listed = reader.ok("GET", path, query={"limit": 1})[0]["total"]
            total += listed
            for offset in range(0, listed, 500):
                page, _ = reader.ok("GET", path, query={"limit": 500, "offset": offset})
                for each in page["items"]:
                    assert reader.ok("GET", f"{path}/{each['id']}")[0][of_it]
        assert len(acknowledged) <= total <= len(acknowledged) + 4 * int(rounds)
    print("ok", len(acknowledged), "acknowledged in", rounds, "rounds")


def restarts(binary, folder, database, server, rounds):
    """The database server ends all connections of the service while it is written and a job is
    done: what was acknowledged is there, and the service recovers by itself."""
    subprocess.run([binary, "db", "init", "--database", database], check=True,
                   stdout=subprocess.DEVNULL)
    end_all = ("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '"
               + database.split("?")[0].rsplit("/", 1)[1] + "'")
    with Server(binary, folder, database, 任务租期秒=8) as service:
        clerk = begin(service)["经办"]
        sample = clerk.ok("GET", "/templates/letter")[0]["sample"]
        items = [{"发文字号": f"云函〔2026〕{number}号"} for number in range(1, 101)]
        job, _ = clerk.ok("POST", "/jobs", {"kind": "draft-batch", "request": {
            "template": "letter", "shared": sample, "items": items}})
        acknowledged, failed, lock, finish = {}, [], threading.Lock(), threading.Event()

        def write(worker):
            own = Client(service)
            own.cookie, own.csrf = clerk.cookie, clerk.csrf
            count = 0
            while not finish.is_set():
                count += 1
                body = {"企业名称": f"第{worker}-{count}号"}
                status, made, _ = own("POST", "/enterprises", body)
                with lock:
                    if status == 201:
                        acknowledged[made["id"]] = body["企业名称"]
                    else:
                        failed.append((status, made["id"]))

        writers = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
        for writer in writers:
            writer.start()
        for number in range(int(rounds)):
            goal = len(acknowledged) + 20
            wait_until(lambda goal=goal: len(acknowledged) >= goal)
            subprocess.run(["psql", "-q", "-c", end_all, server], check=True,
                           stdout=subprocess.DEVNULL)
        goal = len(acknowledged) + 20
        wait_until(lambda: len(acknowledged) >= goal)
        finish.set()
        for writer in writers:
            writer.join()
        # Whoever had a connection at that moment is told, and nobody after him.
        assert all(each in ((503, "store.statement"), (503, "store.unreachable"))
                   for each in failed), failed
        assert len(failed) <= int(rounds) * len(writers), failed
        # Idle connections end unseen.
        wait_until(lambda: clerk.ok("GET", f"/jobs/{job['id']}")[0]["state"] == "done")
        subprocess.run(["psql", "-q", "-c", end_all, server], check=True,
                       stdout=subprocess.DEVNULL)
        assert Client(service)("GET", "/readyz")[0] == 200
        done, _ = clerk.ok("GET", f"/jobs/{job['id']}")
        assert done["done"] == len(items) and not done["failures"], done
        for identity, name in acknowledged.items():
            assert clerk.ok("GET", f"/enterprises/{identity}")[0]["facts"]["企业名称"] == name
        service.stop()
    subprocess.run([binary, "db", "check", "--database", database], check=True,
                   stdout=subprocess.DEVNULL)
    print("ok", len(acknowledged), "acknowledged,", len(failed), "refused")


def ended(connection):
    """Whether the other side has closed."""
    try:
        return connection.recv(1) == b""
    except (ConnectionResetError, BrokenPipeError):
        return True
    except (BlockingIOError, socket.timeout):
        return False


def slow(binary, folder):
    """Clients that drip bytes lose their connections, and others are served meanwhile."""
    with Server(binary, folder, 请求头秒数=8, 请求秒数=8, 连接数=24, 每址连接数=24) as server:
        people = begin(server)
        heads = [b"GET /healthz HTTP/1.1\r\nHost: x\r\n"] * 10
        bodies = [b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  b"Content-Length: 100000\r\n\r\n{"] * 10
        drips = []
        for start in heads + bodies:
            connection = socket.create_connection(("127.0.0.1", server.port))
            connection.sendall(start)
            connection.settimeout(0.01)
            drips.append(connection)
        stopping = threading.Event()

        def drip():
            while not stopping.wait(0.2):
                for connection in drips:
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        pass

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            people["查看"].ok("GET", "/enterprises")
            wait_until(lambda: all(ended(connection) for connection in drips), 120)
        finally:
            stopping.set()
            dripping.join()
        metrics = Client(server).ok("GET", "/metrics")[0].decode()
        cut_off = int(metrics.split("\nhuice_connections_cut_off_total ")[1].split("\n")[0])
        assert cut_off >= len(drips), cut_off
        people["查看"].ok("GET", "/enterprises")
    print("ok", cut_off)


def deaf(binary, folder):
    """More clients than threads ask for much and never read it; others are served all the same."""
    with Server(binary, folder, 请求秒数=3, 连接数=8, 每址连接数=64) as server:
        people = begin(server)
        request = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 200
        clients = []
        for _ in range(12):
            connection = socket.create_connection(("127.0.0.1", server.port))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(request)
            clients.append(connection)
        people["查看"].ok("GET", "/enterprises")
        for connection in clients:
            connection.close()
    print("ok")


def hostile(binary, folder):
    """Requests no client sends; the service refuses them and goes on."""
    with Server(binary, folder) as server:
        people = begin(server)
        cookie = people["经办"].cookie.encode()
        raw = [b"\x16\x03\x01\x00\xff\x01", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
               b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
               b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",
               b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
               b"GET /..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\n\r\n",
               b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}",
               b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
               b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
               b"POST /api/v1/match HTTP/1.1\r\nHost: x\r\nCookie: " + cookie +
               b"\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{}"]
        for request in raw:
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=60)
            try:
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
                answer = b"".join(iter(lambda: connection.recv(65536), b""))
            except OSError:
                answer = b""
            connection.close()
            assert b"root:" not in answer and b" 200 " not in answer[:20], answer[:200]
            people["经办"].ok("GET", "/session")
        assert server.process.poll() is None
    print("ok", len(raw))


def refused(binary, folder):
    """Whoever sends much and is refused at once reads why, and not that the connection was reset."""
    with Server(binary, folder, 上传上限MB=1) as server:
        people = begin(server)
        much = b"x" * (32 << 20)
        for _ in range(3):
            people["经办"].refused("service.body-too-large", "POST", "/library/files", raw=much,
                                 query={"filename": "a.txt"})
            people["查看"].refused("session.forbidden", "POST", "/library/files", raw=much,
                                 query={"filename": "a.txt"})
            Client(server).refused("session.required", "POST", "/library/files", raw=much,
                                   query={"filename": "a.txt"})
        people["经办"].refused("service.query", "POST", "/library/files", raw=much)
    print("ok")


def tls(binary, folder):
    """With a certificate: HTTPS and nothing else, TLS 1.2 and newer, browsers told to stay with it.

    OpenSSL is told to allow everything, so that what is refused is refused by the service."""
    key, certificate, lax = (os.path.join(folder, name) for name in ("key.pem", "cert.pem", "lax"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", certificate,
                    "-days", "2", "-subj", "/CN=huice.example", "-addext",
                    "subjectAltName=IP:127.0.0.1"], check=True, stderr=subprocess.DEVNULL)
    with open(lax, "w", encoding="utf-8") as file:
        file.write("openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = lax\n"
                   "[lax]\nMinProtocol = TLSv1\nCipherString = ALL:@SECLEVEL=0\n")

    def spoken(version):
        """What is spoken with a client that knows nothing newer, or what the service says to it."""
        client = ssl.create_default_context(cafile=certificate)
        client.set_ciphers("ALL:@SECLEVEL=0")
        client.minimum_version, client.maximum_version = ssl.TLSVersion.TLSv1, version
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=60) as plain, \
                    client.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
                return connection.version()
        except ssl.SSLError as error:
            return error.reason

    with Server(binary, folder, environment={"OPENSSL_CONF": lax}, 证书=certificate,
                私钥=key) as server:
        server.tls = ssl.create_default_context(cafile=certificate)
        reader = begin(server)["查看"]
        assert "; Secure" in Client(server).sign_in("u0", "correct horse 9").answered["Set-Cookie"]
        reader.ok("GET", "/enterprises")
        assert reader.answered["Strict-Transport-Security"].startswith("max-age=31536000")
        reader.refused("session.forbidden", "POST", "/library/files", raw=b"x" * (8 << 20),
                       query={"filename": "a.txt"})
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            assert spoken(version) == "TLSV1_ALERT_PROTOCOL_VERSION", spoken(version)
        assert spoken(ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
        assert spoken(ssl.TLSVersion.TLSv1_3) == "TLSv1.3"
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            try:
                answer = plain.recv(65536)
            except OSError:
                answer = b""
        assert b"HTTP/1.1" not in answer, answer
        reader.ok("GET", "/enterprises")
        server.stop()
    print("ok")


def stop(binary, folder):
    """SIGTERM: the request at work is answered, the job at work is handed back."""
    with Server(binary, folder) as server:
        people = begin(server)
        clerk = people["经办"]
        sample = clerk.ok("GET", "/templates/letter")[0]["sample"]
        job, _ = clerk.ok("POST", "/jobs", {"kind": "draft-batch", "request": {
            "template": "letter", "shared": sample, "items": [{}] * 500}})
        path = f"/jobs/{job['id']}"
        wait_until(lambda: clerk.ok("GET", path)[0]["done"] > 0)
        server.stop()
        server.start()
        clerk = Client(server).sign_in("u1", "correct horse 9")
        wait_until(lambda: clerk.ok("GET", path)[0]["state"] == "running")
        back, _ = clerk.ok("GET", path)
        assert back["attempts"] == 1 and 0 < back["done"] < 500, back  # handed back, not given up
        cancelled, _ = clerk.ok("DELETE", path)
        assert cancelled["state"] == "cancelled"
    print("ok")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
