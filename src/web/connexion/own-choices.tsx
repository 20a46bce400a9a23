import type { Conversation } from '#domain/conversations/api.ts';
import type { Refusal } from '#result';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Note } from '#web/kit/note.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { sentenceOf } from '#web/refusals.ts';
import { conversationHref, leaveHref, muteHref } from './addresses.ts';

/** «En sourdine», in the list and in the conversation. */
export function MutedTag({ view }: { view: View }) {
  return (
    <Tag view={view} icon="bell-off">
      {view.t('connexion.mark.muted')}
    </Tag>
  );
}

/** What a person decides for themselves alone about a conversation: whether to be told of it, and whether to stay (000-Y2). */
export function OwnChoices({ view, conversation }: { view: View; conversation: Conversation }) {
  const { t } = view;
  const muted = conversation.mutedAt !== undefined;
  return (
    <section class="card stack-s mt" aria-labelledby="pour-moi">
      <h2 id="pour-moi" class="small">
        {t('connexion.own.title')}
      </h2>
      <p class="small muted">{t(muted ? 'connexion.own.muted' : 'connexion.own.told', { address: conversation.personaAddress })}</p>
      <div class="row">
        <form method="post" action={muteHref(conversation)}>
          <input type="hidden" name="sourdine" value={muted ? 'non' : 'oui'} />
          <Button view={view} small icon={muted ? 'bell' : 'bell-off'}>
            {t(muted ? 'connexion.own.unmute' : 'connexion.own.mute')}
          </Button>
        </form>
        {conversation.role !== 'holder' && (
          <LinkButton view={view} small icon="log-out" href={leaveHref(conversation)}>
            {t('connexion.own.leave')}
          </LinkButton>
        )}
      </div>
    </section>
  );
}

type LeavePageProps = { view: View; conversation: Conversation; refusal: Refusal | undefined };

/** What leaving does, before it is done; or why this person stays. */
export function LeavePage({ view, conversation, refusal }: LeavePageProps) {
  const { t } = view;
  const back = conversationHref(conversation);
  const title = conversation.title ?? t('connexion.expired-title');
  return (
    <Layout view={view} title={t('connexion.leave.title')} current="connexion" persona={conversation.personaId} narrow crumb={{ href: back, label: title }}>
      <Heading title={t('connexion.leave.title')} lead={<span class="any">{title}</span>} />
      <Card>
        {refusal ? (
          <Note view={view} kind="warn" role="alert">
            {sentenceOf(view, refusal)}
          </Note>
        ) : (
          <>
            <p>{t('connexion.leave.what', { address: conversation.personaAddress })}</p>
            <p>{t('connexion.leave.stays')}</p>
          </>
        )}
        <form class="row" method="post" action={leaveHref(conversation)}>
          {!refusal && (
            <Button view={view} kind="danger" icon="log-out">
              {t('connexion.leave.do')}
            </Button>
          )}
          <LinkButton view={view} kind="bare" href={back}>
            {t('connexion.leave.stay')}
          </LinkButton>
        </form>
      </Card>
    </Layout>
  );
}
