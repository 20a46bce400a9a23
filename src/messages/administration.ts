import { filledIn } from './machine.ts';

/** What `bin/pli` says in a terminal: always in both languages, like all that the machine says. */
export const administrationSentences = {
  usage: { fr: 'Commandes (docs/administration.md):', en: 'Commands (docs/administration.md):' },
  'usage.option-unknown': { fr: 'Option ou argument inattendu: {reason}', en: 'Unexpected option or argument: {reason}' },
  'usage.missing': {
    fr: 'Il manque {names}. Donnez-les en options, ou lancez la commande dans un terminal, qui les demande.',
    en: 'Missing: {names}. Give them as options, or run the command in a terminal, which asks for them.',
  },
  'ask.organisation': { fr: "Nom de l'organisation", en: 'Name of the organisation' },
  'ask.slug': { fr: 'Nom court (lettres et tirets)', en: 'Short name (letters and dashes)' },
  'ask.zone': { fr: 'Fuseau horaire (America/Toronto, Europe/Paris…)', en: 'Time zone (America/Toronto, Europe/Paris…)' },
  'ask.name': { fr: 'Nom de la personne', en: 'Name of the person' },
  'ask.address': { fr: 'Son adresse de courriel', en: 'Their e-mail address' },
  'ask.passphrase': { fr: 'Phrase de passe de la copie des clés', en: 'Passphrase of the copy of the keys' },
  'ask.passphrase-again': { fr: 'Encore une fois', en: 'Once more' },
  demonstration: {
    fr: "Ceci est une démonstration: rien de réel ne s'y met. Donnez PLI_URL=https://… (ou PLI_DEMO=off) et un dossier neuf par PLI_DATA.",
    en: 'This is a demonstration: nothing real goes into it. Give PLI_URL=https://… (or PLI_DEMO=off) and a new folder with PLI_DATA.',
  },
  'not-initialised': {
    fr: "Cette base n'est pas à jour pour cette version de Pli (migrations manquantes: {count}). Démarrez Pli une fois, ou lancez bin/pli init.",
    en: 'This database is not up to date for this version of Pli (missing migrations: {count}). Start Pli once, or run bin/pli init.',
  },
  'slug.wrong': {
    fr: 'Nom court «{slug}»: de 2 à 40 lettres minuscules sans accent, chiffres ou tirets.',
    en: 'Short name "{slug}": 2 to 40 small letters without accents, digits or dashes.',
  },
  'slug.taken': { fr: 'Il y a déjà une organisation «{slug}».', en: 'There already is an organisation "{slug}".' },
  'zone.wrong': { fr: 'Fuseau horaire inconnu: {zone}. Par exemple America/Toronto.', en: 'Unknown time zone: {zone}. For instance America/Toronto.' },
  'address.wrong': { fr: "«{address}» n'est pas une adresse de courriel.", en: '"{address}" is not an e-mail address.' },
  'role.wrong': { fr: 'Rôle inconnu: {role}. Il y a collaborator et administrator.', en: 'Unknown role: {role}. There are collaborator and administrator.' },
  'organisation.which': {
    fr: 'Quelle organisation? --organisation, parmi: {slugs}',
    en: 'Which organisation? --organisation, one of: {slugs}',
  },
  'organisation.none': { fr: "Il n'y a pas encore d'organisation: bin/pli init", en: 'There is no organisation yet: bin/pli init' },
  'init.already': {
    fr: 'Pli a déjà une organisation. Pour une de plus: bin/pli organisation add; pour une personne: bin/pli person add.',
    en: 'Pli has an organisation already. For another: bin/pli organisation add; for a person: bin/pli person add.',
  },
  'organisation.added': { fr: "L'organisation «{name}» ({slug}) est créée.", en: 'The organisation "{name}" ({slug}) is created.' },
  'person.added': { fr: '{name} <{address}> a un compte et le rôle: {roles}.', en: '{name} <{address}> has an account and the role: {roles}.' },
  'person.invitation': {
    fr: 'Son accès, montré cette seule fois, valable {hours} h, à lui remettre en main propre; la personne y choisit son mot de passe:',
    en: 'Their way in, shown this once only, good for {hours} h, to be handed to them in person; there they choose their password:',
  },
  'person.invitation-without': {
    fr: 'Cette personne a déjà un mot de passe: elle se connecte comme avant.',
    en: 'This person has a password already: they sign in as before.',
  },
  'person.second-proof': {
    fr: 'Ensuite, le personnel donne aussi à chaque connexion un code reçu par courriel: il faut donc un serveur de courriel (docs/installation.md).',
    en: 'After that, staff also give a code received by e-mail each time they sign in: a mail server is therefore needed (docs/installation.md).',
  },
  'person.suspended': {
    fr: 'Le compte de {address} est suspendu. Sessions fermées: {count}. Pour le rouvrir: bin/pli person add.',
    en: 'The account of {address} is suspended. Sessions ended: {count}. To open it again: bin/pli person add.',
  },
  'import.unreadable': { fr: 'Le fichier {file} est illisible ({reason}).', en: 'The file {file} cannot be read ({reason}).' },
  'import.progress-read': { fr: '{count} lignes lues', en: '{count} lines read' },
  'import.progress-written': { fr: '{count} lignes traitées', en: '{count} lines dealt with' },
  'import.refused': {
    fr: "Rien n'est changé: {count} lignes sont à corriger dans {file}.",
    en: 'Nothing is changed: {count} lines of {file} are to be corrected.',
  },
  'import.more': { fr: '… et {count} autres', en: '… and {count} more' },
  'import.line': { fr: 'ligne {line}: {reason}', en: 'line {line}: {reason}' },
  'import.foretold': {
    fr: "Aperçu, rien n'est changé. Lignes: {lines}; comptes à créer: {created}; rôles à donner: {roles}. Pour le faire: la même commande avec --apply.",
    en: 'Preview, nothing is changed. Lines: {lines}; accounts to create: {created}; roles to give: {roles}. To do it: the same command with --apply.',
  },
  'import.done': {
    fr: "C'est fait. Lignes: {lines}; comptes créés: {created}; rôles donnés: {roles}. Ces personnes entrent par un code envoyé à leur adresse.",
    en: 'Done. Lines: {lines}; accounts created: {created}; roles given: {roles}. These people come in by a code sent to their address.',
  },
  'import.fault.empty': { fr: 'fichier vide', en: 'empty file' },
  'import.fault.column-missing': { fr: 'il manque la colonne {value}', en: 'the column {value} is missing' },
  'import.fault.column-twice': { fr: 'la colonne {value} est là deux fois', en: 'the column {value} is there twice' },
  'import.fault.not-utf-8': {
    fr: "ce n'est pas de l'UTF-8 (Latin-1 sans doute): enregistrez le fichier en «CSV UTF-8»",
    en: 'not UTF-8 (Latin-1 perhaps): save the file as "CSV UTF-8"',
  },
  'import.fault.quotes': { fr: 'guillemets mal fermés', en: 'quotes not closed properly' },
  'import.fault.too-long': { fr: 'ligne démesurée: un guillemet resté ouvert sans doute', en: 'line far too long: a quote left open perhaps' },
  'import.fault.fields': { fr: 'pas le bon nombre de colonnes ({value})', en: 'not the right number of columns ({value})' },
  'import.fault.name': { fr: 'nom absent, illisible ou trop long: {value}', en: 'name missing, unreadable or too long: {value}' },
  'import.fault.address': { fr: "ce n'est pas une adresse de courriel: {value}", en: 'not an e-mail address: {value}' },
  'import.fault.role': { fr: 'rôle inconnu: {value} (collaborator ou administrator)', en: 'unknown role: {value} (collaborator or administrator)' },
  'import.fault.duplicate': { fr: 'déjà à la ligne {value}', en: 'already at line {value}' },
  'keys.held': {
    fr: 'Destruction retenue depuis {since} ({reason}): bin/pli keys confirm',
    en: 'Destruction held since {since} ({reason}): bin/pli keys confirm',
  },
  'doctor.database': { fr: 'La base de données répond: PostgreSQL {version}', en: 'The database answers: PostgreSQL {version}' },
  'doctor.clock': {
    fr: "Les horloges de la machine et de la base s'accordent (écart: {count} s)",
    en: 'The clocks of the machine and the database agree (difference: {count} s)',
  },
  'doctor.clock-differs': {
    fr: "L'horloge de la machine et celle de la base diffèrent de {count} s: réglez-les (NTP). Au-delà de 5 minutes les clés ne sont plus détruites.",
    en: 'The clocks of the machine and the database differ by {count} s: set them right (NTP). Past 5 minutes keys are no longer destroyed.',
  },
  'doctor.migrations': { fr: 'La base est à jour pour cette version', en: 'The database is up to date for this version' },
  'doctor.keyring': { fr: 'Le trousseau {folder} est privé et entier (jours: {count})', en: 'The keyring {folder} is private and whole (days: {count})' },
  'doctor.keyring-foreign': { fr: "Ce trousseau n'est pas celui de cette base", en: 'This keyring is not that of this database' },
  'doctor.copy': { fr: 'La copie des clés a {count} h', en: 'The copy of the keys is {count} h old' },
  'doctor.copy-old': {
    fr: 'La copie des clés a {count} h, plus de 24: bin/pli backup --keys DOSSIER, chaque jour',
    en: 'The copy of the keys is {count} h old, more than 24: bin/pli backup --keys DIR, every day',
  },
  'doctor.copy-none': {
    fr: "Il n'y a aucune copie des clés: sans elles, perdre cette machine est perdre tous les messages. bin/pli backup --keys DOSSIER",
    en: 'There is no copy of the keys: without them, losing this machine is losing every message. bin/pli backup --keys DIR',
  },
  'doctor.storage': { fr: 'Les fichiers se rangent dans {folder} (libre: {french})', en: 'Files go into {folder} (free: {english})' },
  'doctor.storage-full': { fr: 'Il reste peu de place pour les fichiers dans {folder}: {french}', en: 'Little room is left for files in {folder}: {english}' },
  'doctor.storage-closed': { fr: 'Pli ne peut pas écrire dans {folder} ({reason})', en: 'Pli cannot write in {folder} ({reason})' },
  'doctor.smtp': { fr: 'Le relais de courriel nous accepte', en: 'The mail relay lets us in' },
  'doctor.smtp-none': {
    fr: "Aucun relais de courriel (PLI_SMTP_URL): personne n'est averti de rien, et aucun code n'arrive",
    en: 'No mail relay (PLI_SMTP_URL): nobody is told of anything, and no code arrives',
  },
  'doctor.smtp-fails': { fr: 'Le relais de courriel ne nous accepte pas: {reason}', en: 'The mail relay does not let us in: {reason}' },
  'doctor.domain-ok': { fr: "{check} du domaine d'envoi: {detail}", en: '{check} of the sending domain: {detail}' },
  'doctor.domain-unknown': { fr: '{check}: à vérifier soi-même ({detail})', en: '{check}: to be checked by hand ({detail})' },
  'doctor.domain-missing': { fr: '{check} manque: {detail}', en: '{check} is missing: {detail}' },
  'doctor.domain-wrong': { fr: '{check} est à corriger: {detail}', en: '{check} must be corrected: {detail}' },
  'keyring.none': { fr: "Il n'y a pas de trousseau dans {folder}.", en: 'There is no keyring in {folder}.' },
  'passphrase.missing': {
    fr: 'Il faut la phrase de passe: dans PLI_KEYS_PASSPHRASE, ou tapée dans un terminal.',
    en: 'The passphrase is needed: in PLI_KEYS_PASSPHRASE, or typed in a terminal.',
  },
  'passphrase.short': { fr: 'Phrase de passe trop courte: au moins {min} caractères.', en: 'Passphrase too short: at least {min} characters.' },
  'passphrase.differs': { fr: 'Les deux phrases diffèrent.', en: 'The two passphrases differ.' },
  'backup.exists': {
    fr: '{folder} existe déjà. Donnez un dossier neuf à chaque sauvegarde, la date par exemple.',
    en: '{folder} exists already. Give each backup a new folder, the date for instance.',
  },
  'backup.done': {
    fr: 'Sauvegarde entière: {folder}. Lignes: {rows}; fichiers: {files} ({french}). Elle ne contient aucune clé: bin/pli backup --keys.',
    en: 'Whole backup: {folder}. Rows: {rows}; files: {files} ({english}). It holds no key: bin/pli backup --keys.',
  },
  'backup.keys-done': {
    fr: 'Copie des clés: {file} (jours: {days}). Elle remplace la précédente. Gardez-la ailleurs que les sauvegardes, et la phrase de passe ailleurs encore.',
    en: 'Copy of the keys: {file} (days: {days}). It replaces the last one. Keep it apart from the backups, and the passphrase apart from both.',
  },
  'backup.keys-of-another': {
    fr: "{folder} garde la copie des clés d'un autre Pli, qu'il ne faut pas perdre: donnez un autre dossier.",
    en: 'The folder {folder} keeps the copy of the keys of another Pli, which must not be lost: give another folder.',
  },
  'restore.done': {
    fr: "Restauré à l'état du {at}. Fichiers: {files}. Avis et codes qui attendaient alors, et ne seront pas renvoyés: {count}. Chacun se connecte de nouveau. Lancez bin/pli doctor, puis Pli.",
    en: 'Restored as of {at}. Files: {files}. Notices and codes that waited then, and are not sent again: {count}. Everybody signs in again. Run bin/pli doctor, then Pli.',
  },
  'restore.keys-closed': {
    fr: "La copie des clés de {folder} ne s'ouvre pas: la phrase de passe n'est pas la bonne, ou le fichier est abîmé. Rien n'est écrit.",
    en: 'The copy of the keys in {folder} does not open: the passphrase is wrong, or the file is damaged. Nothing is written.',
  },
  'restore.keys-absent': { fr: "Il n'y a pas de copie des clés {file}. Rien n'est écrit.", en: 'There is no copy of the keys {file}. Nothing is written.' },
  'restore.keys-needed': {
    fr: "Il n'y a pas de trousseau dans {folder}: donnez la copie des clés par --keys. Rien n'est écrit.",
    en: 'There is no keyring in {folder}: give the copy of the keys with --keys. Nothing is written.',
  },
  'restore.not-whole': {
    fr: "{folder} n'est pas une sauvegarde entière: elle a été interrompue, ou ce n'est pas ce dossier. Rien n'est écrit.",
    en: '{folder} is not a whole backup: it was interrupted, or this is not the folder. Nothing is written.',
  },
  'restore.manifest-altered': {
    fr: "La liste (manifest.json) de {folder} a été changée, ou vient d'une autre version. Rien n'est écrit.",
    en: 'The list (manifest.json) of {folder} was altered, or comes from another version. Nothing is written.',
  },
  'restore.sums': {
    fr: "Les empreintes (SHA256SUMS) de {folder} ont été changées. Rien n'est écrit.",
    en: 'The sums (SHA256SUMS) of {folder} were altered. Nothing is written.',
  },
  'restore.file-altered': {
    fr: "{path} manque dans {folder}, ou n'est plus ce qui a été sauvegardé. Rien n'est écrit.",
    en: '{path} is missing in {folder}, or is not what was backed up. Nothing is written.',
  },
  'restore.wrong-keys': {
    fr: "Ces clés ne sont pas celles de la sauvegarde {folder}. Rien n'est écrit.",
    en: 'These keys are not those of the backup {folder}. Nothing is written.',
  },
  'restore.days-missing': {
    fr: "La copie des clés est plus ancienne que la sauvegarde: il y manque des jours ({count}: {days}…). Prenez-en une plus récente; s'il n'y en a pas, --without-missing-days restaure le reste. Rien n'est écrit.",
    en: 'The copy of the keys is older than the backup: days are missing in it ({count}: {days}…). Take a later one; if there is none, --without-missing-days restores the rest. Nothing is written.',
  },
  'restore.newer': {
    fr: "La sauvegarde {folder} vient d'une autre version de Pli: restaurez-la avec celle-là, ou une plus récente. Rien n'est écrit.",
    en: 'The backup {folder} comes from another version of Pli: restore it with that one, or a later one. Nothing is written.',
  },
  'restore.database-used': {
    fr: "La base n'est pas vide: une restauration se fait dans une base neuve (PLI_DATA ou DATABASE_URL). Rien n'est écrit.",
    en: 'The database is not empty: restore into a new one (PLI_DATA or DATABASE_URL). Nothing is written.',
  },
  'restore.database-prepared': {
    fr: "La base est vide, mais une version plus récente que la sauvegarde {folder} l'a déjà préparée: donnez une base neuve (PLI_DATA ou DATABASE_URL). Rien n'est écrit.",
    en: 'The database is empty, but a version later than the backup {folder} has prepared it already: give a new one (PLI_DATA or DATABASE_URL). Nothing is written.',
  },
  'restore.folder-used': {
    fr: "{path} n'est pas vide: une restauration se fait dans un dossier neuf. Rien n'est écrit.",
    en: '{path} is not empty: restore into a new folder. Nothing is written.',
  },
  'restore.demonstration': {
    fr: "Cette sauvegarde est celle d'une démonstration: elle se restaure avec PLI_DEMO=on. Rien n'est écrit.",
    en: 'This backup is that of a demonstration: restore it with PLI_DEMO=on. Nothing is written.',
  },
  'restore.not-a-demonstration': {
    fr: "Cette sauvegarde n'est pas celle d'une démonstration: donnez PLI_DEMO=off. Rien n'est écrit.",
    en: 'This backup is not that of a demonstration: give PLI_DEMO=off. Nothing is written.',
  },
} as const;

export type AdministrationSentence = keyof typeof administrationSentences;

export function administrationSentence(key: AdministrationSentence, values: Record<string, string | number> = {}): { fr: string; en: string } {
  return filledIn(administrationSentences[key], values);
}
