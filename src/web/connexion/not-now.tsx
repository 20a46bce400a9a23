import { type Conversation, canTakeOver } from '#domain/conversations/api.ts';
import type { Refusal } from '#result';
import { Button } from '#web/kit/button.tsx';
import { Note } from '#web/kit/note.tsx';
import { SupportLine } from '#web/layout/footer.tsx';
import type { View } from '#web/layout/view.ts';
import { sentenceOf } from '#web/refusals.ts';
import { manageHref } from './addresses.ts';

type NotNowProps = { view: View; conversation: Conversation; refusal: Refusal };

/** Why nobody can write here now; in a red conversation also whom to ask, and «Reprendre» for a collaborator who takes part (000-32). */
export function NotNow({ view, conversation, refusal }: NotNowProps) {
  const red = refusal.code === 'conversation.read-only';
  const mayTakeOver = red && view.actor !== undefined && canTakeOver(view.actor, conversation);
  return (
    <Note view={view} kind="warn" icon={red ? 'user-x' : 'lock'}>
      <p>{sentenceOf(view, refusal)}</p>
      {red && (
        <p>
          <SupportLine view={view} contact={view.organisation?.support ?? view.support} />
        </p>
      )}
      {mayTakeOver && (
        <form class="mt-s" method="post" action={manageHref({ id: conversation.id, personaId: conversation.personaId }, 'reprendre')}>
          <p>{view.t('life.take-over.why')}</p>
          <p class="mt-s">
            <Button view={view} icon="user-round">
              {view.t('life.take-over')}
            </Button>
          </p>
        </form>
      )}
    </Note>
  );
}
