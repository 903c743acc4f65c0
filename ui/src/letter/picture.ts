/** The letter as one picture to keep on a phone or send on: the words and, with `bits`, the QR code, black on white. */
export async function picture(bits: string[], lines: string[]): Promise<string> {
  const width = 720;
  const cell = Math.floor(440 / (bits.length + 8));
  const code = bits.length ? cell * (bits.length + 8) : 0;
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d')!;
  const font = (size: number) => `${size}px -apple-system, "PingFang SC", "Noto Sans CJK SC", sans-serif`;
  const wrapped: { text: string; size: number }[] = [];
  lines.forEach((line, i) => {
    const size = i === 0 ? 44 : 28;
    pen.font = font(size);
    let text = '';
    for (const letter of line) {
      if (pen.measureText(text + letter).width > width - 80) {
        wrapped.push({ text, size });
        text = '';
      }
      text += letter;
    }
    wrapped.push({ text, size });
  });
  const height = 60 + wrapped.reduce((sum, { size }) => sum + size * 1.6, 0) + code + 60;
  canvas.width = width;
  canvas.height = Math.ceil(height);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#000';
  let y = 60;
  for (const { text, size } of wrapped) {
    pen.font = font(size);
    y += size * 1.6;
    pen.fillText(text, 40, y - size * 0.4);
  }
  const left = Math.round((width - code) / 2) + 4 * cell;
  const top = Math.round(y) + 20 + 4 * cell;
  bits.forEach((row, at) => {
    [...row].forEach((bit, x) => bit === '1' && pen.fillRect(left + x * cell, top + at * cell, cell, cell));
  });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return URL.createObjectURL(blob!);
}
