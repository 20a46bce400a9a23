import type { Child } from '#jsx/jsx-runtime';

/** The sheet with a turned corner: sign-in and nothing else. Its heading is the page's (`h1`) unless said otherwise. */
export function Letter({ id, title, level = 1, children }: { id: string; title: Child; level?: 1 | 2; children?: Child }) {
  return (
    <section class="letter stack" id={id} aria-labelledby={`${id}-title`}>
      {level === 1 ? <h1 id={`${id}-title`}>{title}</h1> : <h2 id={`${id}-title`}>{title}</h2>}
      {children}
    </section>
  );
}
