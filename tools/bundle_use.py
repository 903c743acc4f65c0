#!/usr/bin/env python3
"""Uses an installed doorstep as people do, over HTTP alone, and says how long each step took.

    bundle_use.py [--root DIR] [--program NAME]     the program's own root (chroot); NAME as typed there

First the demo: its pages and one check-in. Then a new installation, from the printed set-up link over two tables to the
first resident who says 我很好. Run by tools/bundle_test.sh in a place without network; needs python3 alone.
"""

import argparse
import base64
import hashlib
import hmac
import http.client
import http.cookiejar
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request



def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PORT = free_port()
BASE = f"http://127.0.0.1:{PORT}"
HERE = pathlib.Path(__file__).resolve().parent.parent


class Desk:
    """A browser without a screen: it keeps its cookie."""

    def __init__(self):
        jar = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open

    def ask(self, method, path, body=None, media="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        headers = {"X-Doorstep": "1", "Content-Type": media, "Idempotency-Key": key()}
        request = urllib.request.Request(BASE + path, None if method == "GET" else data, headers, method=method)
        with self.open(request, timeout=60) as answer:
            text = answer.read()
            return json.loads(text) if "json" in answer.headers.get("Content-Type", "") else text.decode()


def key():
    """A UUID of version 7."""
    digits = list(f"{int(time.time() * 1000):012x}" + os.urandom(10).hex())
    digits[12], digits[16] = "7", "8"
    text = "".join(digits)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def code(secret):
    """RFC 6238."""
    padded = secret.replace(" ", "").upper()
    padded += "=" * (-len(padded) % 8)
    counter = int(time.time() // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(padded), counter, hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


class Server:
    def __init__(self, root, program, *arguments):
        data = f"/tmp/doorstep-use-{os.getpid()}"
        self.data = root + data
        os.makedirs(self.data)
        command = (["chroot", root] if root else []) + [program, "serve", "--data", data, "--listen", f"127.0.0.1:{PORT}"]
        self.log = open(f"{self.data}/said", "w+")
        command += arguments
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, start_new_session=True)
        until = time.monotonic() + 120
        while "ready on" not in self.said():
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit("the server did not start:\n" + self.said())
            time.sleep(0.05)

    def said(self):
        with open(self.log.name) as log:
            return log.read()

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        shutil.rmtree(self.data)


def look(desk, path, wanted):
    page = desk.ask("GET", path)
    assert wanted in page, f"{path} does not hold {wanted}"
    for asset in set(re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css))"', page)):
        assert desk.ask("GET", asset), asset


def report_fine(link):
    """What the button of a resident's page sends."""
    token = link.rstrip("/").rsplit("/", 1)[1]
    headers = {"Authorization": f"Link {token}", "Content-Type": "application/json", "Idempotency-Key": key()}
    asked = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    asked.request("POST", "/api/v1/check-ins", json.dumps({"wellbeing": "fine"}), headers)
    answer = asked.getresponse()
    text = answer.read()
    assert answer.status == 200, text
    return json.loads(text)["received_at"]


def import_table(desk, kind, name):
    table = (HERE / "demo" / name).read_bytes()
    made = desk.ask("POST", f"/api/v1/imports?kind={kind}&file_name={name}", table, "text/csv")["id"]
    for state in ("ready", "applied"):
        until = time.monotonic() + 120
        while (now := desk.ask("GET", f"/api/v1/imports/{made}"))["state"] != state:
            assert now["state"] not in ("failed", "mapping") and time.monotonic() < until, now
            time.sleep(0.05)
        if state == "ready":
            desk.ask("POST", f"/api/v1/imports/{made}/apply")
    return now["counts"]["applied"]


def demo(root, program):
    began = time.monotonic()
    server = Server(root, program, "--demo")
    ready = time.monotonic() - began
    desk = Desk()
    look(desk, "/c/", "<script")
    links = re.findall(r"http://\S+/r/\S+", server.said())
    look(desk, links[0][len(BASE):], "我很好")
    received = report_fine(links[0])
    assert desk.ask("GET", "/healthz") is not None
    print(f"demo: ready in {ready:.1f} s, pages and assets, check-in received {received}")
    server.stop()


def first_fine(root, program):
    """From nothing to the first report, every step as the pages do it."""
    began = time.monotonic()
    steps = []

    def done(what):
        steps.append(f"  {time.monotonic() - began:6.1f} s  {what}")

    server = Server(root, program)
    done("the server is ready and has printed the set-up link")
    token = re.search(r"/c/setup#(\S+)", server.said()).group(1)
    desk = Desk()
    made = desk.ask("POST", "/api/v1/setup", {"token": token, "community_name": "富民花园", "name": "兰江",
                                             "login": "lanjiang", "password": "a quiet door in the rain"})
    desk.ask("POST", "/api/v1/setup/confirm", {"token": token, "code": code(made["totp_secret"])})
    done("the manager is signed in with a one-time code")
    doors = import_table(desk, "dwellings", "fumin-dwellings.csv")
    people = import_table(desk, "residents", "fumin-residents.csv")
    done(f"two tables are imported: {doors} and {people} rows")
    building = desk.ask("GET", "/api/v1/places?kind=building&limit=1")["rows"][0]
    desk.ask("POST", "/api/v1/observations", {"place": building["id"], "ground": "area"})
    done(f"building {building['name']} is under observation")
    household = desk.ask("GET", f"/api/v1/households?place={building['id']}&limit=1")["rows"][0]["id"]
    link = desk.ask("POST", f"/api/v1/households/{household}/links", {"name": "家"})
    done("a household has its link")
    received = report_fine(link["url"])
    done(f"the first 我很好, received {received}")
    print("first report, from an empty folder:\n" + "\n".join(steps))
    server.stop()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--root", default="")
    options.add_argument("--program", default="doorstep")
    chosen = options.parse_args()
    demo(chosen.root, chosen.program)
    first_fine(chosen.root, chosen.program)


if __name__ == "__main__":
    main()
