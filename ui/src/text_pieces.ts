/** One piece of a text, with what it was read as. */
export interface TextPiece {
  text: string;
  kind: string;
}

/** Cuts a text at ranges that are counted in code points, as the server counts them. */
export function cut(text: string, pieces: { from: number; to: number; kind: string }[]): TextPiece[] {
  const points = Array.from(text);
  if (!pieces.length) return [{ text, kind: 'note' }];
  return pieces.map(({ from, to, kind }) => ({ text: points.slice(from, to).join(''), kind }));
}

/** Thousandths as people write them: 1500 is 1.5. */
export const amount = (qty: number | undefined): string => (qty === undefined ? '' : String(qty / 1000));

/** Fen as yuan with two digits. */
export const yuan = (fen: number): string => (fen / 100).toFixed(2);
