import { accessOwnProfile, type Profile, updateProfile } from '#domain/people/api.ts';
import { changePassword, ownsPassword } from '#domain/recovery/api.ts';
import { endOtherSessions, listOwnSessions } from '#domain/sign-in/api.ts';
import { locales } from '#shared/locales.ts';
import { keepTheme } from '#web/layout/appearance.ts';
import { setFlash } from '#web/layout/flash.ts';
import { readForm } from '#web/layout/form.ts';
import { keepLocale } from '#web/layout/language.ts';
import { type Refused, refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import { themes } from '#web/layout/view.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';
import { ProfilePage } from './profile-page.tsx';

type Settings = Pick<Profile, 'displayName' | 'locale' | 'timeZone' | 'theme'>;

export function showProfile(c: WebContext): Promise<Response> {
  return page(c, {});
}

export async function saveSettings(c: WebContext): Promise<Response> {
  const form = await readForm(c);
  const typed: Settings = {
    displayName: form('nom'),
    locale: locales.find((locale) => locale === form('langue')),
    timeZone: form('fuseau') || undefined,
    theme: themes.find((theme) => theme === form('theme')) ?? 'auto',
  };
  const saved = await updateProfile(signedInCtx(c), typed);
  if (!saved.ok) {
    const field = saved.refusal.code === 'person.setting-unknown' ? 'fuseau' : 'nom';
    return page(c, { typed, fault: refused(c.get('view'), saved.refusal, field) });
  }
  keepTheme(c, typed.theme);
  if (typed.locale) keepLocale(c, typed.locale, { https: c.get('view').origin.startsWith('https:') });
  setFlash(c, 'success', 'profile.saved');
  return c.redirect('/profil', 303);
}

export async function savePassword(c: WebContext): Promise<Response> {
  const form = await readForm(c);
  const changed = await changePassword(signedInCtx(c), { current: form('actuel'), password: form('nouveau') });
  if (!changed.ok) {
    const ofCurrent = changed.refusal.code === 'password.current-wrong' || changed.refusal.code.startsWith('sign-in.wait');
    return page(c, { fault: refused(c.get('view'), changed.refusal, ofCurrent ? 'actuel' : 'nouveau') });
  }
  setFlash(c, 'success', 'profile.password.changed');
  return c.redirect('/profil', 303);
}

export async function endOthers(c: WebContext): Promise<Response> {
  const count = await endOtherSessions(signedInCtx(c));
  setFlash(c, 'success', count === 0 ? 'profile.sessions.ended-none' : 'profile.sessions.ended', { count });
  return c.redirect('/profil', 303);
}

async function page(c: WebContext, { typed, fault }: { typed?: Settings; fault?: Refused }): Promise<Response> {
  const ctx = signedInCtx(c);
  const [profile, sessions, password] = await Promise.all([accessOwnProfile(ctx), listOwnSessions(ctx), ownsPassword(ctx)]);
  const shown = { ...profile, ...typed };
  const jsx = <ProfilePage view={c.get('view')} profile={shown} sessions={sessions} hasPassword={password} fault={fault} />;
  return renderPage(c, jsx, fault?.status, fault?.headers);
}
