#!/usr/bin/env python3
"""Attacks an installation of its own and counts what is let through.

    attack.py [--program NAME] [--scale 1] [--table docs/security.md]

Starts the real program on an empty folder, sets a community up, and tries everything that somebody could guess: password,
one-time code, recovery code, a password from a session that was stolen, passkey, claim code, household link, proof of an
address, PIN, the code and the number of a phone, a session. Many at once, as an attacker would. "Let through" is what the
server looked at; the rest it refused unseen. Exit code 1 where more was looked at than the limit says.

It attacks nothing but the server that it has started on this machine: as a proxy on this machine it may say which address
a request comes from, so that the limits of one address and of many can both be seen.
"""

import argparse
import base64
import collections
import concurrent.futures
import hashlib
import hmac
import http.client
import json
import math
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PASSWORD = "a quiet door in the rain"
THREADS = 12
Answer = collections.namedtuple("Answer", "status code body cookie")


def key():
    digits = list(f"{int(time.time() * 1000):012x}" + os.urandom(10).hex())
    digits[12], digits[16] = "7", "8"
    text = "".join(digits)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def totp(secret):
    """RFC 6238."""
    padded = secret.upper() + "=" * (-len(secret) % 8)
    digest = hmac.new(base64.b32decode(padded), int(time.time() // 30).to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def token():
    """128 bits as the program writes them."""
    return base64.b32encode(os.urandom(16)).decode().rstrip("=")


class House:
    """The program on a folder of its own."""

    def __init__(self, program):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data = tempfile.mkdtemp(prefix="doorstep-attack-")
        self.log = open(f"{self.data}/said", "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [program, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", "--behind-proxy",
             "--public-url", "https://door.example", "--backup-every", "0"],
            stdout=self.log, stderr=self.log, start_new_session=True)
        until = time.monotonic() + 120
        while "ready on" not in self.said():
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit("the server did not start:\n" + self.said())
            time.sleep(0.05)
        self.own = threading.local()

    def said(self):
        return pathlib.Path(self.log.name).read_text(encoding="utf-8")

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()
        shutil.rmtree(self.data)

    def ask(self, method, path, body=None, peer="192.0.2.1", cookie="", link=""):
        headers = {"X-Doorstep": "1", "Content-Type": "application/json", "Idempotency-Key": key(),
                   "X-Forwarded-For": peer, "X-Forwarded-Proto": "https"}
        if cookie:
            headers["Cookie"] = cookie
        if link:
            headers["Authorization"] = f"Link {link}"
        if not hasattr(self.own, "line"):
            self.own.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        text = None if method == "GET" else json.dumps(body or {})
        try:
            self.own.line.request(method, "/api/v1" + path, text, headers)
            answer = self.own.line.getresponse()
            said = answer.read()
        except OSError:
            self.own.line.close()
            raise
        made = json.loads(said) if said else {}
        given = (answer.getheader("Set-Cookie") or "").split(";")[0]
        return Answer(answer.status, made.get("code", ""), made, given)

    def must(self, *arguments, **named):
        answer = self.ask(*arguments, **named)
        if answer.status != 200:
            sys.exit(f"{arguments[:2]}: {answer.status} {answer.body}")
        return answer


class Community:
    """What there is to attack."""

    def __init__(self, house):
        self.house = house
        setup = re.search(r"/c/setup#(\S+)", house.said()).group(1)
        made = house.must("POST", "/setup", {"token": setup, "community_name": "富民花园", "name": "兰江",
                                             "login": "lanjiang", "password": PASSWORD, "reach": "public"}).body
        self.manager = house.must("POST", "/setup/confirm", {"token": setup, "code": totp(made["totp_secret"])}).cookie
        grid = self.desk("/places", {"kind": "grid", "name": "一网格"})["id"]
        self.building = self.desk("/places", {"kind": "building", "parent": grid, "name": "1栋"})["id"]
        entrance = self.desk("/places", {"kind": "entrance", "parent": self.building, "name": "1单元", "floors": 6,
                                         "lift": False})["id"]
        door = self.desk("/places", {"kind": "dwelling", "parent": entrance, "name": "101", "floor": 1})["id"]
        self.household = self.desk("/households", {"dwelling": door})["id"]
        self.prove_address()

    def desk(self, path, body=None):
        return self.house.must("POST", path, body, cookie=self.manager).body

    def prove_address(self):
        proof = self.desk("/reach/proofs")["token"]
        says = {"token": proof, "origin": "https://door.example"}
        self.house.must("POST", "/reach/open", says | {"device": "desk", "desk": True}, cookie=self.manager)
        self.house.must("POST", "/reach/open", says | {"device": "phone", "desk": False}, peer="198.51.100.9")

    def worker(self, login):
        """An account of its own for each attack, and a session of it."""
        invited = self.desk("/invitations", {"name": "网格员", "login": login, "role": "volunteer"})
        invitation = invited.get("token") or invited["url"].split("#")[1]
        peer = f"203.0.113.{len(login) + ord(login[-1]) % 100}"
        made = self.house.must("POST", "/join", {"token": invitation, "password": PASSWORD}, peer=peer).body
        return self.house.must("POST", "/join/confirm", {"token": invitation, "code": totp(made["totp_secret"])},
                               peer=peer).cookie


Result = collections.namedtuple("Result", "what tries seen seconds limit ok")


def volley(tries, work):
    """All at once, as far as the machine goes; the answers and how long it took."""
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(work, range(tries)))
    return answers, time.monotonic() - began


