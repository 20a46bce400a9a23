import { Host } from '#web/kit/host.tsx';
import { Note } from '#web/kit/note.tsx';
import type { View } from '#web/layout/view.ts';
import { Article } from './article.tsx';

const abilities = ['read', 'post', 'download', 'history', 'quiet'] as const;
const steps = ['notice', 'sign-in', 'open', 'answer', 'expire'] as const;

/** `/aide/connexion`: for somebody who has never heard of it (000-57). */
export function ConnexionPage({ view }: { view: View }) {
  const { t } = view;
  return (
    <Article view={view} title={t('help.connexion.title')} lead={t('help.connexion.what')}>
      <p>{t('help.connexion.who')}</p>
      <h2>{t('help.connexion.can')}</h2>
      <ul>
        {abilities.map((ability) => (
          <li>{t(`help.connexion.can.${ability}`)}</li>
        ))}
      </ul>
      <p>{t('help.connexion.can.not')}</p>
      <h2>{t('help.connexion.how')}</h2>
      <ol class="plainsteps">
        {steps.map((step) => (
          <li>
            <b>{t(`help.connexion.how.${step}`)}</b>
            <span>{t(`help.connexion.how.${step}.text`)}</span>
          </li>
        ))}
      </ol>
      <Note view={view} icon="shield-check" title={t('help.connexion.safe')}>
        {t.rich('help.connexion.safe.text', { host: <Host view={view} /> })}
      </Note>
    </Article>
  );
}
