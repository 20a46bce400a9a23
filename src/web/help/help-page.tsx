import { Door } from '#web/kit/door.tsx';
import { SupportLine } from '#web/layout/footer.tsx';
import type { View } from '#web/layout/view.ts';
import { Article } from './article.tsx';

/** `/aide`: the topics, and whom to call. */
export function HelpPage({ view }: { view: View }) {
  const { t } = view;
  const contact = view.organisation?.support ?? view.support;
  return (
    <Article view={view} title={t('help.index.title')} lead={t('help.index.lead')} index>
      <nav class="doors" aria-label={t('help.topics')}>
        <Door view={view} icon="mail" href="/aide/connexion" title={t('help.connexion.title')} to={t('front-door.door.help.to')} />
        <Door view={view} icon="shield-check" href="/confidentialite" title={t('help.privacy.title')} to={t('help.privacy.lead')} />
        <Door view={view} icon="user-round" href="/accessibilite" title={t('help.accessibility.title')} to={t('help.accessibility.lead')} />
      </nav>
      <h2>{t('help.contact')}</h2>
      <p>{contact.phone || contact.email ? <SupportLine view={view} contact={contact} /> : t('help.contact.none')}</p>
    </Article>
  );
}
