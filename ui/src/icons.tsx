/** One drawing per meaning: 24 grid, round strokes, always beside a word. Each is its own constant so that a page carries only what it draws. */
export const checkIcon = 'M5 12.8l4.6 4.6L19.2 7.4';
export const phoneIcon =
  'M6.3 3.6h3.1l1.6 4.2-2.1 1.6a11.4 11.4 0 0 0 5.7 5.7l1.6-2.1 4.2 1.6v3.1a2.2 2.2 0 0 1-2.4 2.2A16.2 16.2 0 0 1 4.1 6a2.2 2.2 0 0 1 2.2-2.4z';
export const alertIcon = 'M12 4.5v10M12 19.2v.1';
export const clockIcon = 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM12 7.3V12l3.2 2.2';

export const Icon = ({ path }: { path: string }) => (
  <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);

export const doorIcon = 'M6.5 20.5v-17h11v17M3.5 20.5h17M14 12.2v.1';
export const searchIcon = 'M4.5 10.8a6.3 6.3 0 1 0 12.6 0a6.3 6.3 0 0 0-12.6 0M15.5 15.5l5 5';
export const questionIcon = 'M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.3-1.7 2.7M12 18.7v.1';
export const warnIcon = 'M12 4L2.8 19.6h18.4zM12 10v4.4M12 17v.1';
export const eyeIcon =
  'M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12zM12 9.4a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 0 0 0-5.2z';
export const heartIcon = 'M12 19.8S4.6 15.4 4.6 10A4 4 0 0 1 12 7.7 4 4 0 0 1 19.4 10c0 5.4-7.4 9.8-7.4 9.8z';
