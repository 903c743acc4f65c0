/** What tells one device from another of the same network: its browser and its screen. The server keeps a keyed hash. */
export const deviceWords = (): string =>
  `${navigator.userAgent}|${screen.width}x${screen.height}|${navigator.maxTouchPoints}`.slice(0, 480);
