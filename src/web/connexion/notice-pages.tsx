import type { Conversation } from '#domain/conversations/api.ts';
import { maskAddress } from '#shared/people.ts';
import { Address } from '#web/kit/address.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Field } from '#web/kit/field.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { conversationHref } from './addresses.ts';

/** The notice was sent to an address that is not the reader's: what is masked stays masked (S-08, 000-Y3). */
export function OtherAddressPage({ view, address, returnTo }: { view: View; address: string; returnTo: string }) {
  const { t } = view;
  return (
    <Layout view={view} title={t('connexion.notice.other-title')} current="connexion" narrow>
      <div class="stack">
        <Heading title={t('connexion.notice.other', { address: maskAddress(address) })} lead={t('connexion.notice.other-lead')} />
        <Card id="joindre" title={t('connexion.notice.join')}>
          <p>{t('connexion.notice.join-how')}</p>
          <form class="stack" method="post" action="/profil/adresses" novalidate>
            <input type="hidden" name="retour" value={returnTo} />
            <Field
              view={view}
              id="adresse"
              name="adresse"
              type="email"
              label={t('connexion.notice.join-address')}
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
            />
            <Button view={view} icon="mail">
              {t('connexion.notice.join-code')}
            </Button>
          </form>
        </Card>
        <Card id="changer" title={t('connexion.notice.with-it')}>
          <p>{t('connexion.notice.other-why')}</p>
          <form class="row" method="post" action={`/deconnexion?retour=${encodeURIComponent(returnTo)}`}>
            <Button view={view} kind="go" icon="at-sign">
              {t('connexion.notice.change')}
            </Button>
            <LinkButton view={view} kind="bare" href="/connexion">
              {t('connexion.list.title')}
            </LinkButton>
          </form>
        </Card>
      </div>
    </Layout>
  );
}

/** The reader was told once, and does not take part any more (S-08). */
export function FormerParticipantPage({ view }: { view: View }) {
  const { t } = view;
  return (
    <Layout view={view} title={t('connexion.notice.former')} current="connexion" narrow>
      <div class="stack">
        <Heading title={t('connexion.notice.former')} lead={t('connexion.notice.former-lead')} />
        <p>
          <LinkButton view={view} href="/connexion">
            {t('connexion.list.title')}
          </LinkButton>
        </p>
      </div>
    </Layout>
  );
}

/** Several of the reader's addresses take part: audiences are never merged silently (S-04). */
export function ChoosePersonaPage({ view, conversations }: { view: View; conversations: readonly Conversation[] }) {
  const { t } = view;
  return (
    <Layout view={view} title={t('connexion.choose')} current="connexion" narrow>
      <div class="stack">
        <Heading title={t('connexion.choose')} lead={t('connexion.choose.lead')} />
        <ul class="stack-s" data-personas="">
          {conversations.map((conversation) => (
            <li>
              <a class="door" href={conversationHref({ id: conversation.id, personaId: conversation.personaId })}>
                <b>
                  <Address address={conversation.personaAddress} />
                </b>
                <span class="to">{conversation.title ?? t('connexion.expired-title')}</span>
              </a>
            </li>
          ))}
        </ul>
      </div>
    </Layout>
  );
}
