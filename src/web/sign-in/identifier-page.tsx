import { IdentifierForm } from '#web/kit/identifier-form.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { Note } from '#web/kit/note.tsx';
import { doorLink } from '#web/layout/door-link.ts';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';

/** What became of what was being written when the session was over. */
type Ended = 'kept' | 'lost' | 'suspended';
const endings = { kept: 'sign-in.ended', lost: 'sign-in.ended.lost', suspended: 'sign-in.ended.suspended' } as const satisfies Record<Ended, string>;

export type IdentifierPageProps = { view: View; typed: string; returnTo: string | undefined; ended: Ended | undefined; fault: Refused | undefined };

/** The first step of signing in (000-13, 000-15). */
export function IdentifierPage({ view, typed, returnTo, ended, fault }: IdentifierPageProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t('sign-in.title')} current="sign-in" narrow solo>
      {ended && (
        <Note view={view} kind="warn" title={t(ended === 'suspended' ? 'sign-in.ended.suspended-title' : 'sign-in.ended.title')} role="status">
          <p>{t(endings[ended])}</p>
        </Note>
      )}
      <Letter id="connexion" title={t('sign-in.title')}>
        <IdentifierForm view={view} action="/ouvrir-une-session" hint={t('sign-in.identifier.hint')} typed={typed} returnTo={returnTo} fault={fault} />
        <p class="row small">
          <a class="lk" href={doorLink('/mot-de-passe', returnTo)}>
            {t('sign-in.forgotten')}
          </a>
          <a class="lk" href={doorLink('/ouvrir-un-compte', returnTo)}>
            {t('sign-in.open-account')}
          </a>
        </p>
      </Letter>
      <Note view={view} icon="shield-check" title={t('sign-in.safety.title')}>
        <p>{t.rich('sign-in.safety', { host: <span class="nowrap">{new URL(view.origin).host}</span> })}</p>
      </Note>
    </Layout>
  );
}
