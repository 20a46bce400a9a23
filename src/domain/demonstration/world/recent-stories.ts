import { csvFile, pdfFile, textFile } from './files.ts';
import type { Story } from './story.ts';

/** The last weeks: new, unread and lively conversations in Jean's list. */
export const recentStories: readonly Story[] = [
  {
    title: 'Réponse à votre demande de prêt',
    holder: 'marie',
    with: ['jean'],
    daysAgo: 1,
    time: '16:42',
    newFor: ['jean'],
    postings: [
      {
        from: 'marie',
        hours: 0,
        text: "Bonjour Jean,\n\nLe comité a étudié votre demande ce matin. Sa réponse est dans le document joint, avec les conditions et le calendrier des versements. Lisez surtout la page sur les garanties : c'est là que votre signature est attendue.\n\nJe suis disponible demain en avant-midi pour en parler.\n\nMarie",
        files: [
          pdfFile('Réponse du comité.pdf', [
            'Innovactione',
            '',
            'Réponse du comité de financement',
            '',
            'Montant accordé : 48 000 $',
            'Durée : 60 mois',
            'Garantie : équipement financé',
          ]),
        ],
        sealedFor: ['jean'],
      },
    ],
  },
  {
    title: 'Coordonnées bancaires pour le premier versement',
    holder: 'marie',
    with: ['jean', 'paul'],
    daysAgo: 2,
    time: '09:12',
    newFor: ['jean'],
    postings: [
      {
        from: 'marie',
        hours: 0,
        text: "Bonjour Jean,\n\nPour préparer le premier versement, il nous faut un spécimen de chèque ou le relevé d'identité de votre compte d'entreprise. Joignez-le ici, jamais par courriel ordinaire.\n\nPaul, de notre comptabilité, suit aussi cette conversation.",
        sealedFor: ['jean'],
      },
      { from: 'paul', hours: 3, text: 'Je confirme : dès réception, le virement part le jeudi suivant.', sealedFor: ['jean'] },
    ],
  },
  {
    title: "Visite de l'atelier : compte rendu",
    holder: 'paul',
    with: ['jean', 'marie'],
    daysAgo: 3,
    time: '11:05',
    newFor: ['jean'],
    postings: [
      {
        from: 'paul',
        hours: 0,
        text: "Bonjour,\n\nVoici le compte rendu de ma visite de mardi. J'y note trois points à régler avant l'inspection : l'extraction des poussières, l'armoire des solvants et la sortie de secours du côté cour.\n\nPaul",
        files: [
          textFile('Compte rendu de visite.txt', [
            "Visite de l'atelier",
            '',
            '1. Extraction des poussières : filtre à remplacer',
            '2. Armoire des solvants : fermeture à clé',
            '3. Sortie de secours, côté cour : dégager le passage',
          ]),
        ],
        sealedFor: ['jean'],
      },
    ],
  },
  {
    title: 'Assurance du bâtiment : pièces manquantes',
    holder: 'marie',
    with: ['jean'],
    daysAgo: 4,
    time: '14:20',
    postings: [
      {
        from: 'marie',
        hours: 0,
        text: "Bonjour Jean,\n\nL'assureur demande encore la preuve d'entretien du système d'alarme et l'année de réfection de la toiture. Les avez-vous sous la main?",
      },
      {
        from: 'jean',
        hours: 5,
        text: "Bonjour Marie,\n\nLa toiture date de huit ans. Pour l'alarme, je cherche la facture et je vous l'envoie cette semaine.",
      },
      {
        from: 'marie',
        hours: 26,
        text: "Merci. Si la facture est introuvable, une attestation de l'installateur suffit. Je vous joins le modèle accepté par l'assureur.",
        files: [textFile("Modèle d'attestation.txt", ['Je soussigné, installateur du système,', "atteste en avoir fait l'entretien le ______."])],
        sealedFor: ['jean'],
      },
    ],
  },
  {
    title: 'Embauche de deux apprentis',
    holder: 'paul',
    with: ['jean'],
    daysAgo: 5,
    time: '10:30',
    postings: [
      {
        from: 'paul',
        hours: 0,
        text: "Bonjour Jean,\n\nL'aide à l'embauche couvre la moitié du salaire des douze premières semaines. Combien de personnes pensez-vous prendre, et quand?",
      },
      {
        from: 'jean',
        hours: 20,
        text: "Bonjour Paul,\n\nDeux, dans six semaines environ. J'ai retenu deux candidatures; je vous les enverrai quand les personnes m'auront donné leur accord.",
        sealedFor: ['paul'],
      },
      { from: 'paul', hours: 27, text: "Très bien. La demande doit partir avant l'entrée en poste : gardez une semaine de marge.", sealedFor: ['jean'] },
      { from: 'paul', hours: 51, text: 'Le formulaire est prêt de notre côté; il ne manque que les dates.', sealedFor: ['jean'] },
    ],
  },
  {
    title: 'Soumission du dépoussiéreur',
    holder: 'marie',
    with: ['jean'],
    daysAgo: 6,
    time: '15:48',
    postings: [
      {
        from: 'marie',
        hours: 0,
        text: 'Bonjour Jean,\n\nTrois fournisseurs ont répondu. Le tableau joint les compare, taxes et installation comprises. Le deuxième est plus cher, mais livre en trois semaines.',
        files: [
          csvFile('Comparaison des soumissions.csv', [
            ['Fournisseur', 'Prix', 'Délai'],
            ['A', '18 400 $', '9 semaines'],
            ['B', '19 950 $', '3 semaines'],
            ['C', '18 900 $', '12 semaines'],
          ]),
        ],
      },
      { from: 'jean', hours: 18, text: "Merci, c'est clair. Je prends le B : chaque semaine d'arrêt me coûte plus que la différence.", sealedFor: ['marie'] },
    ],
  },
  {
    title: 'Inspection des incendies',
    holder: 'paul',
    with: ['jean'],
    daysAgo: 7,
    time: '09:35',
    postings: [
      {
        from: 'paul',
        hours: 0,
        text: "Bonjour Jean,\n\nL'inspecteur confirme sa visite du 14, à 9 h. Il demandera le registre des extincteurs et le plan d'évacuation.",
        sealedFor: ['jean'],
      },
    ],
  },
  {
    title: 'Avance sur commande : votre accord',
    holder: 'marie',
    with: ['jean'],
    daysAgo: 11,
    time: '16:55',
    postings: [
      {
        from: 'marie',
        hours: 0,
        text: "Bonjour Jean,\n\nVotre client propose de payer 40 % à la commande, en échange d'un escompte de deux pour cent. Qu'en pensez-vous?",
      },
      { from: 'jean', hours: 17, text: "C'est raisonnable. Et si la livraison prend du retard?" },
      { from: 'marie', hours: 20, text: "L'escompte tombe, l'avance reste. Le contrat modifié est prêt; dites-moi si je l'envoie.", sealedFor: ['jean'] },
    ],
  },
  {
    title: 'Convention de confidentialité à relire',
    holder: 'marie',
    with: ['jeanAtAtelier'],
    daysAgo: 2,
    time: '13:15',
    newFor: ['jeanAtAtelier'],
    postings: [
      {
        from: 'marie',
        hours: 0,
        text: "Bonjour Jean,\n\nJe vous écris à votre adresse de l'atelier, comme convenu, pour tout ce qui touche au brevet. La convention jointe doit être relue avant la rencontre avec le fabricant.",
        files: [pdfFile('Convention de confidentialité.pdf', ['Convention de confidentialité', '', 'Entre : Atelier Dubé', 'Et : le fabricant'])],
        sealedFor: ['jeanAtAtelier'],
      },
    ],
  },
  {
    title: 'Prototype : résultats des essais',
    holder: 'paul',
    with: ['jeanAtAtelier', 'marie'],
    daysAgo: 9,
    time: '08:55',
    postings: [
      {
        from: 'paul',
        hours: 0,
        text: "Bonjour à tous les deux,\n\nLe laboratoire a rendu ses mesures. L'assemblage tient à 1 200 cycles, soit le double de la norme visée.",
        files: [
          csvFile('Mesures.csv', [
            ['Cycle', 'Jeu (mm)'],
            ['0', '0,02'],
            ['600', '0,05'],
            ['1200', '0,09'],
          ]),
        ],
      },
      { from: 'jeanAtAtelier', hours: 4, text: 'Excellente nouvelle. Peut-on avoir le même essai avec le bois de frêne?' },
      { from: 'paul', hours: 30, text: 'Oui, ils le feront la semaine prochaine, sans frais supplémentaires.', sealedFor: ['jeanAtAtelier', 'marie'] },
    ],
  },
  {
    title: "Marque de commerce : recherche d'antériorité",
    holder: 'marie',
    with: ['jeanAtAtelier'],
    daysAgo: 33,
    time: '10:10',
    postings: [
      { from: 'marie', hours: 0, text: 'Bonjour Jean,\n\nLa recherche est terminée : aucun nom semblable dans votre classe de produits. Vous pouvez déposer.' },
      { from: 'jeanAtAtelier', hours: 7, text: 'Merci Marie. Je dépose vendredi.' },
    ],
  },
];
