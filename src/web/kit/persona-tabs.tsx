import type { View } from '#web/layout/view.ts';
import { Address } from './address.tsx';
import { Count } from './count.tsx';
import { Icon } from './icon.tsx';

/** The actor's addresses on top of the list, on screens too narrow for the navigation at the left. Nothing with one address. */
export function PersonaTabs({ view, current }: { view: View; current: string | undefined }) {
  const personas = view.actor?.personas ?? [];
  if (personas.length < 2) return null;
  return (
    <nav class="personas" aria-label={view.t('kit.personas.label')}>
      {personas.map((persona) => (
        <a href={`/connexion?persona=${persona.id}`} aria-current={persona.id === current ? 'page' : undefined}>
          <Icon view={view} name="at-sign" />
          <Address address={persona.address} />
          <Count view={view} value={view.unread.byPersona[persona.id] ?? 0} />
        </a>
      ))}
    </nav>
  );
}
