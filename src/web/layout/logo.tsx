import type { View } from './view.ts';

/** The fold. Leads to the conversations, or to the front door. */
export function Logo({ view }: { view: View }) {
  return (
    <a class="logo" href={view.actor ? '/connexion' : '/'}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path d="M2 6h28L19 18z" fill="#fff" />
        <path d="M2 6l17 12L2 26z" fill="#fff" opacity=".58" />
        <path d="M30 6v20L19 18z" fill="#fff" opacity=".78" />
        <path d="M2 26l17-8 11 8z" fill="#EAD9B5" />
      </svg>
      {view.look?.logo && <img class="logo__own" src={view.look.logo.src} width={view.look.logo.width} height={view.look.logo.height} alt="" />}
      <span>
        <b>Pli</b>
        {view.organisation && <span>{view.organisation.name}</span>}
      </span>
    </a>
  );
}
