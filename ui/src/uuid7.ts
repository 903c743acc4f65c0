/**
 * A version 7 UUID: milliseconds first, then random bits. Own code because `crypto.randomUUID` is missing in
 * older phones and on pages served without TLS, and gives version 4 where it exists.
 */
export function uuid7(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // An element keeps the lowest eight bits of what it is given.
  for (let i = 0; i < 6; i++) bytes[i] = now / 2 ** (40 - 8 * i);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
