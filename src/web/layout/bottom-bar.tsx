import { Count } from '#web/kit/count.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { navEntriesOf, navPlaces } from './side-nav.tsx';
import type { View } from './view.ts';

/** The same entries as the navigation at the left, under the thumb on a narrow screen. */
export function BottomBar({ view, current }: { view: View; current: string | undefined }) {
  return (
    <nav class="bottom" aria-label={view.t('frame.nav.quick')}>
      {navEntriesOf(view).map((entry) => (
        <a href={navPlaces[entry].href} aria-current={entry === current ? 'page' : undefined}>
          <Icon view={view} name={navPlaces[entry].icon} />
          <span>{view.t(`frame.nav.${entry}`)}</span>
          {entry === 'connexion' && <Count view={view} value={view.unread.total} />}
        </a>
      ))}
    </nav>
  );
}
