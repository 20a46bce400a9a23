import type { Child } from '#jsx/jsx-runtime';

/** What will appear here, and who starts it. */
export function EmptyState({ title, children }: { title: Child; children?: Child }) {
  return (
    <div class="empty stack-s">
      <p>
        <b>{title}</b>
      </p>
      {children}
    </div>
  );
}
