import { csvFile } from './files.ts';
import type { Story } from './story.ts';

/** Between colleagues, and what waits for Marie and Paul. */
export const teamStories: readonly Story[] = [
  {
    title: 'Comité de jeudi : dossiers à présenter',
    holder: 'paul',
    with: ['marie', 'alain'],
    daysAgo: 1,
    time: '15:20',
    newFor: ['marie'],
    postings: [
      {
        from: 'paul',
        hours: 0,
        text: "Bonjour,\n\nQuatre dossiers passent jeudi. Le tableau joint donne l'ordre et le temps prévu pour chacun.",
        files: [
          csvFile('Ordre du jour.csv', [
            ['Dossier', 'Minutes'],
            ['4471', '20'],
            ['4480', '15'],
            ['4502', '15'],
            ['4517', '10'],
          ]),
        ],
        sealedFor: ['marie', 'alain'],
      },
    ],
  },
  {
    title: 'Remplacement pendant les vacances',
    holder: 'marie',
    with: ['paul'],
    daysAgo: 6,
    time: '10:15',
    postings: [
      { from: 'marie', hours: 0, text: 'Paul, peux-tu suivre mes trois dossiers urgents pendant la semaine du 12?' },
      { from: 'paul', hours: 2, text: 'Bien sûr. Ajoute-moi aux conversations concernées avant de partir.' },
      { from: 'marie', hours: 4, text: "C'est fait pour deux; la troisième attend l'accord du client.", sealedFor: ['paul'] },
    ],
  },
  {
    title: 'Nouvelle adresse pour les dossiers',
    holder: 'paul',
    with: ['alain', 'marie'],
    daysAgo: 22,
    time: '11:45',
    postings: [
      { from: 'paul', hours: 0, text: "Alain, l'adresse du bureau des dossiers peut être fermée : plus personne n'y écrit." },
      { from: 'alain', hours: 5, text: 'Entendu, je la désactive cette semaine. Ses conversations resteront lisibles.' },
    ],
  },
];
