import type { FileRules } from '#domain/attachments/api.ts';
import { type Conversation, canManage, type Thread } from '#domain/conversations/api.ts';
import type { Refusal } from '#result';
import { LinkButton } from '#web/kit/button.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { MessagePager } from '#web/kit/pager.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { activitiesHref, conversationHref, manageHref } from './addresses.ts';
import { type Composing, MessageComposer } from './composer.tsx';
import { NotNow } from './not-now.tsx';
import { MutedTag, OwnChoices } from './own-choices.tsx';
import { FoldedReaders } from './readers.tsx';
import { ThreadMessages } from './thread.tsx';

type ConversationPageProps = {
  view: View;
  conversation: Conversation;
  thread: Thread;
  composing: Composing;
  /** Why nobody can post here now. */
  refusal: Refusal | undefined;
  /** Whether the reader may see the activities (000-39). */
  activities: boolean;
  rules: FileRules;
  opened?: string | undefined;
};

/** A conversation as one persona reads it: five messages, envelopes sealed, one form at the bottom (000-41 to 000-55). */
export function ConversationPage({ view, conversation, thread, composing, refusal, activities, rules, opened }: ConversationPageProps) {
  const { t } = view;
  const title = conversation.title ?? t('connexion.expired-title');
  const lead = t.rich('connexion.lead', {
    organisation: conversation.organisationName,
    holder: <span class={conversation.holderActive ? 'any' : 'any dead'}>{conversation.holderAddress}</span>,
    people: t('connexion.people.count', { count: thread.people.length }),
  });
  return (
    <Layout
      view={view}
      title={title}
      current="connexion"
      persona={conversation.personaId}
      crumb={{ href: `/connexion?persona=${conversation.personaId}`, label: t('connexion.list.title') }}
    >
      <Heading title={title} lead={lead}>
        {activities && (
          <LinkButton view={view} small icon="history" href={activitiesHref(conversation)}>
            {t('connexion.list.activities')}
          </LinkButton>
        )}
        {view.actor && canManage(view.actor, conversation) && (
          <LinkButton view={view} small icon="settings" href={manageHref(conversation)}>
            {t('manage.title')}
          </LinkButton>
        )}
      </Heading>
      {conversation.mutedAt && (
        <p>
          <MutedTag view={view} />
        </p>
      )}
      {refusal && <NotNow view={view} conversation={conversation} refusal={refusal} />}
      <FoldedReaders view={view} people={thread.people} conversation={conversation} />
      <Window view={view} place={conversation} window={thread.window} />
      <ThreadMessages view={view} conversation={conversation} messages={thread.messages} lines={thread.lines} opened={opened} />
      {!refusal && <MessageComposer view={view} conversation={conversation} people={thread.people} composing={composing} rules={rules} />}
      <OwnChoices view={view} conversation={conversation} />
    </Layout>
  );
}

function Window({ view, place, window }: { view: View; place: { id: string; personaId: string }; window: Thread['window'] }) {
  if (window.count === 1) return null;
  const { index, count } = window;
  return (
    <MessagePager
      view={view}
      from={window.first}
      to={window.last}
      total={window.total}
      olderHref={index < count ? conversationHref(place, { window: index + 1 }) : undefined}
      newerHref={index > 1 ? conversationHref(place, { window: index - 1 }) : undefined}
    />
  );
}
