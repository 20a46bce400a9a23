import type { Child } from '#jsx/jsx-runtime';

/** The page's title, the line under it, and its actions at the right. */
export function Heading({ title, lead, children }: { title: Child; lead?: Child; children?: Child }) {
  return (
    <div class="head">
      <div>
        <h1>{title}</h1>
        {lead && <p>{lead}</p>}
      </div>
      {children}
    </div>
  );
}
