import type { View } from '#web/layout/view.ts';

/** The host that people should see in their browser's address bar. */
export function Host({ view }: { view: Pick<View, 'origin'> }) {
  return <b class="any">{new URL(view.origin).host}</b>;
}
