/**
 * What Pli says to the person who starts it, in a terminal, before any page or preferred language exists: always in both languages.
 * Kept apart from the catalogue of the pages, whose typography (narrow spaces, curly apostrophes) terminals and their logs spoil.
 */
export const machineSentences = {
  'folder.in-use': {
    fr: 'Un autre Pli (processus {process}) se sert déjà du dossier {folder}. Arrêtez-le, ou donnez à celui-ci un autre dossier par PLI_DATA.',
    en: 'Another Pli (process {process}) is already using the folder {folder}. Stop it, or give this one another folder with PLI_DATA.',
  },
  'folder.not-ours': {
    fr: "Le dossier {folder} appartient à l'utilisateur n° {owner}: lancez Pli sous ce compte, ou donnez-lui un autre dossier par PLI_DATA.",
    en: 'The folder {folder} belongs to user number {owner}: start Pli under that account, or give it another folder with PLI_DATA.',
  },
  'folder.not-writable': {
    fr: 'Pli ne peut pas écrire dans {folder} ({reason}). Donnez-lui un autre dossier par PLI_DATA, ou changez les droits de celui-ci.',
    en: 'Pli cannot write in {folder} ({reason}). Give it another folder with PLI_DATA, or change the permissions of this one.',
  },
  'folder.full': {
    fr: "Il ne reste que {freeFr} dans {folder}, et Pli en demande {neededFr} pour démarrer. Faites de la place, ou donnez-lui un autre dossier par PLI_DATA. Ce qui s'y trouve est intact.",
    en: 'Only {freeEn} are left in {folder}, and Pli needs {neededEn} to start. Make room, or give it another folder with PLI_DATA. What is there is intact.',
  },
  'account.created': {
    fr: 'PostgreSQL refuse de tourner sous root: le compte système «{account}» a été créé pour lui.',
    en: 'PostgreSQL refuses to run as root: the system account "{account}" was created for it.',
  },
  'account.impossible': {
    fr: "PostgreSQL refuse de tourner sous root, et aucun compte système n'a pu être créé pour lui ({reason}). Créez un compte «postgres», ou lancez Pli sous un compte ordinaire.",
    en: 'PostgreSQL refuses to run as root, and no system account could be created for it ({reason}). Create an account "postgres", or start Pli under an ordinary account.',
  },
  'account.nameless': {
    fr: "L'utilisateur n° {uid} n'a pas de ligne dans /etc/passwd et PostgreSQL refuse de tourner ainsi. Ajoutez-la, ou lancez Pli sous un autre compte.",
    en: 'User number {uid} has no line in /etc/passwd and PostgreSQL refuses to run that way. Add one, or start Pli under another account.',
  },
  'programs.absent': {
    fr: "Aucun programme PostgreSQL n'est fourni pour cette machine ({platform}). Relancez l'installation sans --omit=optional, ou nommez un dossier de programmes PostgreSQL ≥ 15 par PLI_PG_BIN, ou une base par DATABASE_URL.",
    en: 'No PostgreSQL programs are supplied for this machine ({platform}). Install again without --omit=optional, or name a folder of PostgreSQL ≥ 15 programs with PLI_PG_BIN, or a database with DATABASE_URL.',
  },
  'programs.unusable': {
    fr: 'Les programmes PostgreSQL de {folder} ne démarrent pas: {reason}',
    en: 'The PostgreSQL programs in {folder} do not start: {reason}',
  },
  'programs.too-old': {
    fr: 'Pli demande PostgreSQL 15 ou plus récent; {where} est en version {version}.',
    en: 'Pli needs PostgreSQL 15 or newer; {where} is version {version}.',
  },
  'programs.other-version': {
    fr: "Les données de {folder} sont de PostgreSQL {data} et les programmes de PostgreSQL {programs}: reprenez les programmes d'avant (PLI_PG_BIN), ou restaurez une sauvegarde dans un dossier neuf.",
    en: 'The data in {folder} belong to PostgreSQL {data} and the programs to PostgreSQL {programs}: use the former programs (PLI_PG_BIN), or restore a backup into a new folder.',
  },
  'server.does-not-start': {
    fr: 'PostgreSQL ne démarre pas. Fin de son journal ({file}):\n{tail}',
    en: 'PostgreSQL does not start. The end of its log ({file}):\n{tail}',
  },
  'server.does-not-stop': {
    fr: "Un PostgreSQL laissé par un arrêt brutal se sert encore de {folder} (processus {process}) et ne s'arrête pas. Arrêtez-le, puis relancez Pli.",
    en: 'A PostgreSQL left behind by a sudden end is still using {folder} (process {process}) and does not stop. Stop it, then start Pli again.',
  },
  'database.unreachable': {
    fr: 'La base de données ne répond pas ({reason}). Vérifiez DATABASE_URL et que PostgreSQL est démarré.',
    en: 'The database does not answer ({reason}). Check DATABASE_URL and that PostgreSQL is running.',
  },
  'database.encoding': {
    fr: "La base {database} est en {encoding}: Pli écrit tous les alphabets et demande UTF8. Créez-en une autre: create database pli encoding 'UTF8' template template0",
    en: "The database {database} is in {encoding}: Pli writes every alphabet and needs UTF8. Create another one: create database pli encoding 'UTF8' template template0",
  },
  'database.reads-only': {
    fr: "La base {database} n'accepte pas d'écritures: c'est une copie (standby), ou elle est en lecture seule. Donnez le serveur principal par DATABASE_URL, ou tous les serveurs: postgres://…@db1:5432,db2:5432/{database}",
    en: 'The database {database} accepts no writes: it is a standby, or read-only. Give the primary server with DATABASE_URL, or all the servers: postgres://…@db1:5432,db2:5432/{database}',
  },
  'database.no-rights': {
    fr: "Le rôle {role} ne peut pas créer de tables dans la base {database}. Rendez-l'en propriétaire: alter database {database} owner to {role}; alter schema public owner to {role};",
    en: 'The role {role} may not create tables in the database {database}. Make it its owner: alter database {database} owner to {role}; alter schema public owner to {role};',
  },
  'migration.changed': {
    fr: "La migration {name} n'est plus celle qui a été appliquée à cette base. Remettez le fichier d'origine: une migration appliquée ne se modifie pas.",
    en: 'Migration {name} is no longer the one that was applied to this database. Put the original file back: an applied migration is never edited.',
  },
  'migration.unknown': {
    fr: "La base connaît la migration {name}, que cette version de Pli n'a pas: la base a été ouverte par un Pli plus récent. Relancez celui-là, ou restaurez une sauvegarde d'avant.",
    en: 'The database knows migration {name}, which this version of Pli does not have: a newer Pli has opened it. Start that one, or restore an earlier backup.',
  },
  'installation.demonstration-off': {
    fr: "Cette base est celle d'une démonstration, pour toujours: elle ne démarre qu'avec PLI_DEMO=on. Pour un usage réel, donnez à Pli une base vide.",
    en: 'This database belongs to a demonstration, for ever: it starts only with PLI_DEMO=on. For real use, give Pli an empty database.',
  },
  'installation.other-keys': {
    fr: "Les clés de {folder} sont celles d'une autre base: des jours dont la démonstration a besoin y sont détruits. Déplacez ce dossier, ou donnez un autre PLI_KEYRING.",
    en: 'The keys in {folder} are those of another database: days that the demonstration needs are destroyed there. Move that folder away, or give another PLI_KEYRING.',
  },
  'installation.not-a-demonstration': {
    fr: "Cette base sert pour de vrai: la démonstration n'y sera jamais chargée. Démarrez avec PLI_DEMO=off, ou donnez à la démonstration une base vide.",
    en: 'This database is in real use: the demonstration is never loaded into it. Start with PLI_DEMO=off, or give the demonstration an empty database.',
  },
  'port.in-use': {
    fr: "L'adresse {host}:{port} est déjà prise par un autre programme. Choisissez un autre port: PORT={other} npm start",
    en: 'The address {host}:{port} is already taken by another program. Choose another port: PORT={other} npm start',
  },
  'port.forbidden': {
    fr: 'Pli ne peut pas écouter sur {host}:{port} ({reason}).',
    en: 'Pli cannot listen on {host}:{port} ({reason}).',
  },
  listening: { fr: 'Pli est prêt: {address}', en: 'Pli is ready: {address}' },
  stopping: { fr: "Pli s'arrête…", en: 'Pli is stopping…' },
  'settings.faults': {
    fr: 'Pli ne démarre pas: ces réglages sont à corriger.',
    en: 'Pli does not start: these settings must be corrected.',
  },
  'settings.unknown': { fr: '{name}: réglage inconnu', en: '{name}: unknown setting' },
  'settings.unknown-near': { fr: '{name}: réglage inconnu; vouliez-vous dire {near}?', en: '{name}: unknown setting; did you mean {near}?' },
  'settings.not-served': {
    fr: '{name}: pas encore servi par cette version de Pli; retirez-le',
    en: '{name}: not served by this version of Pli; remove it',
  },
  'settings.file-unreadable': { fr: 'PLI_CONFIG: {file} est illisible ({reason})', en: 'PLI_CONFIG: {file} cannot be read ({reason})' },
  'settings.file-line': {
    fr: "PLI_CONFIG: la ligne {line} de {file} n'est pas de la forme NOM=valeur",
    en: 'PLI_CONFIG: line {line} of {file} is not of the form NAME=value',
  },
  'settings.file-in-file': { fr: 'PLI_CONFIG: ne se met pas dans le fichier lui-même', en: 'PLI_CONFIG: does not go into the file itself' },
  'settings.demo-public': {
    fr: "PLI_DEMO: la démonstration, dont les mots de passe sont publics, ne se montre hors de cette machine qu'avec PLI_DEMO_PUBLIC=yes",
    en: 'PLI_DEMO: the demonstration, whose passwords are public, is shown outside this machine only with PLI_DEMO_PUBLIC=yes',
  },
  'settings.url-missing': {
    fr: "PLI_URL: à donner dès que HOST n'est pas une adresse de cette machine (liens des courriels, origine des formulaires)",
    en: 'PLI_URL: must be given as soon as HOST is not an address of this machine alone (links in mails, origin of forms)',
  },
  'settings.keyring-inside': {
    fr: "PLI_KEYRING: le trousseau doit être hors de PLI_DATA, pour qu'aucune copie des données ne contienne les clés",
    en: 'PLI_KEYRING: the keyring must be outside PLI_DATA, so that no copy of the data holds the keys',
  },
  'keyring.damaged': {
    fr: "Le trousseau est abîmé: le fichier {path} n'est pas une clé entière. Remettez-le depuis la copie des clés.",
    en: 'The keyring is damaged: the file {path} is not a whole key. Restore it from the copy of the keys.',
  },
  'keyring.exposed': {
    fr: "D'autres comptes peuvent lire ou changer {path} (droits {found}). Rendez-le privé: chmod {wanted} '{path}'",
    en: "Other accounts can read or change {path} (permissions {found}). Make it private: chmod {wanted} '{path}'",
  },
  'keyring.incomplete': {
    fr: "Le trousseau {folder} contient des clés de jours mais pas le fichier «pepper»: il n'est pas entier. Remettez-le depuis la copie des clés.",
    en: 'The keyring {folder} holds keys of days but not the file "pepper": it is incomplete. Restore it from the copy of the keys.',
  },
  'keyring.missing-day': {
    fr: "La clé du {day} n'est pas dans le trousseau {folder}, et Pli ne l'a pas détruite. Remettez-la depuis la copie des clés.",
    en: 'The key of {day} is not in the keyring {folder}, and Pli did not destroy it. Restore it from the copy of the keys.',
  },
  'keyring.other-files': {
    fr: "Le dossier {folder} n'est pas un trousseau: il contient autre chose ({name}). Donnez au trousseau un dossier à lui par PLI_KEYRING.",
    en: 'The folder {folder} is not a keyring: it holds something else ({name}). Give the keyring a folder of its own with PLI_KEYRING.',
  },
  'keyring.other-database': {
    fr: "Ce trousseau n'est pas celui de cette base: aucun mot de passe ni message ne s'ouvrirait. Remettez le trousseau d'origine (volume monté? PLI_KEYRING?), ou restaurez-le depuis la copie des clés.",
    en: 'This keyring is not that of this database: no password and no message would open. Put the original keyring back (volume mounted? PLI_KEYRING?), or restore it from the copy of the keys.',
  },
  'keyring.unusable': {
    fr: 'Pli ne peut pas se servir du trousseau {folder} ({reason}). Changez les droits du dossier, ou donnez-en un autre par PLI_KEYRING.',
    en: 'Pli cannot use the keyring {folder} ({reason}). Change the permissions of the folder, or give another one with PLI_KEYRING.',
  },
} as const;

export type MachineSentence = keyof typeof machineSentences;
export type InBothLanguages = { fr: string; en: string };

/** A sentence in both languages, its `{names}` replaced. */
export function machineSentence(key: MachineSentence, values: Record<string, string | number> = {}): InBothLanguages {
  return filledIn(machineSentences[key], values);
}

export function filledIn({ fr, en }: InBothLanguages, values: Record<string, string | number>): InBothLanguages {
  const filled = (text: string) => text.replaceAll(/\{(\w+)\}/g, (name, word: string) => String(values[word] ?? name));
  return { fr: filled(spaced(fr)), en: filled(en) };
}

/** French punctuation with ordinary spaces, which every terminal shows. */
function spaced(french: string): string {
  return french
    .replaceAll(/(?<=[\p{L}\p{N}}»)]): /gu, ' : ')
    .replaceAll('«', '« ')
    .replaceAll('»', ' »');
}
