import { accessConversations } from '#domain/conversations/api.ts';
import { listOwnNotices, type NoticePreferences, readPreferences, savePreferences } from '#domain/notices/api.ts';
import { accessOwnProfile } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import { locales } from '#shared/locales.ts';
import { everyDay, readClock, writeClock } from '#shared/quiet-hours.ts';
import { setFlash } from '#web/layout/flash.ts';
import { readForm } from '#web/layout/form.ts';
import { type Refused, refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';
import { NoticeSettingsPage, type TypedNoticeSettings } from './notice-settings-page.tsx';
import { NoticesPage } from './notices-page.tsx';

/** `/profil/avis`: titles come through the door of the conversations, which is asked once for the page. */
export async function showNotices(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const before = c.req.query('avant');
  const { rows, next } = await listOwnNotices(ctx, { before });
  const found = await accessConversations(
    ctx,
    rows.flatMap((mail) => (mail.what === 'notice' && mail.conversationId !== null ? [mail.conversationId] : [])),
  );
  const notices = rows.map((mail) => ({
    ...mail,
    conversation: mail.what === 'notice' ? found.find((one) => one.id === mail.conversationId && one.personaId === mail.personaId) : undefined,
  }));
  return renderPage(c, <NoticesPage view={c.get('view')} notices={notices} next={next} first={before === undefined} />);
}

export async function showNoticeSettings(c: WebContext): Promise<Response> {
  return settings(c, typedOf(await readPreferences(signedInCtx(c))), undefined);
}

export async function saveNoticeSettings(c: WebContext): Promise<Response> {
  const form = await readForm(c);
  const typed: TypedNoticeSettings = {
    locale: form('langue'),
    from: form('de'),
    to: form('a'),
    days: everyDay.filter((day) => form(`jour-${day}`) !== ''),
  };
  const read = readTyped(typed);
  const saved = read.ok ? await savePreferences(signedInCtx(c), read.value) : read;
  if (!saved.ok) {
    const field = saved.refusal.code === 'person.quiet-days-missing' ? 'jours' : readClock(typed.from) === undefined ? 'de' : 'a';
    return settings(c, typed, refused(c.get('view'), saved.refusal, field));
  }
  setFlash(c, 'success', 'profile.notices.settings.saved');
  return c.redirect('/profil/avis/reglages', 303);
}

/** Without hours and days nothing is quiet; with some of them only, something was forgotten. */
function readTyped({ locale, from, to, days }: TypedNoticeSettings): Result<NoticePreferences> {
  const language = locales.find((one) => one === locale);
  if (from.trim() === '' && to.trim() === '' && days.length === 0) return ok({ locale: language, quiet: undefined });
  const hours = { from: readClock(from), to: readClock(to) };
  if (hours.from === undefined || hours.to === undefined) return refuse('person.quiet-hours-missing');
  if (days.length === 0) return refuse('person.quiet-days-missing');
  return ok({ locale: language, quiet: { from: hours.from, to: hours.to, days } });
}

function typedOf({ locale, quiet }: NoticePreferences): TypedNoticeSettings {
  return { locale: locale ?? '', from: quiet ? writeClock(quiet.from) : '', to: quiet ? writeClock(quiet.to) : '', days: quiet?.days ?? [] };
}

async function settings(c: WebContext, typed: TypedNoticeSettings, fault: Refused | undefined): Promise<Response> {
  const { timeZone } = await accessOwnProfile(signedInCtx(c));
  return renderPage(c, <NoticeSettingsPage view={c.get('view')} zone={timeZone} typed={typed} fault={fault} />, fault?.status, fault?.headers);
}
