import { type MessageKey, type Translate, translator, type Values } from '#messages/translate.ts';
import type { Locale } from '#shared/locales.ts';
import { html, type Markup } from './markup.ts';
import { wrap } from './plain-text.ts';

/** What every mail is written with. */
export type MailFrame = {
  locale: Locale;
  publicUrl: URL;
  fromAddress: string;
  organisation: { name: string; supportPhone?: string | undefined; supportHours?: string | undefined; supportEmail?: string | undefined } | undefined;
};

export type Rendered = { subject: string; text: string; html: string; links: readonly string[] };

/** A sentence of a mail; `bold` values stand out in HTML. */
export type Sentence = { key: MessageKey; values?: Values; bold?: readonly string[] };

/** The parts of a mail, in reading order, the same in both of its forms. */
export type Letter = {
  subject: MessageKey;
  opening: readonly Sentence[];
  /** The one act asked for: a button and its address, or a code. */
  act: { label: MessageKey; url: string } | { code: string };
  /** What comes with the act: what it opens, how to do without it. */
  guidance: readonly Sentence[];
  /** What this mail never holds. */
  promise: Sentence;
  /** The same thing in the other language. */
  otherLanguage: { label: MessageKey; url: string } | undefined;
};

// The tokens of DESIGN §2, light and dark.
const light = { paper: '#F5F2EA', surface: '#FFFFFF', line: '#D8D1C1', ink: '#182426', ink2: '#465457', brand: '#0D5363', deep: '#08333D' };
const fonts = "'Atkinson Hyperlegible Next',-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Dark mode where the reader's program follows the sheet; elsewhere the inline styles stand. */
const darkSheet = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.paper{background:#10181A!important}.surface{background:#192325!important;border-color:#344144!important}
.ink{color:#EDE9DF!important}.ink2,.ink2 td{color:#B4BEBD!important;border-color:#344144!important}.link{color:#82CCDB!important}
.top{background:#07262E!important}.btn{background:#82CCDB!important}.btn a{color:#04222A!important}.code{background:#16373F!important;color:#EDE9DF!important}}`;

export function renderLetter(frame: MailFrame, letter: Letter): Rendered {
  const t = translator(frame.locale);
  const about = new URL('/aide/connexion', frame.publicUrl).href;
  return {
    subject: t(letter.subject),
    text: asText(frame, letter, t, about),
    html: asHtml(frame, letter, t, about).markup,
    links: ['url' in letter.act ? letter.act.url : undefined, about, letter.otherLanguage?.url].filter((link) => link !== undefined),
  };
}

function asText(frame: MailFrame, letter: Letter, t: Translate, about: string): string {
  const say = (sentence: Sentence) => wrap(t(sentence.key, sentence.values));
  const act = 'url' in letter.act ? `${t(letter.act.label).toLocaleUpperCase(frame.locale)}\n${letter.act.url}` : `    ${letter.act.code}`;
  const help = helpLine(frame, t);
  const other = letter.otherLanguage;
  return [
    t('mail.greeting'),
    ...letter.opening.map(say),
    act,
    letter.guidance.map(say).join('\n'),
    say(letter.promise),
    `${help === undefined ? '' : `${wrap(help)}\n`}${wrap(t('mail.about'))}\n${about}`,
    `-- \n${wrap(signature(frame))}${other ? `\n${wrap(t(other.label))}\n${other.url}` : ''}`,
  ].join('\n\n');
}

function asHtml(frame: MailFrame, letter: Letter, t: Translate, about: string): Markup {
  const organisation = frame.organisation ? html` &nbsp;${frame.organisation.name}` : '';
  const opening = letter.opening.map((sentence) => html`<p style="margin:0 0 20px">${said(t, sentence)}</p>`);
  const guidance = letter.guidance.flatMap((sentence, index) => [index === 0 ? '' : ' ', said(t, sentence)]);
  const sheet = `max-width:560px;border-collapse:separate;background:${light.surface};border:1px solid ${light.line};border-radius:8px`;
  return html`<!doctype html>
<html lang="${frame.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${t(letter.subject)}</title><style>${{ markup: darkSheet }}</style></head>
<body class="paper" style="margin:0;padding:0;background:${light.paper}">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background:${light.paper};font-family:${fonts};color:${light.ink}"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="surface" width="100%" cellpadding="0" cellspacing="0" style="${sheet}">
<tr><td class="top" style="padding:20px 28px;background:${light.deep};color:#FFFFFF;border-radius:7px 7px 0 0;font-size:15px"><b style="font-size:20px">Pli</b>${organisation}</td></tr>
<tr><td class="ink" style="padding:28px 28px 8px;font-size:17px;line-height:1.5;color:${light.ink}">
<h1 style="margin:0 0 14px;font-size:22px;line-height:1.25;font-weight:700">${t(letter.subject)}</h1>
<p style="margin:0 0 14px">${t('mail.greeting')}</p>
${opening}
${actHtml(letter, t)}
<p style="margin:20px 0 0;font-size:15px;line-height:1.5">${guidance}</p></td></tr>
<tr><td style="padding:16px 28px 28px;font-size:14px;line-height:1.5"><table role="presentation" class="ink2" width="100%" cellpadding="0" cellspacing="0" style="font-size:14px;line-height:1.5"><tr>
<td style="border-top:1px solid ${light.line};padding-top:16px;color:${light.ink2}">${footHtml(frame, letter, t, about)}</td></tr></table></td></tr>
</table></td></tr></table></body></html>`;
}

function actHtml(letter: Letter, t: Translate): Markup {
  if ('code' in letter.act) {
    const style = 'padding:14px 26px;background:#DFEEF0;color:#182426;border-radius:8px;font-size:28px;font-weight:700;letter-spacing:2px';
    return html`<table role="presentation" cellpadding="0" cellspacing="0" style="width:auto"><tr><td class="code" style="${style}">${letter.act.code}</td></tr></table>`;
  }
  const style = 'display:inline-block;padding:14px 26px;color:#FFFFFF;font-weight:700;text-decoration:none;font-size:17px';
  return html`<table role="presentation" cellpadding="0" cellspacing="0" style="width:auto"><tr><td class="btn" style="background:${light.brand};border-radius:8px"><a href="${letter.act.url}" style="${style}">${t(letter.act.label)}</a></td></tr></table>`;
}

function footHtml(frame: MailFrame, letter: Letter, t: Translate, about: string): Markup {
  const link = `color:${light.brand}`;
  const help = helpLine(frame, t);
  const other = letter.otherLanguage;
  const otherLang = frame.locale === 'en' ? 'fr' : 'en';
  return html`${said(t, letter.promise)}<br>
<a class="link" href="${about}" style="${link}">${t('mail.about')}</a>${help === undefined ? '' : html` &nbsp; ${help}`}${
    other ? html`<br><a class="link" href="${other.url}" lang="${otherLang}" hreflang="${otherLang}" style="${link}">${t(other.label)}</a>` : ''
  }<br>${signature(frame)}`;
}

/** A sentence with its bold values. `rich` gives the catalogue's text at even places and, here, the names of its values at odd ones. */
function said(t: Translate, { key, values = {}, bold = [] }: Sentence): Markup {
  const names = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, name === 'count' ? value : name]));
  const pieces = t.rich(key, names).map((piece, index) => {
    const text = String(index % 2 === 0 || typeof piece === 'number' ? piece : values[String(piece)]);
    return index % 2 === 1 && bold.includes(String(piece)) ? html`<b style="overflow-wrap:anywhere">${text}</b>` : text;
  });
  return html`${pieces}`;
}

function helpLine({ organisation }: MailFrame, t: Translate): string | undefined {
  // A number is never cut at the end of a line.
  const reach = organisation?.supportPhone?.replaceAll(' ', '\u00A0') ?? organisation?.supportEmail;
  if (!reach) return undefined;
  return organisation?.supportHours ? t('mail.help.hours', { reach, hours: organisation.supportHours }) : t('mail.help', { reach });
}

function signature(frame: MailFrame): string {
  return frame.organisation ? `Connexion, ${frame.organisation.name}` : 'Connexion';
}

/** For mails whose link leads nowhere particular: the page about the service, in the other language. */
export function aboutInOtherLanguage(frame: MailFrame): NonNullable<Letter['otherLanguage']> {
  const url = new URL('/aide/connexion', frame.publicUrl);
  url.searchParams.set('lang', frame.locale === 'en' ? 'fr' : 'en');
  return { label: 'mail.about.other-language', url: url.href };
}
