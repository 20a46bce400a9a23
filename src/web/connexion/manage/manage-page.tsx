import type { Conversation } from '#domain/conversations/api.ts';
import { Heading } from '#web/kit/heading.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { conversationHref } from '../addresses.ts';

type ManagePageProps = { view: View; conversation: Conversation };

/** «Gérer la conversation»: the tools of its holder and collaborators, one section an area (000-C2 to 000-C5). */
export function ManagePage({ view, conversation }: ManagePageProps) {
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
    </Layout>
  );
}
