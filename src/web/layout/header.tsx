import { Count } from '#web/kit/count.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Logo } from './logo.tsx';
import { NameMenu } from './name-menu.tsx';
import { otherLanguage, withLanguage } from './other-language.ts';
import type { View } from './view.ts';

/** Logo and organisation; signed in: messages and name menu; signed out: language and «Se connecter», in sight without scrolling (002-01). */
export function Header({ view, signingIn }: { view: View; signingIn: boolean }) {
  return (
    <header class={view.actor ? 'top' : 'top top--out'}>
      <div class="top__in">
        <Logo view={view} />
        {view.actor ? <SignedIn view={view} name={view.actor.displayName} /> : <SignedOut view={view} signingIn={signingIn} />}
      </div>
    </header>
  );
}

function SignedIn({ view, name }: { view: View; name: string }) {
  return (
    <>
      <a class="topbtn" href="/connexion">
        <Icon view={view} name="mail" />
        <span class="name">{view.t('frame.messages')}</span>
        <Count view={view} value={view.unread.total} />
      </a>
      <NameMenu view={view} name={name} />
    </>
  );
}

function SignedOut({ view, signingIn }: { view: View; signingIn: boolean }) {
  const other = otherLanguage(view.locale);
  return (
    <>
      <a class="topbtn" href={withLanguage(view.path, other.code)} lang={other.code} hreflang={other.code}>
        <Icon view={view} name="languages" />
        <span class="name">{other.name}</span>
      </a>
      {!signingIn && (
        <a class="topbtn topbtn--in" href="/ouvrir-une-session">
          <Icon view={view} name="key-round" />
          {view.t('frame.sign-in')}
        </a>
      )}
    </>
  );
}
