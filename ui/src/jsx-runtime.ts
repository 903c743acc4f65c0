/** What the compiler calls for each tag: Preact's own `h`, so that no second way of making nodes is shipped. */
import { h, type ComponentType, type Key } from 'preact';
export { Fragment } from 'preact';

type Props = Record<string, unknown>;
export const jsx = (type: string | ComponentType<Props>, props: Props, key?: Key) =>
  h(type as ComponentType<Props>, key === undefined ? props : { ...props, key });
export const jsxs = jsx;
