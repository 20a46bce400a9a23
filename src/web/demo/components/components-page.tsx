import { Heading } from '#web/kit/heading.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { sections } from './sections.ts';

/** Every component of the kit in all its states: to look at them together, in any theme, at any width, in either language. */
export function ComponentsPage({ view }: { view: View }) {
  const { t } = view;
  return (
    <Layout view={view} title={t('components.title')} solo={!view.actor}>
      <Heading title={t('components.title')} lead={t('components.lead')} />
      <nav class="card stack-s mb" aria-label={t('components.contents')}>
        <ul class="shown__contents">
          {sections.map(({ id, title }) => (
            <li>
              <a href={`#${id}`}>{t(title)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {sections.map(({ id, title, Content }) => (
        <section class="showcase" id={id} aria-labelledby={`${id}-titre`}>
          <h2 id={`${id}-titre`}>{t(title)}</h2>
          <div class="showcase__in">
            <Content view={view} />
          </div>
        </section>
      ))}
    </Layout>
  );
}
