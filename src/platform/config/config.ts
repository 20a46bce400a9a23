import type { SettingName } from './settings.ts';

/** What Pli was told, read once at the start. */
export type Config = {
  host: string;
  port: number;
  /** The public origin, when one was given: `https://pli.example`, without a slash at the end. */
  url: string | undefined;
  dataDir: string;
  /** Undefined: the embedded PostgreSQL, with the programs of `pgBin` or those supplied. */
  databaseUrl: string | undefined;
  pgBin: string | undefined;
  demo: boolean;
  demoPublic: boolean;
  /** The relay that sends our mails, well-formed; undefined: none, and in the demonstration they are kept all the same. */
  smtpUrl: string | undefined;
  mailFrom: string;
  storageDir: string;
  keyringDir: string;
  /** IP addresses and networks in CIDR notation. */
  trustedProxy: readonly string[];
  /** Processes that answer requests, 1 or more. */
  workers: number;
};

export type SettingSource = 'environment' | 'file' | 'default';

/** A setting as it is listed to an administrator. */
export type ListedSetting = { name: SettingName; value: string; source: SettingSource };
