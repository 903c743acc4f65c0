
/**
 * A QR code (model 2, byte mode, error correction M, versions 1 to 10: up to 213 bytes), for addresses that the
 * page itself shows. Source: ISO/IEC 18004.
 */
const eccPerBlock = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
const blockCount = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5];
const codewords = [0, 26, 44, 70, 100, 134, 172, 196, 242, 292, 346];
const alignment: number[][] = [
  [],
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];

const dataCodewords = (version: number) => codewords[version]! - eccPerBlock[version]! * blockCount[version]!;

export function encodeQr(text: string): string[] {
  const bytes = [...new TextEncoder().encode(text)];
  let version = 1;
  while (version <= 10 && bytes.length * 8 + 4 + (version < 10 ? 8 : 16) > dataCodewords(version) * 8) version++;
  if (version > 10) throw new RangeError('too long for a QR code');
  const stream = interleave(version, pad(version, bytes));
  let best: Grid | null = null;
  let least = Infinity;
  for (let mask = 0; mask < 8; mask++) {
    const grid = draw(version, stream, mask);
    const score = penalty(grid.bits);
    if (score < least) [best, least] = [grid, score];
  }
  return best!.bits.map((row) => row.map((bit) => (bit ? '1' : '0')).join(''));
}

function pad(version: number, bytes: number[]): number[] {
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((byte) => put(byte, 8));
  const room = dataCodewords(version) * 8;
  put(0, Math.min(4, room - bits.length));
  while (bits.length % 8) bits.push(0);
  const out: number[] = [];
  for (let i = 0; i < bits.length; i += 8) out.push(parseInt(bits.slice(i, i + 8).join(''), 2));
  for (let filler = 0xec; out.length < room / 8; filler ^= 0xec ^ 0x11) out.push(filler);
  return out;
}

/** Multiplies in GF(256) with the polynomial 0x11d. */
function times(x: number, y: number): number {
  let z = 0;
  for (let i = 7; i >= 0; i--) {
    z = (z << 1) ^ ((z >> 7) * 0x11d);
    z ^= ((y >> i) & 1) * x;
  }
  return z;
}

function divisor(degree: number): number[] {
  const out: number[] = Array.from({ length: degree }, (_, i) => (i === degree - 1 ? 1 : 0));
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2)) {
    for (let j = 0; j < degree; j++) out[j] = times(out[j]!, root) ^ (out[j + 1] ?? 0);
  }
  return out;
}

function remainder(data: number[], by: number[]): number[] {
  const out: number[] = by.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ out.shift()!;
    out.push(0);
    by.forEach((coefficient, i) => (out[i]! ^= times(coefficient, factor)));
  }
  return out;
}

function interleave(version: number, data: number[]): number[] {
  const blocks = blockCount[version]!;
  const by = divisor(eccPerBlock[version]!);
  const short = Math.floor(data.length / blocks);
  const long = data.length % blocks;
  const parts: number[][] = [];
  for (let i = 0, start = 0; i < blocks; i++) {
    const length = short + (i >= blocks - long ? 1 : 0);
    parts.push(data.slice(start, start + length));
    start += length;
  }
  const checks = parts.map((part) => remainder(part, by));
  const out: number[] = [];
  for (let i = 0; i <= short; i++) parts.forEach((part) => i < part.length && out.push(part[i]!));
  for (let i = 0; i < by.length; i++) checks.forEach((check) => out.push(check[i]!));
  return out;
}

interface Grid {
  size: number;
  bits: boolean[][];
}

const masks: ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

function draw(version: number, stream: number[], mask: number): Grid {
  const size = version * 4 + 17;
  const bits = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const fixed = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const set = (x: number, y: number, dark: boolean) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    bits[y]![x] = dark;
    fixed[y]![x] = true;
  };
  drawPatterns(version, size, set);
  drawFormat(size, mask, set);
  if (version >= 7) drawVersion(version, size, set);
  let i = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y]![x]) continue;
        const dark = i < stream.length * 8 && ((stream[i >> 3]! >> (7 - (i & 7))) & 1) === 1;
        bits[y]![x] = dark !== (masks[mask]!(x, y) === 0);
        i++;
      }
    }
  }
  return { size, bits };
}

type Set_ = (x: number, y: number, dark: boolean) => void;

function drawPatterns(version: number, size: number, set: Set_): void {
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(cx + dx, cy + dy, ring !== 2 && ring !== 4);
      }
  }
  const centres = alignment[version]!;
  const last = centres.length - 1;
  centres.forEach((cx, i) =>
    centres.forEach((cy, j) => {
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }),
  );
}

function drawFormat(size: number, mask: number, set: Set_): void {
  // Level M is 00, so the five data bits are the mask alone.
  let rest = mask;
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  const bit = (i: number) => ((bits >> i) & 1) === 1;
  for (let i = 0; i <= 5; i++) set(8, i, bit(i));
  set(8, 7, bit(6));
  set(8, 8, bit(7));
  set(7, 8, bit(8));
  for (let i = 9; i < 15; i++) set(14 - i, 8, bit(i));
  for (let i = 0; i < 8; i++) set(size - 1 - i, 8, bit(i));
  for (let i = 8; i < 15; i++) set(8, size - 15 + i, bit(i));
  set(8, size - 8, true);
}

function drawVersion(version: number, size: number, set: Set_): void {
  let rest = version;
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i++) {
    const dark = ((bits >> i) & 1) === 1;
    const a = size - 11 + (i % 3);
    const b = Math.floor(i / 3);
    set(a, b, dark);
    set(b, a, dark);
  }
}

/** How hard the picture is to read: long runs, blocks, false finder patterns, imbalance. */
function penalty(bits: boolean[][]): number {
  const size = bits.length;
  let score = 0;
  let dark = 0;
  for (let y = 0; y < size; y++) {
    score += linePenalty(bits[y]!) + linePenalty(bits.map((row) => row[y]!));
    for (let x = 0; x < size; x++) {
      if (bits[y]![x]) dark++;
      const colour = bits[y]![x];
      if (
        x + 1 < size &&
        y + 1 < size &&
        colour === bits[y]![x + 1] &&
        colour === bits[y + 1]![x] &&
        colour === bits[y + 1]![x + 1]
      )
        score += 3;
    }
  }
  return score + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10;
}

function linePenalty(line: boolean[]): number {
  let score = 0;
  const text = line.map((bit) => (bit ? '1' : '0')).join('');
  for (const run of text.match(/0{5,}|1{5,}/g) ?? []) score += run.length - 2;
  for (const pattern of ['10111010000', '00001011101'])
    for (let i = text.indexOf(pattern); i >= 0; i = text.indexOf(pattern, i + 1)) score += 40;
  return score;
}
