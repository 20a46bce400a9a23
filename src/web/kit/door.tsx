import type { View } from '#web/layout/view.ts';
import { Icon, type IconName } from './icon.tsx';

/** Who you are, where you go: the whole card is the link. */
export function Door({ view, icon, href, title, to }: { view: View; icon: IconName; href: string; title: string; to: string }) {
  return (
    <a class="door" href={href}>
      <Icon view={view} name={icon} />
      <b>{title}</b>
      <span class="to">{to}</span>
      <Icon view={view} name="chevron-right" />
    </a>
  );
}
