import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DialogPage } from '#web/kit/dialog-page.tsx';
import { Door } from '#web/kit/door.tsx';
import { Letter } from '#web/kit/letter.tsx';
import type { View } from '#web/layout/view.ts';
import { Shown, ShownForm, tryAction } from './showcase.tsx';

export function SheetsSection({ view }: { view: View }) {
  const { t } = view;
  return (
    <>
      <Shown name={t('components.card')}>
        <Card>
          <p>{t('components.sample.text')}</p>
        </Card>
      </Shown>
      <Shown name={t('components.card.titled')}>
        <Card id="carte" title={t('demo.clock.title')}>
          <p>{t('demo.clock.hint')}</p>
        </Card>
      </Shown>
      <Shown name={t('components.door')}>
        <Door view={view} icon="life-buoy" href={tryAction} title={t('frame.footer.what')} to={t('components.door.to')} />
      </Shown>
      <ShownForm name={t('components.letter')}>
        <Letter id="lettre" title={t('sign-in.title')} level={2}>
          <p>{t('sign-in.account.hint')}</p>
          <Button view={view} kind="go" wide>
            {t('sign-in.continue')}
          </Button>
        </Letter>
      </ShownForm>
      <Shown name={t('components.dialog')} wide>
        <DialogPage
          view={view}
          id="fenetre"
          level={2}
          title={t('connexion.activities.title')}
          closeHref={tryAction}
          lead={t('connexion.activities.lead', { title: t('components.sample.title') })}
          foot={<span class="muted num">{t('connexion.activities.count', { count: 12 })}</span>}
        >
          <p>{t('components.dialog.text')}</p>
        </DialogPage>
      </Shown>
    </>
  );
}
