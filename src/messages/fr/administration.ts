import type { Catalogue } from '../catalogue.ts';

/** What an organisation's administrator reads, and why their acts are refused. */
export const administration = {
  'refusal.member.address-not-valid': "Ce n'est pas une adresse de courriel complète. Rien n'est fait. Exemple : prenom.nom@organisation.example",
  'refusal.member.invited-already': "Une invitation vient de partir à cette adresse. Rien de plus n'est envoyé : une par minute, cinq par jour au plus.",
  'refusal.member.last-administrator':
    "Cette personne est la dernière à administrer l'organisation. Rien n'est changé. Donnez d'abord le rôle d'administrateur à quelqu'un d'autre.",
  'refusal.member.left-before':
    "Un compte a déjà été supprimé à cette adresse. Rien n'est fait : ses conversations reviendraient à qui la reçoit. Si c'est la même personne, cochez la case; sinon, donnez-lui une autre adresse.",
  'refusal.member.no-role': "Aucun rôle n'est choisi. Rien n'est changé. Choisissez-en un, ou supprimez le compte.",
  'refusal.member.not-collaborator':
    "Cette adresse n'est pas celle d'un collaborateur actif de l'organisation. Rien n'est transféré. Vérifiez-la dans la liste des collaborateurs.",
  'refusal.member.suspended-everywhere':
    "Ce compte a été suspendu par la personne qui administre l'installation, ou par une autre organisation. Rien n'est changé ici. Adressez-vous à elle.",
} as const satisfies Catalogue;
