import { csvFile, textFile } from './files.ts';
import type { Posting, Story, Who } from './story.ts';

type Line = readonly [from: Who, hours: number, text: string];

type Beginning = readonly [holder: 'marie' | 'paul' | 'dossiers', daysAgo: number, time: string, title: string];

/** A story between its holder and Jean, all read. */
function told([holder, daysAgo, time, title]: Beginning, first: Line, ...others: readonly Line[]): Story {
  const posting = ([from, hours, text]: Line): Posting => ({ from, hours, text });
  return { title, holder, with: ['jean'], daysAgo, time, postings: [posting(first), ...others.map(posting)] };
}

/** What Jean has read and answered over the year. */
export const pastStories: readonly Story[] = [
  told(
    ['marie', 8, '09:40', 'Rendez-vous de suivi'],
    ['marie', 0, 'Bonjour Jean,\n\nJe vous propose jeudi, 10 h, à nos bureaux. Apportez le dernier relevé du chantier.'],
    ['jean', 3, "C'est noté pour jeudi, 10 h."],
  ),
  told(
    ['paul', 10, '13:25', 'Remboursement des frais de déplacement'],
    ['paul', 0, "Bonjour,\n\nVos frais de la foire de Trois-Rivières sont admissibles. Envoyez-moi les reçus d'hébergement et de carburant."],
    ['jean', 46, 'Les reçus sont classés; je les dépose à vos bureaux vendredi.'],
  ),
  told(
    ['marie', 12, '11:00', 'Attestation fiscale'],
    [
      'marie',
      0,
      "Bonjour Jean,\n\nVotre attestation de conformité fiscale arrive à échéance. La nouvelle se demande en ligne, avec votre numéro d'entreprise.",
    ],
    ['jean', 25, "C'est fait, elle est valable pour trois mois."],
  ),
  told(
    ['paul', 14, '15:10', "Lecture du compteur d'eau"],
    ['paul', 0, "Bonjour,\n\nLa municipalité demande la lecture du compteur de l'atelier avant la fin du mois, à cause des travaux."],
  ),
  told(
    ['marie', 17, '08:50', 'Plan de formation'],
    [
      'marie',
      0,
      'Bonjour Jean,\n\nVoici les trois formations dont nous avons parlé : sécurité des machines, lecture de plans, vente. La première est obligatoire pour les apprentis.',
    ],
    ['jean', 6, 'Inscrivez-nous aux deux premières, quatre personnes.'],
    ['marie', 29, "C'est fait : les 12 et 19, à Drummondville."],
  ),
  told(
    ['marie', 20, '16:05', 'Bail commercial : renouvellement'],
    ['marie', 0, "Bonjour Jean,\n\nLe propriétaire propose cinq ans, avec une hausse de deux pour cent par année. L'option d'achat reste au contrat."],
    ['jean', 22, "L'option d'achat est l'essentiel pour moi. J'accepte."],
  ),
  told(
    ['paul', 23, '10:45', "Correction d'une facture"],
    ['paul', 0, 'Bonjour,\n\nUne ligne a été comptée deux fois sur notre facture. Le crédit est de 236,40 $; il paraîtra sur la prochaine.'],
  ),
  told(
    ['marie', 27, '14:35', 'Questions du vérificateur'],
    ['marie', 0, "Bonjour Jean,\n\nLe vérificateur aimerait savoir comment vous évaluez le bois en inventaire : au coût d'achat ou au coût de remplacement?"],
    ['jean', 4, "Au coût d'achat, depuis toujours."],
    ['marie', 5, "Merci, c'est ce qu'il espérait."],
  ),
  told(
    ['paul', 31, '09:15', 'Dossier du crédit à la recherche'],
    ['paul', 0, "Bonjour Jean,\n\nPour le crédit, il faut décrire l'incertitude technique du projet, pas son intérêt commercial. Deux pages suffisent."],
    ['jean', 70, "J'ai écrit une première version avec mon chef d'atelier."],
    ['paul', 92, "Elle est très bien. J'ai seulement précisé les essais ratés : ce sont eux qui prouvent l'incertitude."],
  ),
  told(
    ['marie', 36, '11:20', "Lettre d'appui de la municipalité"],
    ['marie', 0, 'Bonjour Jean,\n\nLa mairie appuie le projet. Sa lettre sera jointe à la demande.'],
  ),
  told(
    ['marie', 41, '13:50', 'Calendrier des versements'],
    ['marie', 0, 'Bonjour Jean,\n\nTrois versements : à la signature, à mi-chantier, à la réception des travaux.'],
    ['jean', 21, 'Cela me convient.'],
  ),
  told(
    ['paul', 46, '10:00', 'Analyse du prix de revient'],
    ['paul', 0, "Bonjour,\n\nVotre table de chêne vous coûte 18 % de plus que vous ne le pensiez : le temps de ponçage n'était pas compté."],
    ['jean', 9, "Je m'en doutais. Que conseillez-vous?"],
    ['paul', 27, 'Augmenter le prix de huit pour cent, et regrouper les finitions. Je vous montre le calcul lors de ma visite.'],
  ),
  told(
    ['marie', 52, '15:30', 'Salon du meuble : réservation'],
    ['marie', 0, "Bonjour Jean,\n\nVotre emplacement est réservé, dans l'allée des artisans. Le montage est permis dès la veille à midi."],
  ),
  told(
    ['paul', 60, '09:05', 'Accès au compte du programme'],
    ['paul', 0, 'Bonjour Jean,\n\nLe programme a créé votre accès. Le mot de passe provisoire vous sera donné au téléphone, jamais par écrit.'],
    ['jean', 2, "Bien reçu, j'attends votre appel."],
  ),
  told(
    ['marie', 68, '14:00', 'Garantie sur le planeur'],
    ['marie', 0, "Bonjour Jean,\n\nLe fabricant prolonge la garantie d'un an, car la pièce défectueuse a fait l'objet d'un rappel."],
  ),
  told(
    ['marie', 75, '10:25', 'Entente avec le fournisseur de bois'],
    ['marie', 0, 'Bonjour Jean,\n\nLe prix est fixé pour six mois si vous vous engagez sur 40 mètres cubes. Je vous conseille de signer.'],
    ['jean', 30, "J'ai signé ce matin."],
  ),
  told(
    ['paul', 84, '16:15', 'État des stocks'],
    ['paul', 0, "Bonjour,\n\nJ'aurais besoin de l'inventaire au dernier jour du mois, dans le format joint."],
    ['jean', 52, 'Voilà qui est fait.'],
  ),
  told(
    ['marie', 95, '08:40', 'Demande de subvention : première étape'],
    ['marie', 0, 'Bonjour Jean,\n\nLa première étape est acceptée. Vous avez trente jours pour déposer le dossier complet.'],
    ['jean', 5, 'Formidable. Par quoi commence-t-on?'],
    ['marie', 24, "Par le plan d'affaires. Je vous envoie le canevas."],
  ),
  told(['paul', 108, '11:35', "Cotisation d'équipement"], ['paul', 0, 'Bonjour,\n\nLe relevé de la cotisation est exact. Rien à faire de votre côté.']),
  told(
    ['marie', 120, '13:05', 'Références clients'],
    ['marie', 0, 'Bonjour Jean,\n\nLe comité demande trois clients à qui parler. Choisissez-les parmi les commandes de cette année.'],
    ['jean', 44, "Ils sont prévenus et d'accord."],
  ),
  told(
    ['marie', 135, '09:55', 'Certification du bois'],
    ['marie', 0, "Bonjour Jean,\n\nL'auditeur passera un mardi. Il regardera surtout la traçabilité, de la scierie à l'atelier."],
    ['jean', 20, 'Nos registres sont à jour.'],
  ),
  told(
    ['paul', 150, '15:45', 'Mise à jour de vos coordonnées'],
    ['paul', 0, 'Bonjour,\n\nVotre nouveau numéro de téléphone est enregistré. Le reste est inchangé.'],
  ),
  told(
    ['marie', 170, '10:50', 'Assemblée annuelle des partenaires'],
    ['marie', 0, 'Bonjour Jean,\n\nVous êtes invité à présenter votre parcours, dix minutes, à la prochaine assemblée.'],
    ['jean', 66, 'Avec plaisir, si je peux apporter une chaise.'],
  ),
  told(
    ['paul', 195, '14:15', 'Retenues à la source'],
    ['paul', 0, "Bonjour Jean,\n\nLe calcul des retenues du deuxième apprenti était inversé. C'est corrigé, sans pénalité."],
  ),
  told(
    ['marie', 225, '09:25', 'Bilan de la première année'],
    ['marie', 0, "Bonjour Jean,\n\nUn an déjà. Le chiffre d'affaires a progressé de onze pour cent et deux emplois sont créés : c'est au-delà du plan."],
    ['jean', 8, 'Merci pour votre accompagnement.'],
  ),
  told(
    ['marie', 260, '16:30', 'Prévisions de trésorerie'],
    ['marie', 0, "Bonjour Jean,\n\nLe creux de l'hiver se règle par une marge de crédit de 15 000 $, remboursée au printemps."],
    ['jean', 15, "D'accord. Je préfère la prévoir que la subir."],
  ),
  told(
    ['paul', 300, '11:10', 'Contrat de service'],
    ['paul', 0, 'Bonjour,\n\nLe contrat est prolongé aux mêmes conditions.'],
    ['jean', 40, 'Signé et déposé.'],
  ),
  told(
    ['paul', 340, '10:20', 'Numérisation des anciens plans'],
    ['paul', 0, "Bonjour Jean,\n\nVos plans d'avant l'incendie de l'entrepôt sont numérisés et sauvegardés en deux endroits."],
  ),
  told(
    ['marie', 361, '09:45', 'Lettre de mandat'],
    ['marie', 0, 'Bonjour Jean,\n\nVoici notre lettre de mandat. Elle décrit ce que nous ferons ensemble et ce qui reste à votre charge.'],
    ['jean', 26, 'Lue et acceptée.'],
  ),
];

