import { IdentifierForm } from '#web/kit/identifier-form.tsx';
import { Letter } from '#web/kit/letter.tsx';
import type { View } from '#web/layout/view.ts';

/** The first step of signing in, the same as on its own page: the identifier and nothing else. */
export function SignInLetter({ view }: { view: View }) {
  const { t } = view;
  return (
    <Letter id="connexion" title={t('front-door.sign-in')} level={2}>
      <IdentifierForm view={view} action="/ouvrir-une-session" hint={t('front-door.identifier.hint')} typed="" returnTo={undefined} fault={undefined} />
      <p class="small">{t('front-door.next')}</p>
      <p class="row small">
        <a class="lk" href="/mot-de-passe">
          {t('sign-in.forgotten')}
        </a>
        <a class="lk" href="/ouvrir-un-compte">
          {t('sign-in.open-account')}
        </a>
      </p>
    </Letter>
  );
}
