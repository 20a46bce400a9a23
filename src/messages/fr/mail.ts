import { type Catalogue, verbatim } from '../catalogue.ts';

export const mail = {
  'mail.greeting': 'Bonjour,',
  'mail.about': "Qu'est-ce que le service Connexion?",
  'mail.about.other-language': verbatim('What is the Connexion service? (English)'),
  'mail.help': 'Aide : {reach}',
  'mail.help.hours': 'Aide : {reach}, {hours}',

  'mail.notice.subject': 'Un message sécurisé vous attend',
  'mail.notice.from-collaborator': {
    one: 'Un collaborateur, {sender}, vous a envoyé un message sécurisé.',
    other: 'Un collaborateur, {sender}, vous a envoyé {count} messages sécurisés.',
  },
  'mail.notice.from-person': {
    one: '{sender} vous a envoyé un message sécurisé.',
    other: '{sender} vous a envoyé {count} messages sécurisés.',
  },
  'mail.notice.button': verbatim('Accéder au message'),
  'mail.notice.opens': 'Ce lien ouvre la page de connexion, jamais le message.',
  'mail.notice.by-hand': "Vous préférez ne pas cliquer? Tapez {site} dans votre navigateur, puis ouvrez l'onglet {reader}.",
  'mail.notice.promise': 'Cet avis ne contient ni texte, ni titre, ni pièce jointe, ni formulaire. Il vient toujours de {from}.',
  'mail.notice.promise-with-title': 'Cet avis ne contient ni texte, ni pièce jointe, ni formulaire. Il vient toujours de {from}.',
  'mail.notice.title': 'Titre de la conversation : {title}',
  'mail.notice.wording': '{wording}',
  'mail.notice.other-language': verbatim('Access the message in English'),

  'mail.reminder.subject': 'Un message sécurisé vous attend toujours',
  'mail.reminder.unopened': {
    one: "Vous ne l'avez pas encore ouvert.",
    other: 'Vous ne les avez pas encore ouverts.',
  },
  'mail.expiry.subject': 'Un message sécurisé expire bientôt',
  'mail.expiry.week': {
    one: "Vous ne l'avez pas encore ouvert. Il expire d'ici 7 jours : ensuite, plus personne ne pourra le lire.",
    other: "Vous ne les avez pas encore ouverts. Ils expirent d'ici 7 jours : ensuite, plus personne ne pourra les lire.",
  },
  'mail.expiry.day': {
    one: "Vous ne l'avez pas encore ouvert. Il expire d'ici 24 h : ensuite, plus personne ne pourra le lire.",
    other: "Vous ne les avez pas encore ouverts. Ils expirent d'ici 24 h : ensuite, plus personne ne pourra les lire.",
  },

  'mail.code.subject.sign-in': 'Votre code pour ouvrir une session',
  'mail.code.subject.address': 'Votre code pour confirmer cette adresse',
  'mail.code.subject.reset': 'Votre code pour choisir un nouveau mot de passe',
  'mail.code.opening.sign-in': 'Voici le code à taper dans la page où vous ouvrez votre session.',
  'mail.code.opening.address': 'Voici le code à taper dans votre profil pour confirmer que cette adresse est la vôtre.',
  'mail.code.opening.reset': 'Voici le code à taper dans la page où vous choisissez un nouveau mot de passe.',
  'mail.code.validity': {
    one: "Il est valable {count} minute, une seule fois, dans le navigateur qui l'a demandé.",
    other: "Il est valable {count} minutes, une seule fois, dans le navigateur qui l'a demandé.",
  },
  'mail.code.not-you': "Vous n'avez rien demandé? Ignorez cet envoi : sans ce code, personne n'entre.",
  'mail.code.promise': 'Personne ne vous demandera ce code, ni au téléphone ni par écrit. Cet envoi vient toujours de {from}.',

  'mail.invitation.subject': 'Un accès vous est ouvert',
  'mail.invitation.opening': '{organisation} vous donne un accès à Connexion, son service de messages confidentiels.',
  'mail.invitation.button': 'Ouvrir une session',
  'mail.invitation.how': 'Donnez votre adresse, {reader}, puis recopiez le code que vous recevrez. Vous choisirez ensuite votre mot de passe.',
  'mail.invitation.not-you': "Vous n'attendiez rien? Ne faites rien, et prévenez l'organisation.",
  'mail.invitation.promise': 'Cet envoi ne contient ni mot de passe, ni code, ni formulaire. Il vient toujours de {from}.',

  'mail.alert.subject.password-changed': 'Votre mot de passe a changé',
  'mail.alert.subject.password-reset': 'Votre mot de passe a été réinitialisé',
  'mail.alert.subject.address-joined': 'Une adresse a été jointe à votre profil',
  'mail.alert.opening.password-changed': 'Le mot de passe de votre profil Connexion vient de changer.',
  'mail.alert.opening.password-reset': "Le mot de passe de votre profil Connexion vient d'être réinitialisé. Toutes vos sessions sont fermées.",
  'mail.alert.opening.address-joined': "Une adresse de plus vient d'être jointe à votre profil Connexion.",
  'mail.alert.button': 'Choisir un nouveau mot de passe',
  'mail.alert.was-you': "C'était vous? Vous n'avez rien à faire.",
  'mail.alert.was-not-you': "Ce n'était pas vous? Choisissez tout de suite un nouveau mot de passe.",
  'mail.alert.promise': 'Cet envoi ne contient ni mot de passe, ni code, ni formulaire. Il vient toujours de {from}.',
} as const satisfies Catalogue;
