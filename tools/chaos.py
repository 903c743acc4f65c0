#!/usr/bin/env python3
"""What goes wrong under a running server, on purpose: its database restarts, its disk fills, fails or will not be
written, its phones have 64 kbit/s and lose three packets in ten.

    chaos.py postgres|disk|phones [--program NAME] [--rounds N]

Starts the real program on an empty folder and lets phones report without a pause, as they do: one key for each report,
sent again until it is answered. Whatever happens, each answer is a receipt, or an error with a code and a word on when
to ask again; a report that was answered is there, and every key has made exactly one; and the server is back by itself
once what it stands on is back. Exit code 1 where that does not hold.

`postgres` needs a server of its own to end: run it below tools/with_postgres.sh. docs/chaos.md says what is done.
"""

import argparse
import asyncio
import collections
import contextlib
import http.client
import itertools
import json
import os
import pathlib
import random
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

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


class Postgres:
    """The server that tools/with_postgres.sh has started."""

    BIN = "/usr/lib/postgresql/15/bin"

    def __init__(self):
        url = os.environ.get("DOORSTEP_TEST_POSTGRES") or sys.exit("run this below tools/with_postgres.sh")
        self.folder = urllib.parse.parse_qs(urllib.parse.urlparse(url).query)["host"][0]
        self.name = f"chaos_{os.getpid()}"
        self.url = f"postgresql:///{self.name}?host={self.folder}&user=postgres"
        self.sql(f"CREATE DATABASE {self.name}", "postgres")

    def as_owner(self, *words):
        if os.getuid() == 0:
            words = ("runuser", "-u", "postgres", "--", *words)
        return subprocess.run(words, cwd="/", check=True, capture_output=True, text=True).stdout

    def sql(self, statement, database=None):
        return self.as_owner(f"{self.BIN}/psql", "-h", self.folder, "-U", "postgres", "-d", database or self.name, "-AtqX",
                             "-c", statement)

    def stop(self, mode):
        self.as_owner(f"{self.BIN}/pg_ctl", "-D", f"{self.folder}/data", "-m", mode, "-w", "stop")

    def start(self):
        # With the options that it was started with; detached, or it would hold our ends of the pipes.
        words = shlex.split(pathlib.Path(f"{self.folder}/data/postmaster.opts").read_text(encoding="utf-8"))[3:]
        words = [f"{self.BIN}/pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o",
                 shlex.join(words), "start"]
        if os.getuid() == 0:
            words = ["runuser", "-u", "postgres", "--", *words]
        subprocess.run(words, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def run_postgres(arguments):
    """The database is restarted under load: at once, after a gap, and in the hard way."""
    postgres = Postgres()
    with tempfile.TemporaryDirectory(prefix="doorstep-chaos-") as around:
        folder = f"{around}/data"
        os.mkdir(folder)
        server = Server(arguments.program, folder, ["--database", postgres.url])
        try:
            reports = Reports(server, server.links(PHONES))
            watch = Watch(server)
            slowest = 0.0
            with reports.under_load():
                for number in range(arguments.rounds):
                    reports.wait_for_more(30)
                    time.sleep(random.uniform(0.2, 0.6))
                    postgres.stop("immediate" if number % 2 else "fast")
                    time.sleep(random.choice((0, 1.5)) if number else 2.5)
                    if number == 0 and server.ask("GET", "/readyz").status != 503:
                        sys.exit("ready without a database")
                    postgres.start()
                    slowest = max(slowest, reports.wait_for_more(30))
            reports.settle()
            heard = watch.hears_again(lambda: reports.answered_anew())
            same = server.starts == 1
            server.stop()
            stored = [id_text(int(one)) for one in postgres.sql(STORED).split()]
            good = reports.judge(stored, f"PostgreSQL restarted {arguments.rounds} times, back within {slowest:.1f} s")
            for right, wrong in ((same, "the server ended, and had to be started again"),
                                 (heard, "an open page hears nothing any more")):
                if not right:
                    print("WRONG:", wrong)
            return good and same and heard and verified(arguments.program, folder, "--database", postgres.url)
        finally:
            server.stop()


class Disk:
    """The folder of a server whose disk fails on command (tests/chaos/disk_faults.cpp)."""

    def __init__(self, around, library):
        self.folder, self.order = f"{around}/data", f"{around}/order"
        os.mkdir(self.folder)
        self.says("")
        self.environment = {"LD_PRELOAD": os.path.abspath(library), "DISK_FAULTS_FOLDER": self.folder,
                            "DISK_FAULTS_ORDER": self.order}

    def says(self, word):
        pathlib.Path(self.order + ".new").write_text(word, encoding="utf-8")
        os.replace(self.order + ".new", self.order)

    def stored(self):
        with contextlib.closing(sqlite3.connect(f"{self.folder}/doorstep.db")) as database:
            return [id_text(row[0]) for row in database.execute(STORED)]


def run_disk(arguments):
    """The disk is full, will not be written, cannot make sure; and is well again."""
    good = True
    for word, ends in (("full", False), ("readonly", True), ("sync", True)):
        with tempfile.TemporaryDirectory(prefix="doorstep-chaos-") as around:
            disk = Disk(around, arguments.library)
            server = Server(arguments.program, disk.folder, (), disk.environment)
            try:
                reports, slowest = Reports(server, server.links(PHONES)), 0.0
                with reports.under_load():
                    for _ in range(arguments.rounds):
                        reports.wait_for_more(30)
                        time.sleep(random.uniform(0.2, 0.6))
                        disk.says(word)
                        time.sleep(1.5)
                        kept, reads = reports.answered(), reports.read
                        time.sleep(0.5)
                        if reports.answered() > kept:
                            reports.wrong.append(Answer(200, "answered while nothing could be kept", {}, None))
                        if not ends and reports.read == reads:
                            reports.wrong.append(Answer(0, "no list could be read", {}, None))
                        disk.says("")
                        slowest = max(slowest, reports.wait_for_more(60))
                reports.settle()
                ended = server.starts - 1
                server.stop()
                good &= reports.judge(disk.stored(), f"disk: {word} {arguments.rounds} times, started anew {ended} times, "
                                                     f"back within {slowest:.1f} s")
                good &= verified(arguments.program, disk.folder)
                if (ended > 0) != ends:
                    print("WRONG: the server", "ended" if ended else "went on with a disk that it cannot trust")
                    good = False
            finally:
                server.stop()
    return good


class Line:
    """What lies between a phone on the stairs and the server: so many bytes in a second each way, for all connections
    together; and of the pieces that TCP makes some are lost, which whoever waits feels as a pause that doubles with every
    loss in a row. Some pieces are the last ones that a connection carries: half of the dead ones say so at once, half are
    silent for a while."""

    PIECE, FIRST_PAUSE, DEAD_AFTER, BREAKS, SILENCE = 1400, 0.3, 6, 0.03, 6

    def __init__(self, to_port, bytes_per_second, loss, chance):
        self.to_port, self.rate, self.loss, self.chance = to_port, bytes_per_second, loss, chance
        self.free_at = {"up": 0.0, "down": 0.0}
        self.pieces = self.lost = self.dead = 0
        self.port = None

    async def open(self):
        server = await asyncio.start_server(self.connect, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def pause_for_losses(self, longest):
        """False where it is dead."""
        losses = 0
        if self.chance.random() < self.BREAKS:
            self.dead += 1
            return False
        while self.chance.random() < self.loss:
            losses += 1
            self.lost += 1
            if losses >= longest:
                self.dead += 1
                return False
            await asyncio.sleep(self.FIRST_PAUSE * 2 ** (losses - 1))
        return True

    async def connect(self, reader, writer):
        out = None
        try:
            self.pieces += 1  # Of the handshake.
            if not await self.pause_for_losses(8):
                return
            there, out = await asyncio.open_connection("127.0.0.1", self.to_port)
            ways = [asyncio.ensure_future(self.carry(reader, out, "up")),
                    asyncio.ensure_future(self.carry(there, writer, "down"))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            if ways[0].done() and not ways[1].done() and ways[0].result() == "end":
                await asyncio.wait(ways, timeout=30)  # Asked, and now listening.
            for one in ways:
                one.cancel()
        except OSError:
            pass
        finally:
            for end in (writer, out):
                if end is not None:
                    end.transport.abort()

    async def carry(self, source, to, way):
        while True:
            piece = await source.read(self.PIECE)
            if not piece:
                return "end"
            self.pieces += 1
            now = asyncio.get_running_loop().time()
            self.free_at[way] = max(self.free_at[way], now) + len(piece) / self.rate
            await asyncio.sleep(self.free_at[way] - now)
            if not await self.pause_for_losses(self.DEAD_AFTER):
                if self.chance.random() < 0.5:
                    await asyncio.sleep(self.SILENCE)
                return "dead"
            try:
                to.write(piece)
                await to.drain()
            except OSError:
                return "dead"


class Lines:
    """Lines in a thread of their own."""

    def __init__(self, lines):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        for line in lines:
            asyncio.run_coroutine_threadsafe(line.open(), self.loop).result(10)


def run_phones(arguments):
    """Every phone has 64 kbit/s and loses three packets in ten; a report is in within ten seconds, at the median."""
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="doorstep-chaos-") as around:
        folder = f"{around}/data"
        os.mkdir(folder)
        server = Server(arguments.program, folder)
        try:
            links = server.links(PHONES)
            lines = [Line(server.port, 8000, 0.3, random.Random(chance.random())) for _ in links]
            Lines(lines)
            reports = Reports(server, links)
            times = []
            with reports.under_load(pause=0.5, ports=[line.port for line in lines], times=times, patience=10):
                time.sleep(arguments.seconds)
            reports.settle()
            server.stop()
            with contextlib.closing(sqlite3.connect(f"{folder}/doorstep.db")) as database:
                stored = [id_text(row[0]) for row in database.execute(STORED)]
            times.sort()
            middle, late = times[len(times) // 2], times[len(times) * 95 // 100]
            lost = sum(line.lost for line in lines) / max(1, sum(line.pieces + line.lost for line in lines))
            good = reports.judge(stored, f"{PHONES} phones at 64 kbit/s, {lost:.0%} of the pieces lost, "
                                         f"{sum(line.dead for line in lines)} connections dead: a report is in after "
                                         f"{middle:.1f} s (of 20, 19 within {late:.1f} s)")
            if len(times) < PHONES or middle > 10:
                print("WRONG: too few got through, or too late")
                good = False
            return good and verified(arguments.program, folder)
        finally:
            server.stop()


def serve_line(arguments):
    """A line alone, for the browser tests: prints its port, and is there until its standard input ends."""
    line = Line(arguments.to, 8000, 0.3, random.Random(arguments.seed))
    Lines([line])
    print(line.port, flush=True)
    sys.stdin.read()
    return True


def main():
    parser = argparse.ArgumentParser(description="What goes wrong under a running server, on purpose.")
    parser.add_argument("what", choices=("postgres", "disk", "phones", "line"))
    parser.add_argument("--program", default="build/release/doorstep")
    parser.add_argument("--library", default="build/release/libdisk_faults.so", help="the disk that fails on command")
    parser.add_argument("--seconds", type=float, default=14, help="of phones")
    parser.add_argument("--seed", type=int, default=20221128)
    parser.add_argument("--to", type=int, help="the port that a line leads to")
    parser.add_argument("--rounds", type=int, default=4)
    arguments = parser.parse_args()
    arguments.program = os.path.abspath(arguments.program)
    runs = {"postgres": run_postgres, "disk": run_disk, "phones": run_phones, "line": serve_line}
    return 0 if runs[arguments.what](arguments) else 1


if __name__ == "__main__":
    sys.exit(main())
