import type { View } from '#web/layout/view.ts';
import { Article } from './article.tsx';

const stored = ['messages', 'activity', 'notices', 'profile', 'sign-in', 'cookies'] as const;
const readers = ['people', 'admin', 'server'] as const;
const refusals = ['third', 'mail'] as const;

/** `/confidentialite`: what is kept, who reads it, how long; in the words of S-10. */
export function PrivacyPage({ view }: { view: View }) {
  const { t } = view;
  return (
    <Article view={view} title={t('help.privacy.title')} lead={t('help.privacy.lead')}>
      <h2>{t('help.privacy.stored')}</h2>
      <ul>
        {stored.map((item) => (
          <li>{t(`help.privacy.stored.${item}`)}</li>
        ))}
      </ul>
      <h2>{t('help.privacy.who')}</h2>
      {readers.map((item) => (
        <p>{t(`help.privacy.who.${item}`)}</p>
      ))}
      <h2>{t('help.privacy.delete')}</h2>
      <p>{t('help.privacy.delete.text')}</p>
      <h2>{t('help.privacy.not')}</h2>
      <ul>
        {refusals.map((item) => (
          <li>{t(`help.privacy.not.${item}`)}</li>
        ))}
      </ul>
    </Article>
  );
}
