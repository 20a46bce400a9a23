import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { NewPasswordField } from '#web/kit/new-password-field.tsx';
import { PasswordField } from '#web/kit/password-field.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';

type PasswordCardProps = { view: View; address: string | undefined; hasPassword: boolean; fault: Refused | undefined };

/** Changes the password, the present one given; or chooses a first one. */
export function PasswordCard({ view, address, hasPassword, fault }: PasswordCardProps) {
  const { t } = view;
  const errorOf = (field: string) => (fault?.field === field ? fault.text : undefined);
  const title = t(hasPassword ? 'profile.password.change' : 'profile.password.set');
  return (
    <Card id="mot-de-passe" title={title}>
      <p class="muted">{t(hasPassword ? 'profile.password.lead' : 'profile.password.none')}</p>
      <form class="stack" method="post" action="/profil/mot-de-passe" novalidate>
        <input type="text" name="identifiant" value={address} autocomplete="username" readonly hidden tabindex={-1} />
        {hasPassword && (
          <PasswordField
            view={view}
            id="actuel"
            name="actuel"
            label={t('profile.password.current')}
            autocomplete="current-password"
            error={errorOf('actuel')}
          />
        )}
        <NewPasswordField view={view} id="nouveau" label={t('profile.password.new')} error={errorOf('nouveau')} />
        <Button view={view}>{title}</Button>
      </form>
    </Card>
  );
}
