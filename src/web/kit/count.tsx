import type { View } from '#web/layout/view.ts';

/** A number of unread messages, said in full to those who hear it. Nothing at zero. */
export function Count({ view, value }: { view: View; value: number }) {
  if (value <= 0) return null;
  return (
    <span class="count">
      <span aria-hidden="true">{value > 99 ? '99+' : value}</span>
      <span class="sr"> {view.t('kit.count.unread', { count: value })}</span>
    </span>
  );
}
