import { type Conversation, refusalToPost } from '#domain/conversations/api.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { errorOf } from '#web/kit/error-of.ts';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Note } from '#web/kit/note.tsx';
import { RadioCards } from '#web/kit/radio-cards.tsx';
import { TextArea } from '#web/kit/text-area.tsx';
import type { View } from '#web/layout/view.ts';
import { sentenceOf } from '#web/refusals.ts';
import { manageHref } from '../addresses.ts';

/** What somebody has typed in a form of the page, and what is wrong with it. */
export type Acting = { fields: Record<string, string>; faults: readonly { field: string; text: string }[] };

type AddPeopleSectionProps = { view: View; conversation: Conversation; adding: Acting };

/** «Ajouter des personnes»: by address, with or without the past, as participants or as collaborators (000-C2, 000-03). */
export function AddPeopleSection({ view, conversation, adding }: AddPeopleSectionProps) {
  const { t } = view;
  const refusal = refusalToPost(conversation, view.now);
  return (
    <Card id="ajouter" title={t('manage.add.title')}>
      {refusal ? (
        <Note view={view} kind="warn" icon="lock" title={t('manage.add.not-now')}>
          {sentenceOf(view, refusal)}
        </Note>
      ) : (
        <AddForm view={view} conversation={conversation} adding={adding} />
      )}
    </Card>
  );
}

function AddForm({ view, conversation, adding }: AddPeopleSectionProps) {
  const { t } = view;
  const { fields, faults } = adding;
  return (
    <>
      <ErrorSummary view={view} errors={faults} />
      <form class="stack" method="post" action={manageHref(conversation, 'personnes')}>
        <TextArea
          view={view}
          id="participants"
          name="participants"
          label={t('manage.add.addresses')}
          hint={t('manage.add.addresses-hint', { limit: conversationLimits.participants })}
          error={errorOf(faults, 'participants')}
          value={fields.participants}
          rows={2}
          spellcheck="false"
        />
        <RadioCards
          view={view}
          name="passe"
          legend={t('manage.add.past')}
          value={fields.passe ?? 'sans'}
          options={[
            { value: 'sans', label: t('manage.add.without-past'), detail: t('manage.add.without-past-detail') },
            { value: 'avec', label: t('manage.add.with-past'), detail: t('manage.add.with-past-detail') },
          ]}
        />
        <RadioCards
          view={view}
          name="role"
          legend={t('manage.add.role')}
          value={fields.role ?? 'participant'}
          options={[
            { value: 'participant', label: t('manage.add.participant'), detail: t('manage.add.participant-detail') },
            {
              value: 'collaborateur',
              label: t('manage.add.collaborator'),
              detail: t('manage.add.collaborator-detail', { organisation: conversation.organisationName }),
            },
          ]}
        />
        <div class="row">
          <Button view={view} kind="go" icon="user-plus">
            {t('manage.add.submit')}
          </Button>
        </div>
      </form>
    </>
  );
}
