import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { projectRoot } from '../project-root.ts';
import { configurationPage } from './configuration-page.ts';
import { readConfig } from './read-config.ts';

const read = (environment: Record<string, string>) => readConfig(environment).config;

test('nothing said: the demonstration, on this machine alone, with its data and keys under ./data', () => {
  const root = projectRoot();
  expect(read({})).toMatchObject({ host: '127.0.0.1', port: 3000, demo: true, databaseUrl: undefined, url: undefined });
  expect(read({})).toMatchObject({ dataDir: join(root, 'data'), keyringDir: join(root, 'data/keys'), storageDir: join(root, 'data/files') });
});

test('a public address means no demonstration, and keys outside the data', () => {
  const config = read({ PLI_URL: 'https://pli.tilleuls.example', PLI_DATA: '/srv/pli/data' });
  expect(config).toMatchObject({ demo: false, keyringDir: '/srv/pli/pli-keys', mailFrom: 'connexion@pli.tilleuls.example' });
});

test.each([{ DATABASE_URL: 'postgres://pli@db/pli' }, { HOST: '0.0.0.0', PLI_URL: 'https://pli.tilleuls.example' }])(
  'no demonstration by default with %j',
  (environment) => {
    expect(read(environment).demo).toBe(false);
  },
);

test('every fault is named at once, in French and in English', () => {
  const environment = {
    PORT: 'many',
    PLI_DTA: '/srv',
    PLI_SMTP_URL: 'relay:25',
    PLI_CLAMD: 'localhost:3310',
    PLI_URL: 'http://pli.tilleuls.example',
    DATABASE_URL: 'mysql://x',
    PLI_WHATEVER: '1',
  };
  expect(() => read(environment)).toThrow(
    /PORT : un nombre.*PLI_DTA : réglage inconnu.*PLI_DATA.*PLI_SMTP_URL : donner smtp.*PLI_CLAMD : pas encore servi.*PLI_URL : .*DATABASE_URL : .*PLI_WHATEVER : réglage inconnu/s,
  );
  expect(() => read(environment)).toThrow(
    /PORT: a number.*PLI_DTA: unknown setting; did you mean PLI_DATA.*PLI_SMTP_URL: give smtp.*PLI_CLAMD: not served by this version.*PLI_WHATEVER: unknown setting$/s,
  );
});

test('the demonstration shows itself to others only when told so twice', () => {
  expect(() => read({ HOST: '0.0.0.0', PLI_DEMO: 'on' })).toThrow('PLI_DEMO_PUBLIC=yes');
  expect(() => read({ PLI_URL: 'https://demo.example', PLI_DEMO: 'on' })).toThrow('PLI_DEMO_PUBLIC=yes');
  expect(read({ HOST: '0.0.0.0', PLI_DEMO: 'on', PLI_DEMO_PUBLIC: 'yes' }).demo).toBe(true);
});

test('outside this machine without a public address is refused', () => {
  expect(() => read({ HOST: '0.0.0.0' })).toThrow('PLI_URL: must be given');
});

test('keys inside the data are refused outside the demonstration', () => {
  expect(() => read({ PLI_URL: 'https://pli.example', PLI_DATA: '/srv/pli', PLI_KEYRING: '/srv/pli/keys' })).toThrow('PLI_KEYRING');
});

test('the file is read, the environment wins, and secrets are not shown', () => {
  const file = join(temporaryFolder(), 'pli.conf');
  writeFileSync(file, '# Pli\nPORT=4000\nDATABASE_URL="postgres://pli:secret@db/pli"\n\nHOST=::1\n');
  const { config, list } = readConfig({ PLI_CONFIG: file, PORT: '5000' });
  expect(config).toMatchObject({ port: 5000, host: '::1', databaseUrl: 'postgres://pli:secret@db/pli' });
  expect(list.find(({ name }) => name === 'PORT')).toEqual({ name: 'PORT', value: '5000', source: 'environment' });
  expect(list.find(({ name }) => name === 'DATABASE_URL')).toEqual({ name: 'DATABASE_URL', value: '…', source: 'file' });
});

test('the relay is read, and its password is not shown', () => {
  const { config, list } = readConfig({ PLI_SMTP_URL: 'smtps://pli:secret@relay.tilleuls.example' });
  expect(config.smtpUrl).toBe('smtps://pli:secret@relay.tilleuls.example');
  expect(JSON.stringify(list)).not.toContain('secret');
  expect(() => read({ PLI_SMTP_URL: 'smtps://pli:secret@relay/x' })).toThrow(/^(?!.*secret)/s);
});

test('a line of the file that says nothing clear is named by its number', () => {
  const file = join(temporaryFolder(), 'pli.conf');
  writeFileSync(file, 'PORT=4000\nport 5000\nPLI_NOPE=1');
  expect(() => readConfig({ PLI_CONFIG: file })).toThrow(/line 2 of .*PLI_NOPE: unknown/s);
  expect(() => readConfig({ PLI_CONFIG: '/nowhere/pli.conf' })).toThrow('cannot be read');
});

test('docs/configuration.md is what the settings say', () => {
  expect(readFileSync(join(projectRoot(), 'docs/configuration.md'), 'utf8')).toBe(configurationPage());
});
