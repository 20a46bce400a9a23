import type { Persona, Profile } from '#domain/people/api.ts';
import type { OwnSession } from '#domain/sign-in/api.ts';
import { Address } from '#web/kit/address.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';
import { PasswordCard } from './password-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { SettingsCard } from './settings-card.tsx';

type ProfilePageProps = {
  view: View;
  profile: Profile & { personas: Persona[] };
  sessions: OwnSession[];
  hasPassword: boolean;
  fault: Refused | undefined;
};

/** «Mon profil». */
export function ProfilePage({ view, profile, sessions, hasPassword, fault }: ProfilePageProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t('profile.title')} current="profile" narrow>
      <Heading title={t('profile.title')} />
      <div class="stack">
        {fault && <ErrorSummary view={view} errors={[fault]} />}
        <SettingsCard view={view} profile={profile} fault={fault} />
        <AddressesCard view={view} personas={profile.personas} />
        <NoticesCard view={view} />
        <PasswordCard view={view} address={profile.personas[0]?.address} hasPassword={hasPassword} fault={fault} />
        {view.actor?.memberships.some((held) => held.role === 'collaborator') && <LeaveCard view={view} />}
        <SessionsCard view={view} sessions={sessions} />
      </div>
    </Layout>
  );
}

/** Where a collaborator says who replaces them. */
function LeaveCard({ view }: { view: View }) {
  const { t } = view;
  return (
    <Card id="absence" title={t('life.leave.title')}>
      <p class="muted">{t('life.leave.lead')}</p>
      <p>
        <LinkButton view={view} icon="user-plus" href="/profil/absence">
          {t('life.leave.new')}
        </LinkButton>
      </p>
    </Card>
  );
}

function AddressesCard({ view, personas }: { view: View; personas: Persona[] }) {
  const { t } = view;
  return (
    <Card id="adresses" title={t('profile.addresses')}>
      <p class="muted">{t('profile.addresses.lead')}</p>
      <ul class="stack-s">
        {personas.map((persona) => (
          <li class="row">
            <Address address={persona.address} />
            {persona.confirmedAt && (
              <Tag view={view} kind="ok" icon="check">
                {t('profile.addresses.confirmed')}
              </Tag>
            )}
          </li>
        ))}
      </ul>
      <p>
        <LinkButton view={view} icon="at-sign" href="/profil/adresses">
          {t('profile.addresses.manage')}
        </LinkButton>
      </p>
    </Card>
  );
}

/** How one is told, and what one was told. */
function NoticesCard({ view }: { view: View }) {
  const { t } = view;
  return (
    <Card id="avis" title={t('profile.notices')}>
      <p class="muted">{t('profile.notices.card')}</p>
      <div class="row">
        <LinkButton view={view} icon="bell" href="/profil/avis/reglages">
          {t('profile.notices.settings')}
        </LinkButton>
        <LinkButton view={view} icon="history" href="/profil/avis">
          {t('profile.notices.sent')}
        </LinkButton>
      </div>
    </Card>
  );
}
