import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { Icon } from './icon.tsx';

type DialogPageProps = { view: View; id?: string; level?: 1 | 2; title: Child; closeHref: string; lead?: Child; foot?: Child; children?: Child };

/** What reads as a window with its title and its way out, and is a page of its own: it works and prints without scripts. Its heading is the page's unless said otherwise. */
export function DialogPage({ view, id = 'dialog', level = 1, title, closeHref, lead, foot, children }: DialogPageProps) {
  return (
    <section class="dlg" aria-labelledby={`${id}-title`}>
      <div class="dlg__h">
        {level === 1 ? <h1 id={`${id}-title`}>{title}</h1> : <h2 id={`${id}-title`}>{title}</h2>}
        <a class="iconbtn" href={closeHref} aria-label={view.t('kit.dialog.close')}>
          <Icon view={view} name="x" />
        </a>
      </div>
      {lead && <p class="dlg__lead small muted">{lead}</p>}
      {children}
      {foot && <div class="dlg__f">{foot}</div>}
    </section>
  );
}
