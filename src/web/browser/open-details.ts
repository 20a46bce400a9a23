/** Folding parts: what is announced follows what is seen, Escape closes a menu and gives the focus back, a composer opens on its text. */
export function openDetails(): void {
  // `toggle` does not bubble: it is caught on its way down.
  document.addEventListener('toggle', ({ target }) => target instanceof HTMLDetailsElement && toggled(target), true);

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });

  document.addEventListener('click', ({ target }) => {
    for (const menu of openMenus()) if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });

  document.addEventListener('turbo:load', () => {
    for (const details of document.querySelectorAll('details')) announce(details);
  });
}

function toggled(details: HTMLDetailsElement): void {
  announce(details);
  const focusFree = details.contains(document.activeElement) || document.activeElement === document.body;
  if (details.open && focusFree && details.classList.contains('compose'))
    details.querySelector<HTMLElement>('[contenteditable=true], textarea:not([hidden])')?.focus();
}

function announce(details: HTMLDetailsElement): void {
  details.querySelector(':scope > summary[role=button]')?.setAttribute('aria-expanded', String(details.open));
}

function openMenus(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll('details[data-menu][open]');
}
