import type { Child } from '#jsx/jsx-runtime';
import { Icon } from '#web/kit/icon.tsx';
import { Sprite } from '#web/kit/sprite.tsx';
import { Time } from '#web/kit/time.tsx';
import { Toast } from '#web/kit/toast.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { liveTag } from './live.ts';
import { SessionEnd } from './session-end.tsx';
import { type NavEntry, SideNav } from './side-nav.tsx';
import type { View } from './view.ts';

export type LayoutProps = {
  view: View;
  title: string;
  /** The entry of the navigation this page belongs to; `sign-in` hides «Se connecter», which the page itself offers. */
  current?: NavEntry | 'sign-in' | undefined;
  /** Under Connexion, the persona whose list or conversation this is. */
  persona?: string | undefined;
  crumb?: { href: string; label: string } | undefined;
  /** Without navigation, as for somebody who has not signed in. */
  solo?: boolean;
  /** A column of reading width. */
  narrow?: boolean;
  children?: Child;
};

/** The whole document around a page. The sprite comes last: it draws the icons used before it. */
export function Layout({ view, title, current, persona, crumb, solo, narrow, children }: LayoutProps) {
  const alone = solo || !view.actor;
  const inside = (
    <>
      {crumb && <Crumb view={view} crumb={crumb} />}
      {children}
    </>
  );
  return (
    <html
      lang={view.locale}
      data-theme={view.theme === 'auto' ? undefined : view.theme}
      data-sending={view.t('frame.sending')}
      data-leaving={view.t('frame.leaving')}
      data-news={view.t('frame.news')}
    >
      <Head view={view} title={title} />
      <body>
        <a class="skip" href="#contenu">
          {view.t('frame.skip')}
        </a>
        <Header view={view} signingIn={current === 'sign-in'} />
        {view.demo && <DemoBanner view={view} />}
        <SessionEnd view={view} />
        <div class={alone ? 'frame frame--solo' : 'frame'}>
          {!alone && <SideNav view={view} current={current} persona={persona} />}
          <main class="main" id="contenu" tabindex={-1}>
            <Toast view={view} />
            {view.actor && <PrintedBy view={view} name={view.actor.displayName} />}
            {narrow ? <div class="narrow">{inside}</div> : inside}
          </main>
        </div>
        <Footer view={view} />
        {!alone && <BottomBar view={view} current={current} />}
        <Sprite view={view} />
      </body>
    </html>
  );
}

function Head({ view, title }: { view: View; title: string }) {
  const { assets, look } = view;
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <title>{`${view.unread.total > 0 ? `(${view.unread.total}) ` : ''}${title} – Pli`}</title>
      <meta name="color-scheme" content={view.theme === 'auto' ? 'light dark' : view.theme} />
      <meta name="robots" content="noindex" />
      <meta name="turbo-prefetch" content="false" />
      <meta name="turbo-refresh-method" content="morph" />
      <meta name="turbo-refresh-scroll" content="preserve" />
      {view.actor && <meta name="turbo-cache-control" content="no-cache" />}
      {view.actor && <meta name="pli-live" content={liveTag(view.actor.profileId)} />}
      <link rel="preload" href={assets.font} as="font" type="font/woff2" crossorigin="anonymous" />
      <link rel="stylesheet" href={assets.style} data-turbo-track="reload" />
      {look?.sheet && <link rel="stylesheet" href={look.sheet} data-turbo-track="dynamic" />}
      <link rel="icon" href={assets.favicon} type="image/svg+xml" />
      <script type="module" src={assets.script} data-turbo-track="reload" />
    </head>
  );
}

/** On paper only: who printed it, and when. */
function PrintedBy({ view, name }: { view: View; name: string }) {
  return <p class="print-only small">{view.t.rich('frame.printed', { name, time: <Time view={view} at={view.now} /> })}</p>;
}

function Crumb({ view, crumb }: { view: View; crumb: { href: string; label: string } }) {
  return (
    <p class="crumb">
      <a href={crumb.href}>
        <Icon view={view} name="chevron-left" />
        {crumb.label}
      </a>
    </p>
  );
}

function DemoBanner({ view }: { view: View }) {
  return (
    <aside class="banner" aria-label={view.t('frame.demo.label')}>
      <Icon view={view} name="info" />
      <p>
        {view.t.rich('frame.demo.text', {
          mail: <a href="/demo/courrier">{view.t('frame.demo.mail')}</a>,
          components: <a href="/demo/composants">{view.t('components.title')}</a>,
        })}
      </p>
    </aside>
  );
}
