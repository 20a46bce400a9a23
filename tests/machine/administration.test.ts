import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pliCommand } from '../support/pli-command.ts';
import { newDataFolder, removeFolder, type StartedPli, type StartOptions, startPli } from '../support/started-pli.ts';
import { webVisitor } from '../support/web-visitor.ts';

const passphrase = 'neuf hirondelles au dessus du canal';
const demonstrationPassword = 'Pli-demonstration-2026';
const ownPassword = 'Quatre-vents 38 sous la pluie';

let folder: string;
let dataDir: string;
let started: StartedPli[];

beforeEach(() => {
  dataDir = newDataFolder();
  folder = join(dataDir, '..');
  started = [];
});
afterEach(async () => {
  for (const pli of started) await pli.stop();
  removeFolder(dataDir);
});

async function start(options: StartOptions): Promise<StartedPli> {
  const pli = await startPli(options);
  started.push(pli);
  return pli;
}

const realPli = (data = dataDir) => pliCommand({ PLI_DATA: data, PLI_DEMO: 'off', PLI_KEYS_PASSPHRASE: passphrase });
const demoPli = (data = dataDir, env: Record<string, string> = {}) => pliCommand({ PLI_DATA: data, PLI_DEMO: 'on', PLI_KEYS_PASSPHRASE: passphrase, ...env });
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const initOptions = ['--organisation', 'Innovactione', '--slug', 'innovactione', '--zone', 'America/Toronto', '--name', 'Alain Gagnon'];

