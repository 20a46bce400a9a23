import { Door } from '#web/kit/door.tsx';
import { Host } from '#web/kit/host.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Note } from '#web/kit/note.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { SignInLetter } from './sign-in-letter.tsx';

/** Where people arrive: sign in, or say what brings you here. Only doors that open are shown. */
export function FrontDoorPage({ view }: { view: View }) {
  const { t } = view;
  return (
    <Layout view={view} title={t('frame.sign-in')} solo>
      <div class="hero">
        <div class="intro">
          <h1>{t('front-door.title')}</h1>
          <p>{t('front-door.lead')}</p>
        </div>
        <div class="stack signin">
          <SignInLetter view={view} />
          <Note view={view} icon="shield-check" title={t('front-door.safety.title')}>
            {t.rich('front-door.safety.text', { host: <Host view={view} /> })}
          </Note>
        </div>
        <div class="stack rest">
          <Doors view={view} />
          <NoticeSteps view={view} />
        </div>
      </div>
    </Layout>
  );
}

function Doors({ view }: { view: View }) {
  const { t } = view;
  return (
    <nav class="doors" aria-label={t('front-door.doors')}>
      <Door view={view} icon="mail" href="#avis" title={t('front-door.door.notice')} to={t('front-door.door.notice.to')} />
      <Door view={view} icon="key-round" href="/mot-de-passe" title={t('front-door.door.lost')} to={t('front-door.door.lost.to')} />
      <Door view={view} icon="life-buoy" href="/aide/connexion" title={t('front-door.door.help')} to={t('front-door.door.help.to')} />
    </nav>
  );
}

function NoticeSteps({ view }: { view: View }) {
  const { t } = view;
  return (
    <section class="card stack-s" id="avis" aria-labelledby="avis-title">
      <h2 id="avis-title">{t('front-door.notice.title')}</h2>
      <ul class="checks">
        <li>
          <Icon view={view} name="mail" />
          <span>{t.rich('front-door.notice.address', { host: <Host view={view} /> })}</span>
        </li>
        <li>
          <Icon view={view} name="mail-open" />
          <span>{t('front-door.notice.open')}</span>
        </li>
        <li>
          <Icon view={view} name="shield-check" />
          <span>{t('front-door.notice.never')}</span>
        </li>
      </ul>
    </section>
  );
}
