import type { Organisation } from '#domain/organisations/api.ts';
import { Door } from '#web/kit/door.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { sectionHref } from './places.ts';

/** Somebody who administers several organisations says which one (S-17). */
export function ChooseOrganisationPage({ view, organisations }: { view: View; organisations: readonly Organisation[] }) {
  const { t } = view;
  return (
    <Layout view={view} title={t('administration.title')} current="administration" narrow>
      <Heading title={t('administration.title')} lead={t('administration.choose')} />
      <div class="stack-s">
        {organisations.map((organisation) => (
          <Door view={view} icon="shield" href={sectionHref(organisation, 'dashboard')} title={organisation.name} to={t('administration.choose.to')} />
        ))}
      </div>
    </Layout>
  );
}
