import { Address } from '#web/kit/address.tsx';
import { Count } from '#web/kit/count.tsx';
import { Icon, type IconName } from '#web/kit/icon.tsx';
import type { View } from './view.ts';

/** The parts that exist; one that is not built is absent, never dead. */
const navEntries = ['connexion', 'administration', 'profile', 'help'] as const;
export type NavEntry = (typeof navEntries)[number];

export const navPlaces = {
  connexion: { href: '/connexion', icon: 'mail' },
  administration: { href: '/administration', icon: 'shield' },
  profile: { href: '/profil', icon: 'user-round' },
  help: { href: '/aide', icon: 'life-buoy' },
} as const satisfies Record<NavEntry, { href: string; icon: IconName }>;

/** The entries of whoever reads: administration is there for administrators alone. */
export function navEntriesOf({ actor }: Pick<View, 'actor'>): readonly NavEntry[] {
  const administers = actor?.memberships.some(({ role }) => role === 'administrator');
  return administers ? navEntries : navEntries.filter((entry) => entry !== 'administration');
}

type SideNavProps = { view: View; current: string | undefined; persona: string | undefined };

/** The tabs at the left (000-18). Under Connexion, one for each address of the person; with one address there is none (000-19 to 23). */
export function SideNav({ view, current, persona }: SideNavProps) {
  const tabs = view.actor && view.actor.personas.length > 1 ? view.actor.personas : [];
  return (
    <nav class="side" aria-label={view.t('frame.nav.main')}>
      <ul class="tabs">
        {navEntriesOf(view).map((entry) => (
          <li>
            <a href={navPlaces[entry].href} aria-current={entry === current && !(entry === 'connexion' && persona && tabs.length > 0) ? 'page' : undefined}>
              <Icon view={view} name={navPlaces[entry].icon} />
              <span>{view.t(`frame.nav.${entry}`)}</span>
              {entry === 'connexion' && tabs.length === 0 && <Count view={view} value={view.unread.total} />}
            </a>
            {entry === 'connexion' && tabs.length > 0 && <Personas view={view} tabs={tabs} current={persona} />}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Personas({ view, tabs, current }: { view: View; tabs: readonly { id: string; address: string }[]; current: string | undefined }) {
  return (
    <ul class="sub">
      {tabs.map((persona) => (
        <li>
          <a href={`/connexion?persona=${persona.id}`} aria-current={persona.id === current ? 'page' : undefined}>
            <Address address={persona.address} />
            <Count view={view} value={view.unread.byPersona[persona.id] ?? 0} />
          </a>
        </li>
      ))}
    </ul>
  );
}