/** Their year is over: nothing of them can be read any more, and the list says so (000-48). */
export const expiredStories: readonly Story[] = [
  told(['marie', 372, '09:30', 'Ouverture de votre dossier'], ['marie', 0, 'Bonjour Jean, votre dossier est ouvert.'], ['jean', 4, 'Merci beaucoup.']),
  told(['paul', 395, '14:45', 'Première rencontre'], ['paul', 0, 'Bonjour Jean, voici le résumé de notre rencontre.']),
  told(
    ['marie', 430, '11:15', "Présentation de l'entreprise"],
    ['marie', 0, 'Bonjour Jean, pouvez-vous décrire votre entreprise en dix lignes?'],
    ['jean', 27, 'Les voici.'],
    ['marie', 49, 'Très clair.'],
  ),
  // Its beginning has expired, its end has not.
  told(
    ['marie', 380, '10:00', 'Bail du premier local'],
    ['marie', 0, 'Bonjour Jean, le propriétaire accepte de vous louer le local.'],
    ['jean', 30, 'Je le prends.'],
    ['marie', 8500, "Bonjour Jean,\n\nLe dépôt de garantie du premier local vous sera rendu cette semaine : l'état des lieux est bon."],
  ),
];

/** Begun by a desk whose account is closed since: in red, and read-only (000-31, 000-32). */
export const redStories: readonly Story[] = [
  told(
    ['dossiers', 18, '09:00', 'Accusé de réception de vos pièces'],
    ['dossiers', 0, 'Bonjour,\n\nNous avons reçu vos douze pièces. Votre dossier est complet.'],
    ['jean', 6, 'Merci de votre rapidité.'],
  ),
  told(
    ['dossiers', 64, '13:40', 'Changement de numéro de dossier'],
    ['dossiers', 0, 'Bonjour,\n\nVotre dossier porte désormais le numéro 4471. Les anciens documents y sont rattachés.'],
  ),
  {
    ...told(
      ['dossiers', 128, '10:05', 'Copie de votre dossier'],
      ['dossiers', 0, 'Bonjour,\n\nVoici la copie que vous avez demandée. Elle tient en deux fichiers.'],
    ),
    postings: [
      {
        from: 'dossiers',
        hours: 0,
        text: 'Bonjour,\n\nVoici la copie que vous avez demandée. Elle tient en deux fichiers.',
        files: [
          textFile('Sommaire du dossier.txt', ['Dossier 4471', '', 'Ouvert à la demande de Jean Dubé', 'Pièces : 12']),
          csvFile('Pièces.csv', [
            ['No', 'Pièce'],
            ['1', 'Bilan'],
            ['2', 'Plans'],
            ['3', 'Bail'],
          ]),
        ],
      },
    ],
  },
];
