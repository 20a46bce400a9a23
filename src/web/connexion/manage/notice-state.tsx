import type { PersonState } from '#domain/conversations/api.ts';
import { reasonOfFailure } from '#domain/notices/api.ts';
import { noticeLooks } from '#web/kit/notice-looks.ts';
import { Tag } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';

type Notice = NonNullable<PersonState['lastNotice']>;

/** What became of the last notice, in words: waiting, sent, refused and why (000-C3). */
export function NoticeState({ view, notice }: { view: View; notice: Notice | undefined }) {
  const { t } = view;
  if (!notice) return <span class="small muted">{t('manage.notice.none')}</span>;
  const look = noticeLooks[notice.state];
  // A bounce says no code; a mail that will be tried again does, and it is not the end.
  const reason = notice.failure && notice.state !== 'sent' ? t(`manage.failure.${reasonOfFailure(notice.failure)}`, { code: notice.failure }) : undefined;
  return (
    <div class="small">
      <Tag view={view} kind={look.kind} icon={look.icon}>
        {t(`manage.notice.${notice.state}`)}
      </Tag>
      <p class="xs muted mt-s">{t.rich(`manage.notice.${notice.state}.when`, { at: <Time view={view} at={notice.at} /> })}</p>
      {reason && <p class="xs">{reason}</p>}
    </div>
  );
}