class Attack:
    def __init__(self, program, scale):
        self.house = House(program)
        self.town = Community(self.house)
        self.scale = scale
        self.results = []
        self.peers = 0

    def peer(self):
        self.peers += 1
        return f"100.64.{self.peers // 250}.{self.peers % 250 + 1}"

    def note(self, what, answers, seconds, seen, limit, most):
        """`seen`: what an answer says that was looked at."""
        looked = sum(1 for one in answers if seen(one))
        wrong = [one for one in answers if one.status == 200]
        self.results.append(Result(what, len(answers), looked, seconds, limit, looked <= most and not wrong))

    def exactly(self, what, answers, seconds, seen, limit, most):
        self.note(what, answers, seconds, seen, limit, most)
        if self.results[-1].seen != most:
            self.results[-1] = self.results[-1]._replace(ok=False)

    def sign_in(self, login, password, code, peer):
        return self.house.ask("POST", "/session", {"login": login, "password": password, "code": code}, peer=peer)

    def passwords(self):
        self.town.worker("zhou")
        tries = 40 * self.scale
        answers, took = volley(tries, lambda n: self.sign_in("zhou", f"guess {n} of many", "000000", self.peer()))
        self.exactly("password of one account, from many addresses", answers, took, lambda a: a.code == "session.wrong",
                     "5 in 15 minutes", 5)

    def codes(self):
        self.town.worker("wu")
        answers, took = volley(40 * self.scale, lambda n: self.sign_in("wu", PASSWORD, f"{random.randrange(10**6):06d}",
                                                                       self.peer()))
        self.exactly("one-time code, the password known", answers, took, lambda a: a.code == "session.wrong",
                     "5 in 15 minutes", 5)

    def recovery(self):
        session = self.town.worker("zheng")
        self.house.must("POST", "/recovery-codes", {"password": PASSWORD}, cookie=session, peer=self.peer())
        answers, took = volley(40 * self.scale, lambda n: self.sign_in("zheng", PASSWORD, f"{random.randrange(10**16):016d}",
                                                                       self.peer()))
        self.exactly("recovery code, the password known", answers, took, lambda a: a.code == "session.wrong",
                     "5 in 15 minutes", 5)

    def stolen_session(self):
        session = self.town.worker("wang")
        answers, took = volley(30 * self.scale, lambda n: self.house.ask(
            "POST", "/recovery-codes", {"password": f"guess {n} of many"}, cookie=session, peer=self.peer()))
        self.exactly("password, by a session that was stolen", answers, took,
                     lambda a: a.code == "session.wrong_password", "5 in 15 minutes", 5)

    def spray(self):
        peer = self.peer()
        answers, took = volley(50 * self.scale, lambda n: self.sign_in(f"nobody{n}", "guess of many", "000000", peer))
        self.note("one password for many accounts, one address", answers, took, lambda a: a.code == "session.wrong",
                  "30, then 1 a second", 31 + math.ceil(took))

    def passkeys(self):
        peer = self.peer()
        body = {"credential": "AAAA", "client_data": "AAAA", "authenticator_data": "AAAA", "signature": "AAAA"}
        answers, took = volley(80 * self.scale, lambda n: self.house.ask(
            "POST", "/session/passkey", body | {"challenge": base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")},
            peer=peer))
        self.note("passkey challenge, one address", answers, took, lambda a: a.code == "passkey.expired",
                  "30, then 1 a second", 31 + math.ceil(took))

    def claims(self):
        made = self.town.desk(f"/places/{self.town.building}/claim-link", {"name": "群里"})
        claim = made.get("token") or made["url"].split("#")[-1].rsplit("/", 1)[-1]
        guess = lambda peer: self.house.ask("POST", "/claims", {"token": claim, "code": "".join(
            random.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(8))}, peer=peer)
        peer = self.peer()
        answers, took = volley(40, lambda n: guess(peer))
        self.exactly("claim code of a slip, one address", answers, took, lambda a: a.code == "claim.wrong",
                     "10 in 15 minutes", 10)
        answers, took = volley(300, lambda n: guess(self.peer()))
        self.exactly("claim code of a slip, many addresses, after those ten", answers, took, lambda a: a.code == "claim.wrong",
                     "200 an hour for one building", 190)

    def links(self):
        peer = self.peer()
        answers, took = volley(150 * self.scale, lambda n: self.house.ask("GET", "/home", peer=peer, link=token()))
        # Several are on their way when the last is charged.
        self.note("household link (128 bits), one address", answers, took, lambda a: a.code == "link.unknown",
                  "60, then 1 a second", 60 + THREADS + math.ceil(took))

    def proofs(self):
        peer = self.peer()
        answers, took = volley(150 * self.scale, lambda n: self.house.ask(
            "POST", "/reach/open", {"token": token(), "origin": "https://door.example", "device": "x", "desk": False},
            peer=peer))
        self.note("proof of an address (128 bits), one address", answers, took, lambda a: a.code != "http.rate",
                  "2,000, then 200 a second", 2000 + 200 * math.ceil(took))

    def pins(self):
        session = self.town.worker("feng")
        self.house.must("POST", "/session/pin", {"pin": "480213", "minutes": 5}, cookie=session, peer=self.peer())
        self.house.must("POST", "/session/awake", {"awake": False}, cookie=session, peer=self.peer())
        asleep = self.house.ask("GET", "/session", cookie=session, peer=self.peer())
        answers, took = volley(30 * self.scale, lambda n: self.house.ask(
            "POST", "/session/unlock", {"pin": f"{n:06d}"}, cookie=session, peer=self.peer()))
        ended = self.house.ask("POST", "/session/unlock", {"pin": "480213"}, cookie=session, peer=self.peer())
        # The fifth ends the session, and says so.
        self.exactly("PIN, on the device itself", answers, took, lambda a: a.code == "pin.wrong",
                     "5, then the session ends", 4)
        last = self.results[-1]
        self.results[-1] = last._replace(seen=5, ok=last.ok and asleep.code == "session.pin" and ended.status == 401)

    def phones(self):
        peer = self.peer()
        answers, took = volley(80 * self.scale, lambda n: self.house.ask(
            "POST", "/session/phone/claim", {"token": token()}, peer=peer))
        self.note("code of a phone (128 bits), one address", answers, took, lambda a: a.code == "phone.unknown",
                  "30, then 1 a second", 31 + math.ceil(took))
        session = self.town.worker("chen")
        begun = self.house.must("POST", "/session/phone", cookie=session, peer=self.peer()).body
        shown = self.house.must("POST", "/session/phone/claim", {"token": begun["token"]}, peer=self.peer()).body
        wrong = [number for number in range(100, 1000) if number != shown["number"]]
        answers, took = volley(60, lambda n: self.house.ask(
            "POST", "/session/phone/confirm", {"token": begun["token"], "number": wrong[n]}, cookie=session,
            peer=self.peer()))
        self.exactly("number of a phone, typed at the desk", answers, took, lambda a: a.code == "phone.number",
                     "3, then the code is void", 3)
        begun = self.house.must("POST", "/session/phone", cookie=session, peer=self.peer()).body
        answers, took = volley(20, lambda n: self.house.ask(
            "POST", "/session/phone/claim", {"token": begun["token"]}, peer=self.peer()))
        first = sum(1 for one in answers if one.status == 200)
        seen = self.house.must("POST", "/session/phone/watch", {"token": begun["token"]}, cookie=session,
                               peer=self.peer()).body["state"]
        self.results.append(Result("a photograph of the code, opened by 20 devices", 20, first, took,
                                   "1, and the second voids it", first == 1 and seen == "over"))

    def sessions(self):
        peer = self.peer()
        answers, took = volley(150 * self.scale, lambda n: self.house.ask(
            "GET", "/session", cookie=f"__Host-doorstep={token()}", peer=peer))
        self.note("session (128 bits), one address", answers, took, lambda a: a.code == "session.none",
                  "2,000, then 200 a second", 2000 + 200 * math.ceil(took))

    def everything(self):
        for one in (self.passwords, self.codes, self.recovery, self.stolen_session, self.spray, self.passkeys, self.claims,
                    self.links, self.proofs, self.pins, self.phones, self.sessions):
            one()
        self.house.stop()
        return self.results


def table(results):
    lines = ["| what is guessed | limit | tried | let through | in seconds |", "|---|---|---|---|---|"]
    for one in results:
        mark = "" if one.ok else " (more than the limit says)"
        lines.append(f"| {one.what} | {one.limit} | {one.tries} | {one.seen}{mark} | {one.seconds:.1f} |")
    return "\n".join(lines) + "\n"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--program", default="build/release/doorstep")
    options.add_argument("--scale", type=int, default=1, help="so many times as many tries")
    options.add_argument("--table", help="a file in which the table between its marks is written anew")
    chosen = options.parse_args()
    results = Attack(chosen.program, chosen.scale).everything()
    print(table(results), end="")
    if chosen.table:
        path = pathlib.Path(chosen.table)
        begin, end = "<!-- attack -->\n", "<!-- /attack -->"
        before, rest = path.read_text(encoding="utf-8").split(begin)
        path.write_text(before + begin + table(results) + end + rest.split(end)[1], encoding="utf-8")
    sys.exit(0 if all(one.ok for one in results) else 1)


if __name__ == "__main__":
    main()
