import { expect, onTestFinished, test } from 'vitest';
import { newDataFolder, removeFolder, type StartedPli, startPli } from '../../support/started-pli.ts';
import { until } from './correspondence.ts';
import { startRelay } from './scripted-relay.ts';

/** A browser that asks for a code; answers once the code page is shown. */
async function asksForCode(pli: StartedPli, address: string): Promise<string> {
  let cookie = '';
  const submit = async (path: string, form: Record<string, string>) => {
    const headers = { origin: pli.url, cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(pli.url + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) });
    cookie = [cookie, ...answer.headers.getSetCookie().map((one) => one.split(';')[0])].filter(Boolean).join('; ');
    return answer.headers.get('location') ?? '';
  };
  await submit('/ouvrir-une-session', { identifiant: address });
  return submit('/ouvrir-une-session/methode', { methode: 'code' });
}

test('a started Pli sends a code through the relay of PLI_SMTP_URL within seconds, also while the relay stalls with another, and stops in order', async () => {
  const relay = await startRelay({ password: 'juste/1', allowInsecureAuth: true });
  const dataDir = newDataFolder();
  onTestFinished(async () => {
    await relay.stop();
    removeFolder(dataDir);
  });
  const env = { PLI_SMTP_URL: `smtp://pli:juste%2F1@127.0.0.1:${relay.port}`, PLI_MAIL_FROM: 'connexion@tilleuls.example' };
  const pli = await startPli({ dataDir, env });
  onTestFinished(async () => void (await pli.stop('SIGKILL')));
  relay.will('cpe@tilleuls.example', 'stall');

  expect(await asksForCode(pli, 'cpe@tilleuls.example')).toBe('/code');
  await until(() => relay.played.length === 1);
  expect(await asksForCode(pli, 'direction@tilleuls.example')).toBe('/code');
  await until(() => relay.to('direction@tilleuls.example').length === 1);
  const [mail] = relay.received;
  expect(mail?.raw).toMatch(/^From: Connexion <connexion@tilleuls\.example>$/m);
  expect(mail?.raw.replaceAll('=\r\n', '')).toMatch(/^ {4}\d{8}\r$/m);
  // The stalled connection ends: nothing holds the stop up.
  relay.dropIdleConnections();
  expect(await pli.stop()).toBe(0);
  expect(pli.output()).not.toContain('juste');
}, 60_000);
