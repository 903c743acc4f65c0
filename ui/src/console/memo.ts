import { Component, h, type ComponentType, type VNode } from 'preact';

/** Draws again only when a property changed (compared by identity). Signals read inside still draw it. */
export function memo<P extends object>(render: (props: P) => VNode | null): ComponentType<P> {
  const Inner = render as unknown as ComponentType<P>;
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      return (Object.keys(next) as (keyof P)[]).some((name) => next[name] !== this.props[name]);
    }
    override render(): VNode {
      return h(Inner, this.props as never) as VNode;
    }
  };
}
