import { otherLanguage, withLanguage } from './other-language.ts';
import type { SupportContact, View } from './view.ts';

/** Whom to call, what this is, and the other language, on every page. */
export function Footer({ view }: { view: View }) {
  const { t } = view;
  const other = otherLanguage(view.locale);
  return (
    <footer class="foot">
      <SupportLine view={view} contact={view.organisation?.support ?? view.support} />
      <nav aria-label={t('frame.footer.label')} class="row">
        <a href="/aide/connexion">{t('frame.footer.what')}</a>
        <a href="/confidentialite">{t('frame.footer.privacy')}</a>
        <a href="/accessibilite">{t('frame.footer.accessibility')}</a>
        <a href={withLanguage(view.path, other.code)} lang={other.code} hreflang={other.code}>
          {other.name}
        </a>
      </nav>
    </footer>
  );
}

/** The support contact with its hours (000-56). Nothing when none is known. */
export function SupportLine({ view, contact }: { view: View; contact: SupportContact }) {
  const { phone, email, hours } = contact;
  if (!phone && !email) return null;
  return (
    <span>
      {view.t('frame.support')} {phone && <a href={telephone(phone)}>{phone}</a>}
      {phone && email && ' · '}
      {email && <a href={`mailto:${encodeURIComponent(email).replaceAll('%40', '@')}`}>{email}</a>}
      {hours && `, ${hours}`}
    </span>
  );
}

/** RFC 3966: digits only. A North American number written with its leading 1 gets its «+». */
function telephone(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, '');
  return `tel:${/^1\d{10}$/.test(digits) ? '+' : ''}${digits}`;
}
