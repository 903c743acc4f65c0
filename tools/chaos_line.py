"""A weak line between a phone and the server, for tools/chaos.py."""

import asyncio
import threading


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
