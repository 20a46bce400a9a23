import type { View } from '#web/layout/view.ts';
import { Article } from './article.tsx';

const limits = ['readers', 'old', 'documents'] as const;

/** `/accessibilite`: no level is claimed before an audit has found one. */
export function AccessibilityPage({ view }: { view: View }) {
  const { t } = view;
  return (
    <Article view={view} title={t('help.accessibility.title')} lead={t('help.accessibility.lead')}>
      <h2>{t('help.accessibility.status.title')}</h2>
      <p>{t('help.accessibility.status')}</p>
      <h2>{t('help.accessibility.work')}</h2>
      <p>{t('help.accessibility.check')}</p>
      <h2>{t('help.accessibility.limits')}</h2>
      <ul>
        {limits.map((limit) => (
          <li>{t(`help.accessibility.limits.${limit}`)}</li>
        ))}
      </ul>
      <p>{t('help.accessibility.contact')}</p>
    </Article>
  );
}
