import type { OwnSession } from '#domain/sign-in/api.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';

/** Where one is signed in, and the way out everywhere else. */
export function SessionsCard({ view, sessions }: { view: View; sessions: OwnSession[] }) {
  const { t } = view;
  return (
    <Card id="sessions" title={t('profile.sessions')}>
      <ul class="stack-s small">
        {sessions.map((session) => (
          <li class="row">
            <b>{t(`profile.sessions.${session.method}`)}</b>
            <span>{t.rich('profile.sessions.since', { time: <Time view={view} at={session.startedAt} /> })}</span>
            {session.current ? (
              <Tag view={view} kind="ok" icon="check">
                {t('profile.sessions.current')}
              </Tag>
            ) : (
              <span>{t.rich('profile.sessions.seen', { time: <Time view={view} at={session.seenAt} /> })}</span>
            )}
          </li>
        ))}
      </ul>
      <form method="post" action="/profil/sessions">
        <Button view={view} icon="log-out">
          {t('profile.sessions.end-others')}
        </Button>
      </form>
    </Card>
  );
}
