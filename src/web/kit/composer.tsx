import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { Icon } from './icon.tsx';

type ComposerProps = { view: View; id?: string; summary: string; title: string; readers: Child; open?: boolean; children?: Child };

/** «Afficher un message» at the bottom of a conversation: opens «Ajouter un message», after saying who will read (000-53 to 55). */
export function Composer({ view, id = 'composer', summary, title, readers, open, children }: ComposerProps) {
  return (
    <details class="card compose" id={id} open={open}>
      {/* biome-ignore lint/a11y/useSemanticElements: a summary is announced as a button nowhere unless told to be one. */}
      <summary class="btn" role="button">
        <Icon view={view} name="chevron-down" />
        {summary}
      </summary>
      <section class="stack" aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`}>{title}</h2>
        <p class="small line">
          <Icon view={view} name="eye" />
          <span>{readers}</span>
        </p>
        {children}
      </section>
    </details>
  );
}
