import { type Conversation, type ConversationLife, refusalToPost } from '#domain/conversations/api.ts';
import { Card } from '#web/kit/card.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import type { View } from '#web/layout/view.ts';
import { NotNow } from '../not-now.tsx';
import type { Acting } from './add-people-section.tsx';
import { ExpirySection } from './expiry-section.tsx';
import { HolderSection } from './holder-section.tsx';
import { RemindersSection } from './reminders-section.tsx';
import { StateSection } from './state-section.tsx';
import { TitleSection } from './title-section.tsx';

export type LifeProps = { view: View; conversation: Conversation; life: ConversationLife; acting: Acting };

/** What becomes of a conversation: title, end, expiry, reminders, holder. In a red or expired one, why nothing of it can be changed. */
export function LifeSections(props: LifeProps) {
  const { view, conversation, acting } = props;
  const refusal = refusalToPost(conversation, view.now);
  if (refusal && refusal.code !== 'conversation.closed') {
    return (
      <Card id="etat" title={view.t('life.state.title')}>
        <NotNow view={view} conversation={conversation} refusal={refusal} />
      </Card>
    );
  }
  return (
    <>
      <ErrorSummary view={view} errors={acting.faults} />
      <TitleSection {...props} />
      <ExpirySection {...props} />
      <RemindersSection {...props} />
      {conversation.role === 'holder' && <HolderSection {...props} />}
      <StateSection {...props} />
    </>
  );
}
