import { drawn } from './plan.ts';

const sentences = [
  'Bonjour, merci d’avoir pris le temps de m’écrire.',
  'Vous trouverez ci-dessous les précisions que vous demandiez au sujet de votre dossier.',
  'Le comité s’est réuni mardi et a examiné chacune des pièces que vous aviez jointes.',
  'Il manque encore la copie signée du formulaire, que vous pouvez déposer ici même.',
  'Nous avons pris bonne note de votre changement d’adresse.',
  'La prochaine rencontre aura lieu au troisième étage, dans la salle des archives.',
  'Pourriez-vous me confirmer les dates entre lesquelles vous serez absent?',
  'Les résultats vous seront communiqués dans cette conversation et nulle part ailleurs.',
  'Je transmets votre question à la personne qui suit votre demande depuis l’automne.',
  'Le délai habituel est de dix jours ouvrables à compter de la réception.',
  'N’hésitez pas à me dire si un point n’est pas clair.',
  'Le montant a été corrigé; la nouvelle version remplace la précédente.',
  'Voici ce que j’ai compris de notre échange de la semaine dernière.',
  'Aucune autre démarche n’est nécessaire de votre part pour le moment.',
  'Je vous souhaite une bonne fin de journée.',
  'Cordialement.',
];
const subjects = ['Dossier', 'Demande', 'Rendez-vous', 'Suivi', 'Attestation', 'Entente', 'Évaluation', 'Remboursement', 'Inscription', 'Stage'];
const firstNames = ['Marie', 'Paul', 'Alain', 'Jean', 'Nadia'];
const lastNames = ['Unetelle', 'Tremblay', 'Gagnon', 'Dubé', 'Roy'];

/** Between one and nine sentences, some 450 characters on average. */
export function textOf(m: number): string {
  const many = 1 + (drawn(m, 1_001) % 9);
  return Array.from({ length: many }, (_, n) => sentences[drawn(m, 1_010 + n) % sentences.length]).join(' ');
}

/** As the page shows it: unlike any other conversation's. */
export function titleOf(c: number): string {
  return `${subjects[c % subjects.length]} n° ${c + 1}`;
}

export function nameOf(person: number): string {
  return `${firstNames[person % firstNames.length]} ${lastNames[Math.floor(person / firstNames.length) % lastNames.length]}`;
}

export function addressOf(person: number): string {
  const name = nameOf(person).toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replace(' ', '.');
  return `${name}.${person}@courriel.example`;
}
