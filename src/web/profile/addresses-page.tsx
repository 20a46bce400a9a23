import type { OwnAddress } from '#domain/sign-in/api.ts';
import { limits } from '#shared/people.ts';
import { Address } from '#web/kit/address.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Field } from '#web/kit/field.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';
import { sentenceOf } from '#web/refusals.ts';

type AddressesPageProps = { view: View; addresses: readonly OwnAddress[]; typed: string; returnTo: string | undefined; fault: Refused | undefined };

/** «Mes adresses»: one tab each under Connexion; another joins them once a code sent to it comes back (000-19, 000-Y1). */
export function AddressesPage({ view, addresses, typed, returnTo, fault }: AddressesPageProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t('profile.addresses')} current="profile" narrow crumb={{ href: '/profil', label: t('profile.title') }}>
      <Heading title={t('profile.addresses')} lead={t('profile.addresses.lead')} />
      <div class="stack">
        {fault && <ErrorSummary view={view} errors={[fault]} />}
        <Card id="adresses" title={t('profile.addresses.mine')}>
          <ul class="stack">
            {addresses.map((address) => (
              <OneAddress view={view} address={address} />
            ))}
          </ul>
        </Card>
        <Card id="joindre" title={t('profile.addresses.add')}>
          <p class="muted">{t('profile.addresses.add.lead')}</p>
          <form class="stack" method="post" action="/profil/adresses" novalidate>
            {returnTo && <input type="hidden" name="retour" value={returnTo} />}
            <Field
              view={view}
              id="adresse"
              name="adresse"
              type="email"
              label={t('profile.addresses.add.label')}
              value={typed}
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              maxlength={limits.address * 2}
              error={fault?.field === 'adresse' ? fault.text : undefined}
            />
            <Button view={view} kind="go" icon="mail">
              {t('profile.addresses.send')}
            </Button>
          </form>
        </Card>
      </div>
    </Layout>
  );
}

function OneAddress({ view, address: { id, address, confirmedAt, kept } }: { view: View; address: OwnAddress }) {
  const { t } = view;
  const unread = view.unread.byPersona[id] ?? 0;
  return (
    <li class="stack-s">
      <div class="row">
        <b>
          <Address address={address} />
        </b>
        {confirmedAt && (
          <Tag view={view} kind="ok" icon="check">
            {t('profile.addresses.confirmed')}
          </Tag>
        )}
        {unread > 0 && (
          <Tag view={view} kind="unread" icon="message-square-warning">
            {t('profile.addresses.unread', { count: unread })}
          </Tag>
        )}
      </div>
      {kept ? (
        <p class="small muted">{sentenceOf(view, kept)}</p>
      ) : (
        <p>
          <LinkButton view={view} small icon="user-minus" href={removeHref(id)}>
            {t('profile.addresses.remove')}
            <span class="sr"> {address}</span>
          </LinkButton>
        </p>
      )}
    </li>
  );
}

export function removeHref(personaId: string): string {
  return `/profil/adresses/${personaId}/retirer`;
}

/** What removing an address does, before it is done. */
export function RemoveAddressPage({ view, address: { id, address } }: { view: View; address: OwnAddress }) {
  const { t } = view;
  return (
    <Layout
      view={view}
      title={t('profile.addresses.remove-title')}
      current="profile"
      narrow
      crumb={{ href: '/profil/adresses', label: t('profile.addresses') }}
    >
      <Heading title={t('profile.addresses.remove-title')} lead={<Address address={address} />} />
      <Card>
        <p>{t('profile.addresses.remove-what')}</p>
        <p>{t('profile.addresses.remove-back')}</p>
        <form class="row" method="post" action={removeHref(id)}>
          <Button view={view} kind="danger" icon="user-minus">
            {t('profile.addresses.remove-do')}
          </Button>
          <LinkButton view={view} kind="bare" href="/profil/adresses">
            {t('profile.addresses.remove-not')}
          </LinkButton>
        </form>
      </Card>
    </Layout>
  );
}
