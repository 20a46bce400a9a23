import type { Conversation, ConversationLife, PersonState } from '#domain/conversations/api.ts';
import { Card } from '#web/kit/card.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { conversationHref } from '../addresses.ts';
import { Readers } from '../readers.tsx';
import { type Acting, AddPeopleSection } from './add-people-section.tsx';
import { LifeSections } from './life-sections.tsx';
import { PeopleSection } from './people-section.tsx';

type ManagePageProps = { view: View; conversation: Conversation; people: readonly PersonState[]; adding: Acting; life: ConversationLife; acting: Acting };

/** «Gérer la conversation»: the tools of its holder and collaborators, one section an area (000-C2 to 000-C5). */
export function ManagePage({ view, conversation, people, adding, life, acting }: ManagePageProps) {
  const { t } = view;
  const title = conversation.title ?? t('connexion.expired-title');
  return (
    <Layout
      view={view}
      title={t('manage.title')}
      current="connexion"
      persona={conversation.personaId}
      crumb={{ href: conversationHref({ id: conversation.id, personaId: conversation.personaId }), label: title }}
    >
      <Heading title={t('manage.title')} lead={t('manage.lead', { title })} />
      <div class="stack-l">
        <PeopleSection view={view} conversation={conversation} people={people} />
        <AddPeopleSection view={view} conversation={conversation} adding={adding} />
        <Card id="lecteurs" title={t('connexion.readers.title')}>
          <Readers view={view} conversation={conversation} people={people} />
        </Card>
        <LifeSections view={view} conversation={conversation} life={life} acting={acting} />
      </div>
    </Layout>
  );
}
