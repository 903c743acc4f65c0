/** One drawing per meaning: 24 grid, round strokes, always beside a word. Each is its own constant so that a page carries only what it draws. */
export const checkIcon = 'M5 12.8l4.6 4.6L19.2 7.4';
export const offIcon =
  'M4 4.5l15.5 15.5M7.5 8.3A5.6 5.6 0 0 0 7.3 19H17M10.8 6.5a5.6 5.6 0 0 1 7.4 5.2 3.8 3.8 0 0 1 2 5.3';
export const phoneIcon =
  'M6.3 3.6h3.1l1.6 4.2-2.1 1.6a11.4 11.4 0 0 0 5.7 5.7l1.6-2.1 4.2 1.6v3.1a2.2 2.2 0 0 1-2.4 2.2A16.2 16.2 0 0 1 4.1 6a2.2 2.2 0 0 1 2.2-2.4z';
export const alertIcon = 'M12 4.5v10M12 19.2v.1';
export const clockIcon = 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM12 7.3V12l3.2 2.2';

export const Icon = ({ path }: { path: string }) => (
  <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);
