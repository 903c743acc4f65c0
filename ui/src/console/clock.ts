import { signal } from '@preact/signals';
import { clock } from '../time';
import { session } from './api';

let offset = 0;

/** The server's clock as this page knows it: training servers live on another day, and desk clocks are wrong. */
export const now = signal(Date.now());
/** The clock of this machine, for the age of what is on screen. */
export const localNow = signal(Date.now());

const tick = () => {
  localNow.value = Date.now();
  now.value = Date.now() + offset;
};
setInterval(tick, 10_000);

/** Called with the time of every answer that carries one. */
export function setServerNow(instant: string): void {
  offset = Date.parse(instant) - Date.now();
  tick();
}

/** Clock time of an instant in the community's zone. */
export const at = (instant: string): string => clock(instant, session.value?.community.zone);
