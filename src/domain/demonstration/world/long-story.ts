import { csvFile, pdfFile } from './files.ts';
import type { Posting, Story, Who } from './story.ts';

/** 23 messages between three people: five windows, cut from the end (000-44). */
const lines: readonly [Who, number, string][] = [
  ['marie', 0, "Bonjour Jean, bonjour Paul,\n\nJ'ouvre cette conversation pour tout le dossier de l'agrandissement. Elle reste entre nous trois."],
  ['jean', 2, "Parfait. J'ai rencontré l'architecte hier; ses premiers plans arrivent la semaine prochaine."],
  ['paul', 5, 'Du côté du financement, deux programmes conviennent. Le premier exige trois soumissions, le second un bilan vérifié.'],
  ['jean', 26, 'Mon comptable peut produire le bilan pour la fin du mois.'],
  ['marie', 28, 'Alors visons le second : il couvre une plus grande part du coût, et les délais sont plus courts.'],
  ['paul', 50, 'Voici le budget de départ, avec une réserve de dix pour cent pour les imprévus.'],
  ['jean', 71, "La ligne de l'électricité me paraît basse. L'entrée actuelle ne suffira pas aux nouvelles machines."],
  ['paul', 74, "Bien vu. J'ajoute le remplacement de l'entrée électrique."],
  ['jean', 170, "Les plans sont là. L'architecte propose de garder le mur de brique du côté nord, ce qui évite une démolition."],
  ['marie', 172, 'Bonne idée, et la municipalité y tient : le bâtiment est dans le secteur patrimonial.'],
  ['paul', 196, 'Le permis peut donc être plus long à obtenir. Je me renseigne.'],
  ['paul', 220, "Six à huit semaines, d'après le service d'urbanisme, si le dossier est complet du premier coup."],
  ['jean', 244, 'Je dépose la demande de permis demain matin, avec les photos du mur.'],
  ['marie', 340, 'Avez-vous reçu le bilan vérifié?'],
  ['jean', 345, 'Oui, hier soir. Le voici. Le bénéfice a un peu baissé à cause du bois, mais le carnet de commandes est plein.'],
  ['marie', 364, "C'est cohérent avec ce que nous avions annoncé. Je le dépose au programme aujourd'hui."],
  ['paul', 412, "Accusé de réception du programme : notre demande est complète. Réponse d'ici trente jours."],
  ['jean', 700, 'Le permis est accordé, avec une seule condition : refaire les joints de brique à la chaux.'],
  ['paul', 703, 'Cela ajoute environ 4 000 $. La réserve le permet.'],
  ['marie', 1010, 'Le programme accepte notre demande, pour le montant entier. Toutes mes félicitations.'],
  ['jean', 1013, "Merci à vous deux. L'entrepreneur peut commencer le premier lundi du mois."],
  ['paul', 1034, "Je prépare l'échéancier des versements. Chaque étape demandera une facture et une photo du chantier."],
  ['marie', 1180, "Jean, avant le premier coup de pelle : l'avenant d'assurance chantier est-il signé?"],
];

const files: Record<number, Posting['files']> = {
  5: [
    csvFile('Budget.csv', [
      ['Poste', 'Montant'],
      ['Structure', '112 000 $'],
      ['Électricité', '14 000 $'],
      ['Réserve', '12 600 $'],
    ]),
  ],
  14: [pdfFile('Bilan vérifié.pdf', ['Atelier Dubé', '', 'Bilan vérifié', '', 'Actif : 412 300 $', 'Passif : 187 900 $'])],
};

const [first, ...others] = lines.map(([from, hours, text], index): Posting => {
  const attached = files[index];
  return { from, hours, text, ...(attached && { files: attached }), ...(index >= lines.length - 2 && { sealedFor: ['jean'] as const }) };
});
if (!first) throw new Error('A story has a first message');

export const longStory: Story = {
  title: "Agrandissement de l'atelier",
  holder: 'marie',
  with: ['jean', 'paul'],
  daysAgo: 55,
  time: '09:30',
  postings: [first, ...others],
};
