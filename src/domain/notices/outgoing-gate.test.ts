import { describe, expect, test } from 'vitest';
import { type Envelope, passGate } from './outgoing-gate.ts';

const envelope = {
  id: '01985c1a-0000-7000-8000-000000000001',
  messageId: '<01985c1a@innovactione.example>',
  at: new Date('2015-02-02T20:14:18Z'),
  to: 'jeand@courriel.example',
  locale: 'fr-CA',
  publicUrl: new URL('https://pli.innovactione.example/'),
  fromAddress: 'connexion@innovactione.example',
  organisation: { name: 'Innovactione', supportPhone: '1 819 555-0142', supportHours: "peu importe le jour et l'heure" },
  content: {
    kind: 'notice',
    about: 'message-posted',
    count: 1,
    reader: 'jeand@courriel.example',
    sender: 'marie.unetelle@innovactione.example',
    senderIsCollaborator: true,
    token: 'abcdefghijklmnopqrstuv',
  },
} as const satisfies Envelope;

describe('the outgoing gate', () => {
  test.each(['title', 'body', 'message', 'fileName', 'attachments'])('000-12 S-06: refuses a content that has a %s', (field) => {
    const content = { ...envelope.content, [field]: 'Réponse à votre demande de prêt' };
    expect(() => passGate({ ...envelope, content })).toThrow(field);
  });

  test('000-12: a code is eight digits and nothing else', () => {
    const content = { kind: 'code', purpose: 'sign-in', code: 'Montant accordé : 48 000 $', minutes: 10 } as const;
    expect(() => passGate({ ...envelope, content })).toThrow();
    expect(passGate({ ...envelope, content: { ...content, code: '04711842' } }).shown.code).toBe('04711842');
  });

  test('a name of an organisation is text, never markup', () => {
    const mail = passGate({ ...envelope, organisation: { name: '<img src=x onerror=alert(1)>' } });
    expect(mail.html).not.toContain('<img');
  });

  test('no automatic answer is provoked', () => {
    expect(passGate(envelope).headers).toEqual({ 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': 'fr-CA' });
  });
});

describe.each(['fr-CA', 'fr-FR', 'en'] as const)('the notice in %s', (locale) => {
  const mail = passGate({ ...envelope, locale });

  test('S-06: says the way without clicking, and holds no form, image, script or foreign address', () => {
    const flat = mail.text.replace(/\s+/g, ' ');
    expect(flat).toContain('pli.innovactione.example');
    expect(flat).toContain('jeand@courriel.example');
    expect(mail.html).not.toMatch(/<(?:form|input|img|script|link|iframe)\b|@import|url\(/i);
    const links = [...mail.html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link);
    expect(links.every((link) => link?.startsWith('https://pli.innovactione.example/'))).toBe(true);
  });

  test('000-57: leads to the page that explains the service, and to support (000-56)', () => {
    expect(mail.shown.links).toContain('https://pli.innovactione.example/aide/connexion');
    expect(mail.text.replaceAll('\u00A0', ' ')).toContain('1 819 555-0142');
  });

  test('its text part has lines under 55 characters, addresses alone on theirs', () => {
    for (const line of mail.text.split('\n')) {
      if (line.includes('https://')) expect(line).toMatch(/^https:\/\/\S+$/);
      else expect(line.length, line).toBeLessThan(55);
    }
  });

  test('both parts say the same things in the same order', () => {
    const parts =
      locale === 'en'
        ? ['Hello', 'secure message', '/avis/', 'rather not click', 'no text']
        : ['Bonjour', 'message sécurisé', '/avis/', 'ne pas cliquer', 'ni texte'];
    for (const body of [mail.text, mail.html.slice(mail.html.indexOf('<p '))]) {
      const places = parts.map((part) => body.replace(/\s/g, ' ').indexOf(part));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
  });
});
