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
  'refusal.policy.changed-meanwhile':
    "Quelqu'un d'autre vient de changer cette politique. Rien n'est enregistré, et ce que vous avez saisi est encore ici. Comparez avec ce qui vaut maintenant, puis enregistrez.",
  'refusal.policy.colour': 'Cette couleur ne se lit pas. Choisissez-la de nouveau, sous la forme #rrvvbb.',
  'refusal.policy.contact-address': "Ce n'est pas une adresse de courriel complète. Exemple : soutien@organisation.example",
  'refusal.policy.contact-unreadable': 'Cette ligne ne peut pas être gardée : une seule ligne, {limit} caractères au plus.',
  'refusal.policy.contrast':
    'Cette couleur donne un contraste de {ratio} avec les textes, il en faut {least} au moins. Choisissez-la plus foncée, ou plus claire sur fond sombre.',
  'refusal.policy.days': "Écrivez un nombre de jours, d'un à {days}.",
  'refusal.policy.days-order':
    'Ces durées se contredisent : au moins {min} jours, au plus {max}, et {days} par défaut. La durée par défaut doit se trouver entre les deux autres.',
  'refusal.policy.domains': 'Ces mots ne sont pas des domaines : {words}. Écrivez-les ainsi : organisation.example. {limit} domaines au plus.',
  'refusal.policy.locales-none': 'Choisissez au moins une langue.',
  'refusal.policy.logo-dimensions': "Cette image fait {width} sur {height} pixels. Rien n'est changé. Chaque côté doit compter de {least} à {most} pixels.",
  'refusal.policy.logo-format': "Ce fichier n'est pas une image PNG, JPEG ou WebP. Rien n'est changé. Choisissez-en une autre.",
  'refusal.policy.logo-none': "Aucune image n'est choisie. Rien n'est changé.",
  'refusal.policy.logo-size': "Cette image dépasse 100 Ko. Rien n'est changé. Réduisez-la, puis choisissez-la de nouveau.",
  'refusal.policy.size': "Écrivez une taille en mégaoctets, d'un à {limit}.",
  'refusal.policy.types': 'Ces mots ne sont pas des extensions : {words}. Écrivez-les ainsi : pdf, docx, png. {limit} extensions au plus.',
  'refusal.policy.whom': "l'administrateur de l'organisation",
  'refusal.policy.wording-link': 'Un avis ne contient aucun autre lien que le sien : retirez adresses et liens de cette phrase.',
  'refusal.policy.wording-too-long': 'Cette phrase compte {count} caractères, la limite est de {limit}. Raccourcissez-la.',
  'refusal.policy.wording-unreadable': 'Cette phrase contient un caractère qui ne peut pas être gardé. Tapez-la de nouveau.',
} as const satisfies Catalogue;
