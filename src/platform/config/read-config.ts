import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { type InBothLanguages, machineSentence } from '#messages/machine.ts';
import { projectRoot } from '../project-root.ts';
import { StartRefused } from '../start-refused.ts';
import type { Config, ListedSetting, SettingSource } from './config.ts';
import { isLoopbackName } from './loopback.ts';
import { nearest } from './nearest.ts';
import { notServedYet, type SettingName, settings } from './settings.ts';
import { readSettingsFile } from './settings-file.ts';

type Environment = Record<string, string | undefined>;
type Told = Map<string, { value: string; source: SettingSource }>;
type Parsed = { [Name in SettingName]?: ReturnType<(typeof settings)[Name]['schema']['parse']> };

/** Reads every setting. Throws one `StartRefused` that names every fault at once. */
export function readConfig(environment: Environment = process.env): { config: Config; list: ListedSetting[] } {
  const faults: InBothLanguages[] = [];
  const told = gather(environment, faults);
  const parsed = parseAll(told, faults);
  const config = withDefaults(parsed);
  faults.push(...contradictions(config));
  if (faults.length > 0) throw refusalOf(faults);
  return { config, list: listAll(told, config) };
}

function gather(environment: Environment, faults: InBothLanguages[]): Told {
  const told: Told = new Map();
  const file = environment.PLI_CONFIG;
  for (const [name, value] of file ? readSettingsFile(file, faults) : []) told.set(name, { value, source: 'file' });
  for (const [name, value] of Object.entries(environment)) {
    // An empty variable is how many tools write "not set".
    if (value !== undefined && value !== '' && isOurs(name)) told.set(name, { value, source: 'environment' });
  }
  return told;
}

/** Not a setting: bin/pli reads it when it copies or restores the keys, and a service that has it in its environment starts all the same. */
const passphrase = 'PLI_KEYS_PASSPHRASE';

function isOurs(name: string): boolean {
  return name !== passphrase && (name.startsWith('PLI_') || name in settings || name === 'DATABASE_READ_URL');
}

function parseAll(told: Told, faults: InBothLanguages[]): Parsed {
  const parsed: Record<string, unknown> = {};
  for (const [name, { value }] of told) {
    if (!isSetting(name)) {
      faults.push(unknownSetting(name));
      continue;
    }
    const result = settings[name].schema.safeParse(value);
    if (result.success) parsed[name] = result.data;
    else faults.push(...result.error.issues.slice(0, 1).map((issue) => ofSetting(name, issue.message)));
  }
  return parsed as Parsed; // Each value has just been parsed by the schema of its name.
}

function isSetting(name: string): name is SettingName {
  return Object.hasOwn(settings, name);
}

function unknownSetting(name: string): InBothLanguages {
  if (notServedYet.some((known) => known === name)) return machineSentence('settings.not-served', { name });
  const near = nearest(name, Object.keys(settings));
  return near ? machineSentence('settings.unknown-near', { name, near }) : machineSentence('settings.unknown', { name });
}

function ofSetting(name: SettingName, message: string): InBothLanguages {
  const { fr, en }: InBothLanguages = message.startsWith('{') ? JSON.parse(message) : { fr: message, en: message };
  return { fr: `${name} : ${fr}`, en: `${name}: ${en}` };
}

function withDefaults(told: Parsed): Config {
  const host = told.HOST ?? '127.0.0.1';
  const port = told.PORT ?? 3000;
  const dataDir = told.PLI_DATA ?? join(projectRoot(), 'data');
  const demo = told.PLI_DEMO ?? (!told.DATABASE_URL && !told.PLI_URL && isLoopbackName(host));
  return {
    host,
    port,
    url: told.PLI_URL,
    dataDir,
    databaseUrl: told.DATABASE_URL,
    pgBin: told.PLI_PG_BIN,
    demo,
    demoPublic: told.PLI_DEMO_PUBLIC ?? false,
    smtpUrl: told.PLI_SMTP_URL,
    mailFrom: told.PLI_MAIL_FROM ?? `connexion@${told.PLI_URL && !demo ? new URL(told.PLI_URL).hostname : 'pli.example'}`,
    storageDir: told.PLI_STORAGE ?? join(dataDir, 'files'),
    keyringDir: told.PLI_KEYRING ?? (demo ? join(dataDir, 'keys') : resolve(dataDir, '..', 'pli-keys')),
    trustedProxy: told.PLI_TRUSTED_PROXY ?? [],
    workers: told.PLI_WORKERS ?? Math.min(2, availableParallelism()),
  };
}

function contradictions(config: Config): InBothLanguages[] {
  const faults: InBothLanguages[] = [];
  const seenByOthers = !isLoopbackName(config.host) || (config.url !== undefined && !isLoopbackName(new URL(config.url).hostname));
  if (config.demo && seenByOthers && !config.demoPublic) faults.push(machineSentence('settings.demo-public'));
  if (!config.demo && !config.url && !isLoopbackName(config.host)) faults.push(machineSentence('settings.url-missing'));
  if (!config.demo && !relative(config.dataDir, config.keyringDir).startsWith('..')) faults.push(machineSentence('settings.keyring-inside'));
  return faults;
}

function refusalOf(faults: InBothLanguages[]): StartRefused {
  const title = machineSentence('settings.faults');
  const listed = (language: keyof InBothLanguages) => [title[language], ...faults.map((fault) => `  - ${fault[language]}`)].join('\n');
  return new StartRefused({ fr: listed('fr'), en: listed('en') });
}

function listAll(told: Told, config: Config): ListedSetting[] {
  const names = Object.keys(settings).filter(isSetting);
  return names.map((name) => {
    const given = told.get(name);
    if (!given) return { name, value: valueByDefault(name, config), source: 'default' };
    return { name, value: 'secret' in settings[name] ? '…' : given.value, source: given.source };
  });
}

/** What the setting comes to on this machine when nothing is said. */
function valueByDefault(name: SettingName, config: Config): string {
  const values: Partial<Record<SettingName, string>> = {
    PLI_DATA: config.dataDir,
    PLI_DEMO: config.demo ? 'on' : 'off',
    PLI_MAIL_FROM: config.mailFrom,
    PLI_STORAGE: `file:${config.storageDir}`,
    PLI_KEYRING: config.keyringDir,
    PLI_WORKERS: String(config.workers),
  };
  return values[name] ?? settings[name].byDefault;
}
