import type { Conversation } from '#domain/conversations/api.ts';
import { localDay } from '#shared/expiry.ts';
import { Button } from '#web/kit/button.tsx';
import { Field } from '#web/kit/field.tsx';
import type { View } from '#web/layout/view.ts';

type ExpiryFormProps = {
  view: View;
  conversation: Conversation;
  action: string;
  label: string;
  caps: { min: number; max: number };
  /** Until when it lives now, and the day typed in its place. */
  expiresAt: Date;
  typed: string | undefined;
  error: string | undefined;
};

/** Moves the expiry of one message, or of all that are there, and says first what that does and does not (000-C5). */
export function ExpiryForm({ view, conversation, action, label, caps, expiresAt, typed, error }: ExpiryFormProps) {
  const { t } = view;
  return (
    <>
      <p>{t('life.expiry.means')}</p>
      <p class="small muted">{t('life.expiry.backups')}</p>
      <form class="stack" method="post" action={action}>
        <Field
          view={view}
          id="expire"
          name="expire"
          type="date"
          label={label}
          hint={t('life.expiry.hint', caps)}
          value={typed ?? localDay(expiresAt, conversation.zone)}
          error={error}
        />
        <div class="row">
          <Button view={view} icon="clock">
            {t('life.expiry.submit')}
          </Button>
        </div>
      </form>
    </>
  );
}
