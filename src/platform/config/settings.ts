import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { addressSchema } from '#shared/people.ts';
import { readDatabaseUrl } from '../database/database-url.ts';
import { readSmtpUrl } from '../mail/smtp-relay.ts';
import { isLoopbackName } from './loopback.ts';
import { fault, type Setting } from './setting.ts';

const path = z
  .string()
  .min(1, fault('chemin vide', 'empty path'))
  .transform((typed) => resolve(typed));

/** Each holds connections to the database: more than this and PostgreSQL runs out of them first. */
const mostWorkers = 16;

/** Every setting of Pli, in the order in which they are documented. The sample and docs/configuration.md come from here. */
export const settings = {
  PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/, wrongPort())
      .transform(Number)
      .refine((port) => port <= 65_535, wrongPort()),
    byDefault: '3000',
    purpose: { en: 'The port on which Pli listens; 0 takes any free one.', fr: 'Le port sur lequel Pli écoute ; 0 en prend un libre.' },
  },
  HOST: {
    schema: z
      .string()
      .refine(
        (host) => isIP(host) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host),
        fault('ni une adresse IP ni un nom de machine', 'neither an IP address nor a host name'),
      ),
    byDefault: '127.0.0.1',
    purpose: {
      en: 'The address on which Pli listens; 0.0.0.0 for all of them, usually behind a proxy.',
      fr: "L'adresse sur laquelle Pli écoute ; 0.0.0.0 pour toutes, d'ordinaire derrière un mandataire.",
    },
  },
  PLI_URL: {
    schema: z
      .string()
      .refine(
        isPublicOrigin,
        fault(
          'donner https://nom.de.machine, sans chemin (http:// pour cette machine seulement)',
          'give https://host.name, without a path (http:// for this machine only)',
        ),
      )
      .transform((url) => new URL(url).origin),
    byDefault: 'http://HOST:PORT',
    purpose: {
      en: 'The public address: links in mails are built from it, and forms are accepted from it alone.',
      fr: "L'adresse publique : les liens des courriels en sont faits, et les formulaires ne sont acceptés que d'elle.",
    },
  },
  PLI_DATA: {
    schema: path,
    byDefault: './data',
    purpose: {
      en: 'The folder where data live: the embedded PostgreSQL and the encrypted files.',
      fr: 'Le dossier des données : le PostgreSQL intégré et les fichiers chiffrés.',
    },
  },
  DATABASE_URL: {
    schema: z
      .string()
      .refine(
        (url) => faultIn(url) !== 'form',
        fault(
          'donner postgres://utilisateur:mot-de-passe@machine:port/base, plusieurs machines séparées par des virgules ; les signes spéciaux en %XX',
          'give postgres://user:password@host:port/database, several hosts separated by commas; special characters as %XX',
        ),
      )
      .refine(
        (url) => faultIn(url) !== 'attributes',
        fault('target_session_attrs : Pli écrit ; donner read-write ou primary', 'target_session_attrs: Pli writes; give read-write or primary'),
      ),
    byDefault: 'the embedded PostgreSQL',
    purpose: {
      en: 'An external PostgreSQL, 15 or newer. Several hosts (postgres://…@db1:5432,db2:5432/pli) are copies of one database: Pli goes to the one that accepts writes, and follows when another is promoted.',
      fr: "Un PostgreSQL externe, version 15 ou plus récente. Plusieurs machines (postgres://…@db1:5432,db2:5432/pli) sont les copies d'une même base : Pli va à celle qui accepte les écritures, et suit quand une autre est promue.",
    },
    secret: true,
  },
  PLI_PG_BIN: {
    schema: path,
    byDefault: 'the programs supplied with Pli',
    purpose: {
      en: 'A folder of other PostgreSQL programs (initdb, postgres; 15 or newer) for the embedded database.',
      fr: "Un dossier d'autres programmes PostgreSQL (initdb, postgres ; 15 ou plus récents) pour la base intégrée.",
    },
  },
  PLI_DEMO: {
    schema: z.enum(['on', 'off'], fault('on ou off', 'on or off')).transform((choice) => choice === 'on'),
    byDefault: 'on when neither DATABASE_URL nor PLI_URL is set and HOST is an address of this machine alone; off otherwise',
    purpose: {
      en: 'The demonstration world, with its public passwords, in a database of its own.',
      fr: 'Le monde de démonstration, aux mots de passe publics, dans une base à lui.',
    },
  },
  PLI_DEMO_PUBLIC: {
    schema: z.enum(['yes', 'no'], fault('yes ou no', 'yes or no')).transform((choice) => choice === 'yes'),
    byDefault: 'no',
    purpose: {
      en: 'Allows the demonstration on an address that others can reach; every page then says that it is one.',
      fr: "Autorise la démonstration sur une adresse que d'autres peuvent joindre ; chaque page dit alors que c'en est une.",
    },
  },
  PLI_SMTP_URL: {
    schema: z
      .string()
      .refine(
        (url) => readSmtpUrl(url) !== undefined,
        fault(
          'donner smtp://utilisateur:mot-de-passe@machine:port, ou smtps:// ; les signes spéciaux en %XX',
          'give smtp://user:password@host:port, or smtps://; special characters as %XX',
        ),
      ),
    byDefault: 'none: mails wait in their queue; the demonstration always keeps them',
    purpose: {
      en: 'The relay that sends the mails. smtps: TLS from the start (port 465); smtp: STARTTLS is required (port 587), except on this very machine, where it is not used. Certificates are verified; NODE_EXTRA_CA_CERTS names an authority of your own. The relay signs with DKIM.',
      fr: "Le relais qui envoie les courriels. smtps : TLS dès le début (port 465) ; smtp : STARTTLS exigé (port 587), sauf sur cette machine même, où il ne sert pas. Les certificats sont vérifiés ; NODE_EXTRA_CA_CERTS nomme une autorité à vous. C'est le relais qui signe (DKIM).",
    },
    secret: true,
  },
  PLI_MAIL_FROM: {
    schema: z.string().refine((typed) => addressSchema.safeParse(typed).success, fault('donner une adresse de courriel', 'give an e-mail address')),
    byDefault: 'connexion@the host of PLI_URL',
    purpose: {
      en: 'The address every mail comes from; its displayed name is always “Connexion”.',
      fr: "L'adresse d'où viennent tous les courriels ; le nom affiché est toujours « Connexion ».",
    },
  },
  PLI_STORAGE: {
    schema: z
      .string()
      .refine((place) => !place.startsWith('s3:'), fault("s3: n'est pas encore servi par cette version de Pli", 's3: is not served by this version of Pli'))
      .refine((place) => /^file:./.test(place), fault('donner file:/chemin', 'give file:/path'))
      .transform((place) => resolve(place.replace(/^file:(\/\/(?=\/))?/, ''))),
    byDefault: 'file:<PLI_DATA>/files',
    purpose: { en: 'Where the encrypted files live.', fr: 'Où vivent les fichiers chiffrés.' },
  },
  PLI_KEYRING: {
    schema: path,
    byDefault: '<PLI_DATA>/../pli-keys; in the demonstration <PLI_DATA>/keys',
    purpose: {
      en: 'The folder of the keys, outside PLI_DATA so that no copy of the data can be read without it.',
      fr: "Le dossier des clés, hors de PLI_DATA pour qu'aucune copie des données ne se lise sans lui.",
    },
  },
  PLI_TRUSTED_PROXY: {
    schema: z
      .string()
      .transform((list) => list.split(',').map((part) => part.trim()))
      .refine(
        (list) => list.every(isNetwork),
        fault(
          'donner des adresses IP ou des réseaux (10.0.0.0/8), séparés par des virgules',
          'give IP addresses or networks (10.0.0.0/8), separated by commas',
        ),
      ),
    byDefault: 'none',
    purpose: { en: 'The proxies whose X-Forwarded-* headers are believed.', fr: 'Les mandataires dont les en-têtes X-Forwarded-* sont crus.' },
  },
  PLI_WORKERS: {
    schema: z
      .string()
      .regex(/^[1-9]\d?$/, wrongNumber())
      .transform(Number)
      .refine((count) => count <= mostWorkers, wrongNumber()),
    byDefault: 'two, or one on a machine with one core',
    purpose: {
      en: 'How many processes answer requests. 1: a single process is the whole Pli, and takes less memory.',
      fr: 'Combien de processus répondent aux demandes. 1 : un seul processus est tout Pli, et prend moins de mémoire.',
    },
  },
  PLI_CONFIG: {
    schema: path,
    byDefault: 'none',
    purpose: {
      en: 'A file of NAME=value lines with these same settings; the environment wins.',
      fr: "Un fichier de lignes NOM=valeur avec ces mêmes réglages ; l'environnement l'emporte.",
    },
  },
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;

/** Named in the documentation, refused by this version: ignoring an antivirus or a mail relay in silence would be worse than stopping. */
export const notServedYet = ['DATABASE_READ_URL', 'PLI_SMS_URL', 'PLI_CLAMD', 'PLI_BOUNCE_URL', 'PLI_BOUNCE_SECRET'] as const;

function faultIn(url: string): 'form' | 'attributes' | undefined {
  const read = readDatabaseUrl(url);
  return read.kind === 'wrong' ? read.fault : undefined;
}

function wrongNumber(): string {
  return fault(`un nombre entre 1 et ${mostWorkers}`, `a number between 1 and ${mostWorkers}`);
}

function wrongPort(): string {
  return fault('un nombre entre 0 et 65535', 'a number between 0 and 65535');
}

function isPublicOrigin(typed: string): boolean {
  if (!URL.canParse(typed)) return false;
  const url = new URL(typed);
  const bare = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  return bare && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url.hostname)));
}

function isNetwork(part: string): boolean {
  const [address = '', bits, ...more] = part.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
