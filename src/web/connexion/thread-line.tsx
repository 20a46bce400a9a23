import type { ThreadLine } from '#domain/conversations/api.ts';
import { Icon } from '#web/kit/icon.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { activityIcons } from './activity-icons.ts';

/** What happened to the conversation itself, where it happened: everybody reads it (000-32, 000-A2). */
export function ThreadLineItem({ view, line }: { view: View; line: ThreadLine }) {
  const { t } = view;
  const by = line.address ?? t('connexion.activities.system');
  return (
    <p class="thread__line small" id={`ligne-${line.id}`}>
      <Icon view={view} name={activityIcons[line.kind]} /> <span class="any">{t(`life.line.${line.kind}`, { by, address: line.subjectAddress ?? '' })}</span> ·{' '}
      <Time view={view} at={line.at} />
    </p>
  );
}
