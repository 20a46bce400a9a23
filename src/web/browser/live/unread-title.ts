/** How many messages wait, as the title of a page says it: «(3) Boîte de conversations – Pli». */
export function unreadIn(title: string): number {
  return Number(/^\((\d+)\) /.exec(title)?.[1] ?? 0);
}

/** The same title with another number: what is seen of a tab that is not in sight. */
export function showUnread(unread: number): void {
  const bare = document.title.replace(/^\(\d+\) /, '');
  document.title = unread > 0 ? `(${unread}) ${bare}` : bare;
}
