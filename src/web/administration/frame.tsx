import type { Organisation } from '#domain/organisations/api.ts';
import type { Child } from '#jsx/jsx-runtime';
import { Heading } from '#web/kit/heading.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { type Section, sectionHref, sections } from './places.ts';

type FrameProps = { view: View; organisation: Organisation; section: Section; title?: string; crumb?: { href: string; label: string }; children?: Child };

/** What the pages of an organisation's administration have in common: its name, and the four of them. */
export function AdministrationFrame({ view, organisation, section, title, crumb, children }: FrameProps) {
  const { t } = view;
  const name = title ?? t(`administration.section.${section}`);
  return (
    <Layout view={view} title={name} current="administration" crumb={crumb}>
      <Heading title={name} lead={t('administration.lead', { organisation: organisation.name })} />
      <nav class="sections" aria-label={t('administration.sections')}>
        <ul>
          {sections.map((one) => (
            <li>
              <a href={sectionHref(organisation, one)} aria-current={one === section ? 'page' : undefined}>
                {t(`administration.section.${one}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Layout>
  );
}
