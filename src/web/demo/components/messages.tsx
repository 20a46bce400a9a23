import { Envelope } from '#web/kit/envelope.tsx';
import { Bubble, FileRow, type MessageFacts, Tombstone } from '#web/kit/message.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { daysAway, jean, MariesAddress, marie, organisation, Shown, tryAction } from './showcase.tsx';

export function MessagesSection({ view }: { view: View }) {
  const { t } = view;
  const text = <p>{t('components.sample.text')}</p>;
  const files = <FileRow view={view} href={tryAction} name={t('components.sample.file')} bytes={1_400_000} />;
  return (
    <>
      <Shown name={t('components.envelope.sealed')} wide>
        <Envelope view={view} id="scelle" author={marie.name} facts={factsOf(view, marie.address)} openAction={tryAction} />
      </Shown>
      <Shown name={t('components.envelope.shut')} wide>
        <Envelope
          view={view}
          id="scelle-ferme"
          author={marie.name}
          facts={factsOf(view, marie.address)}
          openAction={undefined}
          note={t('refusal.conversation.expired')}
        />
      </Shown>
      <Shown name={t('components.bubble.other')} wide>
        <Bubble
          view={view}
          id="autre"
          author={marie.name}
          quality={t('connexion.role.collaborator')}
          figure="briefcase"
          facts={factsOf(view, marie.address)}
          files={files}
        >
          {text}
        </Bubble>
      </Shown>
      <Shown name={t('components.bubble.mine')} wide>
        <Bubble view={view} id="mien" mine author={jean.name} facts={factsOf(view, jean.address)} files={files}>
          {text}
        </Bubble>
      </Shown>
      <Gone view={view} />
    </>
  );
}

function Gone({ view }: { view: View }) {
  const { t } = view;
  const what = <p>{t.rich('connexion.gone', { sender: <MariesAddress />, at: <Time view={view} at={daysAway(view, -400)} /> })}</p>;
  return (
    <>
      <Shown name={t('components.bubble.expired')} wide>
        <Tombstone view={view} id="expire" title={t.rich('connexion.expired', { at: <Time view={view} at={daysAway(view, -35)} /> })}>
          {what}
        </Tombstone>
      </Shown>
      <Shown name={t('components.bubble.expired-mine')} wide>
        <Tombstone view={view} id="expire-mien" mine title={t.rich('connexion.expired', { at: <Time view={view} at={daysAway(view, -35)} /> })}>
          {what}
        </Tombstone>
      </Shown>
      <Shown name={t('components.bubble.withdrawn')} wide>
        <Tombstone view={view} id="retire" icon="undo-2" title={t('connexion.withdrawn')}>
          {what}
        </Tombstone>
      </Shown>
    </>
  );
}

function factsOf(view: View, sender: string): MessageFacts {
  return { holder: organisation, sender, sentAt: daysAway(view, -2), expiresAt: daysAway(view, 363) };
}
