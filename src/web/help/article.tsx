import type { Child } from '#jsx/jsx-runtime';
import { Heading } from '#web/kit/heading.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';

type ArticleProps = { view: View; title: string; lead?: string; index?: boolean; children?: Child };

/** A page to read, with its way back to the list of topics. */
export function Article({ view, title, lead, index, children }: ArticleProps) {
  const crumb = index ? undefined : { href: '/aide', label: view.t('help.index.title') };
  return (
    <Layout view={view} title={title} current="help" crumb={crumb} narrow={!view.actor}>
      <Heading title={title} lead={lead} />
      <div class="prose">{children}</div>
    </Layout>
  );
}
