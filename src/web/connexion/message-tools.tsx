import type { ThreadMessage } from '#domain/conversations/api.ts';
import type { View } from '#web/layout/view.ts';
import { manageMessageHref } from './addresses.ts';

type MessageToolsProps = { view: View; place: { id: string; personaId: string }; message: ThreadMessage };

/** What the collaborators can do with a message: both lead to its page, where the act is explained (000-C4, 000-C5). */
export function MessageTools({ view, place, message }: MessageToolsProps) {
  const { t } = view;
  const number = message.position;
  const href = manageMessageHref(place, message.id);
  return (
    <p class="msg__tools small">
      {message.mine && !message.withdrawnAt && (
        <a href={`${href}#retirer`}>
          {t('life.withdraw')}
          <span class="sr">{t('life.of-message', { number })}</span>
        </a>
      )}
      <a href={`${href}#expiration`}>
        {t('life.expiry.change')}
        <span class="sr">{t('life.of-message', { number })}</span>
      </a>
    </p>
  );
}
