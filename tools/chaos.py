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
import contextlib
import os
import pathlib
import random
import shlex
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

from chaos_house import PHONES, STORED, Answer, Reports, Server, Watch, id_text, verified
from chaos_line import Line, Lines


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
                    print("WRONG:", wrong, server.last_words())
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
                            reports.wrong.append(Answer(200, f"answered while nothing could be kept ({word})", {}, None))
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
                    print("WRONG: the server", "ended" if ended else "went on with a disk that it cannot trust",
                          server.last_words())
                    good = False
            finally:
                server.stop()
    return good


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
