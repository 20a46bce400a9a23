import type { Organisation } from '#domain/organisations/api.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { PictureField } from '#web/kit/picture-field.tsx';
import { logoHref } from '#web/layout/brand.ts';
import type { View } from '#web/layout/view.ts';
import { sectionHref } from './places.ts';

export type LogoShown = { hash: string; width: number; height: number };

type LogoCardProps = { view: View; organisation: Organisation; logo: LogoShown | undefined; error: string | undefined };

/** The drawing beside the organisation's name: on its pages only, mails hold no image. */
export function LogoCard({ view, organisation, logo, error }: LogoCardProps) {
  const { t } = view;
  const action = `${sectionHref(organisation, 'policy')}/logo`;
  return (
    <Card id="logo-carte" title={t('administration.setting.logo')}>
      {logo && (
        <form class="row" method="post" action={`${action}/retirer`}>
          <img class="logo-shown" src={logoHref(organisation.id, logo.hash)} alt={t('administration.logo.alt', { organisation: organisation.name })} />
          <Button view={view} small icon="trash-2">
            {t('administration.logo.remove')}
          </Button>
        </form>
      )}
      <form class="stack" method="post" action={action} enctype="multipart/form-data">
        <PictureField view={view} id="logo" name="logo" label={t('administration.logo.choose')} hint={t('administration.logo.hint')} error={error} />
        <Button view={view} icon="upload">
          {t('administration.logo.save')}
        </Button>
      </form>
    </Card>
  );
}