test('from an empty folder: the administrator chooses a password by the link printed once, and a suspension ends the session', async () => {
  const admin = realPli();
  const init = admin.run('init', ...initOptions, '--address', 'alain.gagnon@innovactione.example');
  expect(init).toMatchObject({ status: 0, stderr: '' });
  const path = /\/invitation\/[\w-]{43}/.exec(init.stdout)?.[0] ?? '';
  expect(admin.run('init', ...initOptions, '--address', 'autre@innovactione.example').stderr).toContain('Pli has an organisation already');

  const pli = await start({ dataDir });
  const alain = webVisitor(pli.url);
  for (let visit = 0; visit < 3; visit += 1) expect(await (await alain.get(path)).text()).toContain('Bienvenue, Alain Gagnon');
  expect((await alain.post(path, { 'mot-de-passe': 'trop court' })).status).toBe(422);
  const accepted = await alain.post(path, { 'mot-de-passe': ownPassword });
  expect([accepted.status, accepted.headers.get('location')]).toEqual([303, '/connexion']);
  expect((await alain.get('/connexion')).status).toBe(200);
  expect((await webVisitor(pli.url).post(path, { 'mot-de-passe': `${ownPassword} 2` })).status).toBe(409);

  // Beside the Pli that runs.
  expect(admin.run('person', 'list').stdout).toContain('innovactione\tadministrator\tactive\talain.gagnon@innovactione.example\tAlain Gagnon');
  expect(admin.run('person', 'suspend', 'alain.gagnon@innovactione.example').stdout).toContain('Sessions ended: 1');
  expect((await alain.get('/connexion')).status).toBe(303);
  expect(admin.run('person', 'suspend', 'alain.gagnon@innovactione.example')).toMatchObject({ status: 0 });
  expect(admin.run('person', 'list').stdout).toContain('\tsuspended\talain.gagnon');
  expect(admin.run('person', 'add', '--name', 'Alain Gagnon', '--address', 'alain.gagnon@innovactione.example').stdout).toContain('has a password already');
  expect((await alain.get('/connexion')).status).toBe(303);

  const metrics = await (await fetch(`${pli.url}/metrics`)).text();
  expect(metrics).toContain('pli_requests_total{method="GET",route="/invitation/:jeton{[\\\\w-]{43}}",status="2xx"} 3');
  expect(metrics).toMatch(/pli_queue_length\{queue="mails"\} 1/);
  expect(metrics).not.toContain(path.split('/').at(-1));
  expect((await fetch(`${pli.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(404);
  expect(pli.output()).toContain('"route":"/invitation/:jeton');
  expect(pli.output()).not.toContain(path);
});

test('a list of people is taken whole or not at all, twice is once', () => {
  const admin = realPli();
  expect(admin.run('init', ...initOptions, '--address', 'alain.gagnon@innovactione.example').status).toBe(0);
  const file = join(folder, 'people.csv');
  const counted = () => admin.run('person', 'list').stdout.trim().split('\n').length;
  const before = counted();

  writeFileSync(file, 'nom;adresse;rôle\nMarie Unetelle;marie@innovactione.example;collaboratrice\nPaul;pas une adresse;collaborateur\n');
  const refused = admin.run('people', 'import', file, '--apply');
  expect(refused).toMatchObject({ status: 1 });
  expect(refused.stdout).toMatch(/ligne 3 : ce n'est pas une adresse.*line 3: not an e-mail address/s);
  expect(counted()).toBe(before);

  writeFileSync(file, 'nom;adresse;rôle\nMarie Unetelle;marie@innovactione.example;collaboratrice\nPaul Tremblay;paul@innovactione.example;collaborateur\n');
  expect(admin.run('people', 'import', file).stdout).toContain('accounts to create: 2; roles to give: 2');
  expect(counted()).toBe(before);
  expect(admin.run('people', 'import', file, '--apply').stdout).toContain('accounts created: 2; roles given: 2');
  expect(admin.run('people', 'import', file, '--apply').stdout).toContain('accounts created: 0; roles given: 0');
  expect(counted()).toBe(before + 2);
});

test('G-1 restored from a backup and a copy of the keys, the same conversation opens with the same file, and nobody is told again', async () => {
  const pli = await start({ dataDir, env: { PLI_DEMO: 'on' } });
  const bytes = randomBytes(200_000);
  const { file, page } = await converse(pli, bytes);
  const admin = demoPli();
  const [content, keys] = [join(folder, 'backup'), join(folder, 'keys-copy')];
  expect(admin.run('backup', content)).toMatchObject({ status: 0, stderr: '' });
  expect(admin.run('backup', '--keys', keys)).toMatchObject({ status: 0, stderr: '' });
  const first = readFileSync(join(keys, 'pli-keys.json'));
  expect(admin.run('backup', '--keys', keys).status).toBe(0);
  expect(readFileSync(join(keys, 'pli-keys.json')).equals(first)).toBe(false);
  expect(readdirSync(keys)).toEqual(['pli-keys.json']);
  expect(admin.run('backup', content).stderr).toContain('exists already');
  const sent = ((await (await fetch(`${pli.url}/demo/courrier.json`)).json()) as { id: string }[]).map(({ id }) => id); // the page's own test checks its shape
  await pli.stop();

  const elsewhere = join(folder, 'elsewhere', 'data');
  const there = demoPli(elsewhere);
  expect(there.run('restore', content, '--keys', keys)).toMatchObject({ status: 0, stderr: '' });
  expect(there.run('restore', content, '--keys', keys).stderr).toContain('is not empty');
  const restored = await start({ dataDir: elsewhere, env: { PLI_DEMO: 'on' } });
  const marie = await signedIn(restored);
  expect(await (await marie.get(page)).text()).toContain('Le relevé est joint.');
  expect(sha256(new Uint8Array(await (await marie.get(file)).arrayBuffer()))).toBe(sha256(bytes));
  const now = ((await (await fetch(`${restored.url}/demo/courrier.json`)).json()) as { id: string }[]).map(({ id }) => id); // as above
  expect(now).toEqual(sent);
});

test('wrong keys, a wrong passphrase, an altered and an interrupted backup are said before anything is written', async () => {
  const pli = await start({ dataDir, env: { PLI_DEMO: 'on' } });
  await converse(pli, randomBytes(50_000));
  const admin = demoPli();
  const [content, keys, otherKeys] = [join(folder, 'backup'), join(folder, 'keys-copy'), join(folder, 'other-keys')];
  expect(admin.run('backup', content).status).toBe(0);
  expect(admin.run('backup', '--keys', keys).status).toBe(0);
  await pli.stop();
  const stranger = realPli(join(folder, 'stranger', 'data'));
  expect(stranger.run('init', ...initOptions, '--address', 'alain.gagnon@innovactione.example').status).toBe(0);
  expect(stranger.run('backup', '--keys', otherKeys).status).toBe(0);

  const elsewhere = join(folder, 'elsewhere', 'data');
  const untouched = () => expect(existsSync(elsewhere)).toBe(false);
  const there = demoPli(elsewhere);
  expect(demoPli(elsewhere, { PLI_KEYS_PASSPHRASE: 'une autre phrase de passe' }).run('restore', content, '--keys', keys).stderr).toContain(
    'the passphrase is wrong',
  );
  untouched();
  expect(there.run('restore', content, '--keys', otherKeys).stderr).toContain('are not those of the backup');
  untouched();
  expect(there.run('restore', content, '--keys', join(folder, 'nowhere')).stderr).toContain('There is no copy of the keys');
  untouched();

  const altered = join(folder, 'altered');
  cpSync(content, altered, { recursive: true });
  const table = join(altered, 'tables', 'messages.copy.gz');
  const bytes = readFileSync(table);
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
  writeFileSync(table, bytes);
  expect(there.run('restore', altered, '--keys', keys).stderr).toContain('tables/messages.copy.gz is missing in');
  untouched();
  cpSync(join(content, 'manifest.json'), join(altered, 'manifest.json'));
  writeFileSync(join(altered, 'manifest.json'), readFileSync(join(content, 'manifest.json'), 'utf8').replace('"rows": ', '"rows": 1'));
  expect(there.run('restore', altered, '--keys', keys).stderr).toContain('(manifest.json) of');
  untouched();
});

test('a backup killed halfway is not taken for one, the one before is whole, and the next one removes what it left', async () => {
  const pli = await start({ dataDir, env: { PLI_DEMO: 'on' } });
  await converse(pli, randomBytes(50_000));
  const admin = demoPli();
  const content = join(folder, 'backup');
  const previous = join(folder, 'previous');
  expect(admin.run('backup', previous).status).toBe(0);
  const child = admin.start('backup', content);
  const unfinished = () => readdirSync(folder).find((name) => name.startsWith('backup.unfinished-'));
  await vi.waitFor(() => expect(unfinished()).toBeDefined(), { timeout: 20_000, interval: 1 });
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await once(child, 'exit');
  const left = unfinished();
  // As an administrator would verify it, without Pli.
  expect(spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: previous, encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' });
  expect(existsSync(content)).toBe(false);
  if (left) {
    expect(admin.run('backup', '--keys', join(folder, 'keys-copy')).status).toBe(0);
    expect(demoPli(join(folder, 'elsewhere', 'data')).run('restore', join(folder, left), '--keys', join(folder, 'keys-copy')).stderr).toContain(
      'is not a whole backup',
    );
  }
  expect(admin.run('backup', content).status).toBe(0);
  expect(unfinished()).toBeUndefined();
});

test('doctor says all that is wrong and ends with 1; a keyring of another database, or none, is refused', () => {
  const admin = realPli();
  expect(admin.run('init', ...initOptions, '--address', 'alain.gagnon@innovactione.example').status).toBe(0);
  const wrong = admin.run('doctor');
  expect(wrong).toMatchObject({ status: 1 });
  expect(wrong.stdout).toMatch(/✓ La base de données répond.*✗ Il n'y a aucune copie des clés/s);
  expect(admin.run('backup', '--keys', join(folder, 'keys-copy')).status).toBe(0);
  const better = admin.run('doctor').stdout;
  expect(better).toMatch(/✓ La copie des clés a 0 h.*✓ Le trousseau.*✓ Les fichiers.*✗ Aucun relais de courriel/s);
  expect(better.match(/✗/g)).toHaveLength(1);
  expect(demoPli(join(folder, 'demo', 'data')).run('doctor').stdout).not.toContain('relais');

  // A volume that is not mounted: an empty folder in the place of the keyring.
  renameSync(join(folder, 'pli-keys'), join(folder, 'pli-keys-away'));
  expect(admin.run('doctor')).toMatchObject({ status: 1 });
  expect(existsSync(join(folder, 'pli-keys'))).toBe(false);
  mkdirSync(join(folder, 'pli-keys'));
  expect(admin.run('person', 'list').stderr).toContain('This keyring is not that of this database');
  rmSync(join(folder, 'pli-keys'), { recursive: true });
  renameSync(join(folder, 'pli-keys-away'), join(folder, 'pli-keys'));
  expect(admin.run('doctor').stdout.match(/✗/g)).toHaveLength(1);
  expect(statSync(join(folder, 'keys-copy', 'pli-keys.json')).mode & 0o777).toBe(0o600);
});

async function signedIn(pli: StartedPli) {
  const marie = webVisitor(pli.url);
  await marie.post('/ouvrir-une-session', { identifiant: 'marie.unetelle@innovactione.example' });
  await marie.post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': demonstrationPassword });
  return marie;
}

/** Marie writes to Jean with a file; the addresses of the page and of the file. */
async function converse(pli: StartedPli, bytes: Uint8Array): Promise<{ page: string; file: string }> {
  const marie = await signedIn(pli);
  const form = parse(await (await marie.get('/connexion/nouvelle')).text());
  const fields = new FormData();
  for (const name of ['cle', 'titulaire', 'expire']) {
    const field = form.querySelector(`[name=${name}]`);
    const value = field?.getAttribute('value') ?? field?.querySelector('option[selected], option')?.getAttribute('value');
    if (value) fields.set(name, value);
  }
  fields.set('titre', 'Relevé de placement');
  fields.set('participants', 'jeand@courriel.example');
  fields.set('message', 'Le relevé est joint.');
  fields.set('fichiers', new File([Buffer.from(bytes)], 'relevé.pdf', { type: 'application/pdf' }));
  const answer = await marie.post('/connexion/nouvelle', fields);
  const page = answer.headers.get('location') ?? '';
  expect([answer.status, page]).toEqual([303, expect.stringMatching(/^\/connexion\//)]);
  const file =
    parse(await (await marie.get(page)).text())
      .querySelector('a[href*="/pieces/"]')
      ?.getAttribute('href') ?? '';
  expect(sha256(new Uint8Array(await (await marie.get(file)).arrayBuffer()))).toBe(sha256(bytes));
  return { page, file };
}
