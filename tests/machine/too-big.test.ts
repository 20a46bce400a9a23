import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conversationLimits } from '../../src/shared/conversations.ts';
import { newDataFolder, removeFolder, type StartedPli, startPli } from '../support/started-pli.ts';
import { webVisitor } from '../support/web-visitor.ts';

const dataDir = newDataFolder();
let pli: StartedPli;

beforeAll(async () => {
  pli = await startPli({ dataDir, env: { PLI_DEMO: 'on' } });
});
afterAll(async () => {
  await pli?.stop();
  removeFolder(dataDir);
});

type Posted = { status: number | undefined; page: ReturnType<typeof parse> };

/** A form with one file, sent without saying beforehand how much it weighs: all of it has to travel before it is known to be too big. */
async function post(cookie: string, fields: Record<string, string>, fileBytes: number): Promise<Posted> {
  const boundary = 'une-limite';
  const part = (name: string, more: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  function* form() {
    yield Buffer.from(Object.entries(fields).reduce((all, [name, value]) => `${all}${part(name, '')}${value}\r\n`, ''));
    yield Buffer.from(part('fichiers', '; filename="gros.bin"\r\nContent-Type: application/octet-stream'));
    const chunk = Buffer.alloc(1024 * 1024);
    for (let left = fileBytes; left > 0; left -= chunk.length) yield left < chunk.length ? chunk.subarray(0, left) : chunk;
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'transfer-encoding': 'chunked',
    'accept-language': 'fr-CA',
    cookie,
    origin: pli.url,
  };
  const sent = request(`${pli.url}/connexion/nouvelle`, { method: 'POST', headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject));
  await pipeline(Readable.from(form(), { highWaterMark: 4 }), sent);
  const answer = await answered;
  return { status: answer.statusCode, page: parse(await text(answer)) };
}

test('S-11: a file of one byte more than 1 GiB, really sent, is refused with its limit; what was written stays on the page', async () => {
  const marie = webVisitor(pli.url);
  await marie.post('/ouvrir-une-session', { identifiant: 'marie.unetelle@innovactione.example' });
  const signedIn = await marie.post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': 'Pli-demonstration-2026' });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const form = parse(await (await marie.get('/connexion/nouvelle')).text());
  const holder = form.querySelector('[name=titulaire] option')?.getAttribute('value') ?? '';
  const fields = { titulaire: holder, titre: 'Les plans', participants: 'jeand@courriel.example', message: 'Voici tous les plans.' };
  const { status, page } = await post(cookie, fields, conversationLimits.filesBytes + 1);
  expect(status).toBe(413);
  expect(page.querySelector('[role=alert]')?.text).toMatch(/1\s?Go/u);
  expect(page.querySelector('#message')?.text).toContain('Voici tous les plans.');
  expect(page.querySelector('#titre')?.getAttribute('value')).toBe('Les plans');
  expect(page.querySelectorAll('[name=fichier-recu]')).toHaveLength(0);
  const list = parse(await (await marie.get('/connexion')).text());
  expect(list.querySelectorAll('.ttl').map((link) => link.text)).not.toContain('Les plans');
});
