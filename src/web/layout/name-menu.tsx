import { Icon, type IconName } from '#web/kit/icon.tsx';
import { languages, withLanguage } from './other-language.ts';
import { type Theme, themes, type View } from './view.ts';

const themeIcons = { auto: 'monitor', light: 'sun', dark: 'moon' } as const satisfies Record<Theme, IconName>;

/** The person's name, and behind it: profile, language, appearance, sign-out (001-19). Opens and works without scripts. */
export function NameMenu({ view, name }: { view: View; name: string }) {
  const { t } = view;
  return (
    <details class="menu" data-menu="">
      {/* biome-ignore lint/a11y/useSemanticElements: a summary is announced as a button nowhere unless told to be one. */}
      <summary class="topbtn" role="button">
        <span class="avatar" aria-hidden="true">
          {initials(name)}
        </span>
        <span class="name">{name}</span>
        <Icon view={view} name="chevron-down" />
      </summary>
      <div class="menu__in">
        <a class="menu__i" href="/profil">
          <Icon view={view} name="user-round" />
          {t('frame.profile')}
        </a>
        <Appearance view={view} />
        <LanguageLinks view={view} />
        <form method="post" action="/deconnexion" data-turbo="false">
          <button class="menu__i" type="submit">
            <Icon view={view} name="log-out" />
            {t('frame.sign-out')}
          </button>
        </form>
      </div>
    </details>
  );
}

function Appearance({ view }: { view: View }) {
  const { t } = view;
  return (
    <form class="menu__g" method="post" action="/apparence" data-turbo="false">
      <input type="hidden" name="retour" value={view.path} />
      <fieldset>
        <legend class="menu__t">{t('frame.appearance')}</legend>
        <span class="menu__r">
          {themes.map((theme) => (
            <button class="menu__c" type="submit" name="theme" value={theme} aria-pressed={theme === view.theme ? 'true' : 'false'}>
              <Icon view={view} name={themeIcons[theme]} />
              {t(`frame.appearance.${theme}`)}
            </button>
          ))}
        </span>
      </fieldset>
    </form>
  );
}

function LanguageLinks({ view }: { view: View }) {
  const label = view.t('frame.language');
  return (
    <nav class="menu__g" aria-label={label}>
      <span class="menu__t" aria-hidden="true">
        {label}
      </span>
      <span class="menu__r">
        {languages.map(({ code, name }) => (
          <a class="menu__c" href={withLanguage(view.path, code)} lang={code} hreflang={code} aria-current={code === view.locale ? 'true' : undefined}>
            {name}
          </a>
        ))}
      </span>
    </nav>
  );
}

/** First letters of the first and last words of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase();
}
