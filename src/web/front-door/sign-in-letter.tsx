import { Button } from '#web/kit/button.tsx';
import { Field } from '#web/kit/field.tsx';
import { Letter } from '#web/kit/letter.tsx';
import type { View } from '#web/layout/view.ts';

/** The first step of signing in, the same as on its own page: the identifier and nothing else. */
export function SignInLetter({ view }: { view: View }) {
  const { t } = view;
  return (
    <Letter id="connexion" title={t('front-door.sign-in')} level={2}>
      <form class="stack" method="post" action="/ouvrir-une-session">
        <Field
          view={view}
          id="identifiant"
          name="identifiant"
          label={t('front-door.identifier')}
          hint={t('front-door.identifier.hint')}
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          inputmode="email"
          maxlength={254}
          required
        />
        <Button view={view} kind="go" wide>
          {t('front-door.continue')}
        </Button>
      </form>
      <p class="small">{t('front-door.next')}</p>
      <p class="row small">
        <a class="lk" href="/mot-de-passe">
          {t('front-door.forgotten')}
        </a>
        <a class="lk" href="/ouvrir-un-compte">
          {t('front-door.account')}
        </a>
      </p>
    </Letter>
  );
}
