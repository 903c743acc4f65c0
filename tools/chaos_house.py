"""The program under load and what its phones keep count of, for tools/chaos.py."""

import collections
import contextlib
import http.client
import itertools
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time

PHONES = 8
RETRY_CODES = {"store.broken", "store.busy", "store.full", "store.unknown", "http.unanswered", "http.busy"}
Answer = collections.namedtuple("Answer", "status code body retry_after")


def key():
    digits = list(f"{int(time.time() * 1000):012x}" + os.urandom(10).hex())
    digits[12], digits[16] = "7", "8"
    text = "".join(digits)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The program on the demo, in a folder of its own; started again where it ends, as systemd does."""

    def __init__(self, program, folder, arguments=(), environment=None):
        self.program, self.folder, self.arguments = program, folder, list(arguments)
        self.environment = {**os.environ, **(environment or {})}
        self.port, self.starts, self.process = free_port(), 0, None
        self.log = open(f"{folder}.said", "a", encoding="utf-8")
        self.over = threading.Event()
        self.start()
        self.wait_ready(120)
        self.keeper = threading.Thread(target=self.keep, daemon=True)
        self.keeper.start()

    def start(self):
        self.starts += 1
        self.process = subprocess.Popen(
            [self.program, "serve", "--demo", "--data", self.folder, "--listen", f"127.0.0.1:{self.port}", *self.arguments],
            stdout=self.log, stderr=self.log, start_new_session=True, env=self.environment)

    def keep(self):
        while not self.over.wait(0.1):
            if self.process.poll() is not None:
                self.start()

    def said(self):
        return pathlib.Path(self.log.name).read_text(encoding="utf-8")

    def wait_ready(self, seconds):
        until = time.monotonic() + seconds
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.ask("GET", "/readyz", timeout=5).status == 200:
                    return
            if time.monotonic() > until:
                sys.exit("the server is not ready:\n" + self.said()[-3000:])
            time.sleep(0.05)

    def stop(self):
        self.over.set()
        if hasattr(self, "keeper"):
            self.keeper.join()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()

    def ask(self, method, path, body=None, headers=None, timeout=60, port=None):
        line = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=timeout)
        try:
            line.request(method, path, None if body is None else json.dumps(body),
                         {"X-Doorstep": "1", "Content-Type": "application/json", **(headers or {})})
            answer = line.getresponse()
            said = answer.read()
        finally:
            line.close()
        made = {}
        if said and "json" in (answer.getheader("Content-Type") or ""):
            made = json.loads(said)
        code = made.get("code", "") if isinstance(made, dict) else ""
        if answer.getheader("Set-Cookie"):
            self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        return Answer(answer.status, code, made, answer.getheader("Retry-After"))

    def desk(self, method, path, body=None):
        answer = self.ask(method, "/api/v1" + path, body, {"Cookie": self.cookie, "Idempotency-Key": key()})
        if answer.status != 200:
            sys.exit(f"{method} {path}: {answer.status} {answer.body}")
        return answer.body

    def links(self, count):
        signed_in = self.ask("POST", "/api/v1/session", {"login": "demo", "password": "doorstep-demo"})
        if signed_in.status != 200:
            sys.exit(f"sign-in: {signed_in}")
        rows = self.desk("GET", f"/households?limit={count}")["rows"]
        return [self.desk("POST", f"/households/{row['id']}/links", {"name": "phone"})["token"] for row in rows]


class Reports:
    """Every key that a phone has used, with its receipts."""

    def __init__(self, server, links):
        self.server, self.links = server, links
        self.lock = threading.Lock()
        self.receipts = {}
        self.link_of = {}
        self.refused = collections.Counter()
        self.broken = collections.Counter()
        self.wrong = []
        self.read = 0
        self.last_receipt = time.monotonic()

    def send(self, one, link, port=None, patience=60):
        """True once it is answered with a receipt."""
        try:
            answer = self.server.ask("POST", "/api/v1/check-ins", {"wellbeing": "fine"},
                                     {"Authorization": f"Link {link}", "Idempotency-Key": one}, patience, port)
        except (OSError, http.client.HTTPException) as error:
            with self.lock:
                self.broken[type(error).__name__] += 1
            return False
        with self.lock:
            if answer.status == 200:
                self.receipts[one].add(answer.body["id"])
                self.last_receipt = time.monotonic()
                return True
            self.refuse(answer)
            return False

    def refuse(self, answer):
        """With the lock held: a code that is known, a word on when to ask again, and nothing of what stands below."""
        self.refused[(answer.status, answer.code)] += 1
        named = "/" in answer.body.get("hint", "") or "errno" in answer.body.get("hint", "")
        if answer.status != 503 or answer.code not in RETRY_CODES or not answer.retry_after or named:
            self.wrong.append(answer)

    def reader(self, over):
        """The desk looks at its lists meanwhile."""
        while not over.wait(0.02):
            with contextlib.suppress(OSError, http.client.HTTPException):
                answer = self.server.ask("GET", "/api/v1/households?limit=20", headers={"Cookie": self.server.cookie})
                with self.lock:
                    self.read += answer.status == 200
                    if answer.status != 200:
                        self.refuse(answer)

    def phone(self, link, over, pause, port, times, patience):
        while not over.is_set():
            one, began = key(), time.monotonic()
            with self.lock:
                self.receipts[one] = set()
                self.link_of[one] = link
            while not self.send(one, link, port, patience) and not over.is_set():
                time.sleep(pause)
            if self.receipts[one] and times is not None:
                times.append(time.monotonic() - began)

    @contextlib.contextmanager
    def under_load(self, pause=0.05, ports=(), times=None, patience=60):
        over = threading.Event()
        threads = [threading.Thread(target=self.phone, args=(link, over, pause, port, times, patience))
                   for link, port in itertools.zip_longest(self.links, ports)]
        threads.append(threading.Thread(target=self.reader, args=(over,)))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def answered(self):
        with self.lock:
            return sum(1 for one in self.receipts.values() if one)

    def wait_for_more(self, seconds):
        """How long it took until a report was answered that was not before."""
        before, began = self.answered(), time.monotonic()
        while self.answered() <= before:
            if time.monotonic() - began > seconds:
                sys.exit(f"no report was answered for {seconds} s: {dict(self.refused)} {dict(self.broken)}\n"
                         + self.server.said()[-3000:])
            time.sleep(0.02)
        return time.monotonic() - began

    def answered_anew(self):
        """One report more, now."""
        one = key()
        self.receipts[one], self.link_of[one] = set(), self.links[0]
        return self.send(one, self.links[0])

    def settle(self):
        """As a phone does: what was never answered is sent again."""
        for one, got in list(self.receipts.items()):
            until = time.monotonic() + 60
            while not got and not self.send(one, self.link_of[one]):
                if time.monotonic() > until:
                    sys.exit("a report is not answered in the end")
                time.sleep(0.2)

    def judge(self, stored, what):
        problems = [f"{len(got)} receipts for one key" for got in self.receipts.values() if len(got) != 1]
        receipts = {next(iter(got)) for got in self.receipts.values() if got}
        lost = len(receipts - set(stored))
        doubled = len(stored) - len(receipts)
        problems += [f"{lost} lost"] * (lost > 0) + [f"{doubled} too many"] * (doubled != 0)
        problems += [f"answered {one.status} {one.code!r} Retry-After {one.retry_after}, {one.body}"
                     for one in self.wrong[:5]]
        refused = ", ".join(f"{count} x {status} {code}" for (status, code), count in sorted(self.refused.items()))
        print(f"{what}: {len(receipts)} reports, {lost} lost, {doubled} doubled, {self.read} lists read; refused meanwhile: {refused or 'none'}; "
              f"without an answer: {sum(self.broken.values())}")
        for problem in problems:
            print("WRONG:", problem)
        return not problems


class Watch:
    """A page that is open at the desk: it listens, and connects again where its line breaks, as browsers do."""

    def __init__(self, server):
        self.server, self.events = server, 0
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        last = None
        while not self.server.over.is_set():
            headers = {"Cookie": self.server.cookie, **({"Last-Event-ID": last} if last else {})}
            line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
            with contextlib.suppress(OSError, http.client.HTTPException):
                line.request("GET", "/api/v1/events", headers=headers)
                answer = line.getresponse()
                while answer.status == 200 and (text := answer.readline()):
                    if text.startswith(b"id:"):
                        last = text[3:].strip().decode()
                    self.events += text.startswith(b"data:")
            line.close()
            time.sleep(0.5)

    def hears_again(self, report):
        before, until = self.events, time.monotonic() + 30
        report()
        while self.events <= before and time.monotonic() < until:
            time.sleep(0.1)
        return self.events > before


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def id_text(value):
    """As base/id.h writes ids."""
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(60, -1, -5))


STORED = "SELECT c.id FROM check_in c JOIN link_token l ON l.id = c.reported_by WHERE l.name = 'phone'"


def verified(program, folder, *arguments):
    done = subprocess.run([program, "verify", "--data", folder, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print("WRONG: the journal does not verify:", done.stdout[-500:], done.stderr[-500:])
    return done.returncode == 0
