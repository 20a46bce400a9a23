import type { MessageKey } from '#messages/translate.ts';
import { Button, type ButtonKind, LinkButton } from '#web/kit/button.tsx';
import type { View } from '#web/layout/view.ts';
import { Shown, ShownForm, tryAction } from './showcase.tsx';

const kinds = {
  go: ['components.button.go', 'connexion.submit'],
  seal: ['components.button.seal', 'kit.envelope.open'],
  bare: ['components.button.bare', 'connexion.cancel'],
  danger: ['components.button.danger', 'profile.sessions.end-others'],
} as const satisfies Record<ButtonKind, readonly [MessageKey, MessageKey]>;

export function ButtonsSection({ view }: { view: View }) {
  const { t } = view;
  return (
    <>
      <ShownForm name={t('components.button.plain')}>
        <Button view={view}>{t('demo.mail.filter')}</Button>
      </ShownForm>
      {Object.entries(kinds).map(([kind, [name, label]]) => (
        <ShownForm name={t(name)}>
          <Button view={view} kind={kind as ButtonKind /* the keys of kinds */}>
            {t(label)}
          </Button>
        </ShownForm>
      ))}
      <ShownForm name={t('components.button.icon')}>
        <Button view={view} kind="go" icon="send">
          {t('connexion.submit')}
        </Button>
      </ShownForm>
      <ShownForm name={t('components.button.small')}>
        <Button view={view} small icon="refresh-cw">
          {t('demo.mail.filter')}
        </Button>
      </ShownForm>
      <ShownForm name={t('components.button.wide')}>
        <Button view={view} kind="go" wide>
          {t('sign-in.continue')}
        </Button>
      </ShownForm>
      <ShownForm name={t('components.button.unavailable')}>
        <Button view={view} id="indisponible" unavailable={t('refusal.participants.none')}>
          {t('connexion.submit')}
        </Button>
      </ShownForm>
      <ShownForm name={t('components.button.busy')}>
        <Button view={view} kind="go" icon="send" busy>
          {t('connexion.submit')}
        </Button>
      </ShownForm>
      <Links view={view} />
    </>
  );
}

function Links({ view }: { view: View }) {
  const { t } = view;
  return (
    <>
      <Shown name={t('components.button.link')}>
        <p>
          <LinkButton view={view} icon="plus" href={tryAction}>
            {t('connexion.new')}
          </LinkButton>
        </p>
      </Shown>
      <Shown name={t('components.button.link-small')}>
        <p>
          <LinkButton view={view} small icon="history" href={tryAction}>
            {t('connexion.list.activities')}
          </LinkButton>
        </p>
      </Shown>
    </>
  );
}
