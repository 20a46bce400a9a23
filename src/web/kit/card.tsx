import type { Child } from '#jsx/jsx-runtime';

/** A framed part of a page, named by its heading when it has one. */
export function Card({ id, title, children }: { id?: string; title?: Child; children?: Child }) {
  const titleId = id && title ? `${id}-title` : undefined;
  return (
    <section class="card stack" id={id} aria-labelledby={titleId}>
      {title && <h2 id={titleId}>{title}</h2>}
      {children}
    </section>
  );
}
