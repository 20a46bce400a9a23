import { type Catalogue, verbatim } from '../catalogue.ts';

export const help = {
  'help.accessibility.check':
    "Pli est conçu pour le clavier, le lecteur d'écran, l'agrandissement à 200 % et les écrans de 320 pixels. Des vérifications automatiques accompagnent son développement.",
  'help.accessibility.contact':
    "Un obstacle vous empêche de lire ou d'écrire? Dites-le à votre organisation : elle vous donnera le contenu autrement et nous transmettra le problème.",
  'help.accessibility.lead': 'Ce que nous savons, et ce que nous ne savons pas encore.',
  'help.accessibility.limits': 'Limites connues',
  'help.accessibility.limits.documents': 'Les documents joints sont ceux que leur auteur a envoyés : Pli ne les rend pas plus accessibles.',
  'help.accessibility.limits.old': 'Les navigateurs antérieurs au printemps 2022 affichent une présentation simplifiée.',
  'help.accessibility.limits.readers': "Toutes les pages n'ont pas encore été essayées avec chaque lecteur d'écran.",
  'help.accessibility.status': "Aucun audit n'a encore été fait. Nous n'affirmons donc aucun niveau de conformité au RGAA ou aux WCAG.",
  'help.accessibility.status.title': 'État',
  'help.accessibility.title': 'Accessibilité',
  'help.accessibility.work': 'Ce qui est fait',
  'help.connexion.can': verbatim('Que puis-je faire en tant que participant?'),
  'help.connexion.can.download': 'Télécharger les documents joints en cliquant sur leur nom, sous le message.',
  'help.connexion.can.history': 'Voir qui a ouvert ou affiché un message, et quand, dans les activités de la conversation.',
  'help.connexion.can.not': "Vous ne pouvez pas lancer une conversation : c'est le rôle des collaborateurs de l'organisation.",
  'help.connexion.can.post': "Y répondre, et joindre des documents jusqu'à 1 Go au total par message.",
  'help.connexion.can.read': 'Ouvrir les messages que des collaborateurs vous ont envoyés.',
  'help.connexion.how': verbatim('Voici comment ça marche'),
  'help.connexion.how.answer': 'Vous répondez.',
  'help.connexion.how.answer.text':
    'Au bas de la conversation, « Afficher un message » ouvre une zone de texte. Avant que vous écriviez, la page dit qui lira.',
  'help.connexion.how.expire': 'Le message expire.',
  'help.connexion.how.expire.text':
    "La date est écrite au-dessus du message. Ensuite, son texte et ses documents ne sont plus disponibles pour personne; la trace de l'envoi reste.",
  'help.connexion.how.notice': 'Vous recevez un avis par courriel.',
  'help.connexion.how.notice.text':
    "Il donne l'adresse de la personne qui vous écrit et un bouton « Accéder au message ». Il ne contient ni texte ni document.",
  'help.connexion.how.open': 'Vous ouvrez le message.',
  'help.connexion.how.open.text':
    "Il est dans une enveloppe scellée. « Ouvrir » montre le texte, et l'ouverture est inscrite dans les activités de la conversation.",
  'help.connexion.how.sign-in': 'Vous vous connectez.',
  'help.connexion.how.sign-in.text': "Avec votre mot de passe ou un code reçu par courriel. Sans compte, vous en ouvrez un avec l'adresse qui a reçu l'avis.",
  'help.connexion.safe': 'Comment reconnaître un véritable avis?',
  'help.connexion.safe.text':
    "Un avis ne demande jamais votre mot de passe et ne contient aucun formulaire. En cas de doute, n'utilisez pas son bouton : tapez {host} dans votre navigateur et connectez-vous.",
  'help.connexion.title': verbatim("Qu'est-ce que le service Connexion?"),
  'help.connexion.what':
    'Connexion sert à échanger des messages et des documents confidentiels avec une organisation. Vous lisez et répondez ici, jamais dans votre boîte de courriel.',
  'help.connexion.who':
    'Seules la personne qui a lancé une conversation et celles qui y participent en lisent les messages. Les messages sont chiffrés au repos; la clé est détruite à leur expiration.',
  'help.contact': 'Joindre le soutien',
  'help.contact.none': "Votre organisation n'a pas indiqué de soutien. Adressez-vous à la personne qui vous a écrit.",
  'help.index.lead': 'Des réponses courtes. Si elles ne suffisent pas, le soutien est au bas de chaque page.',
  'help.index.title': 'Aide',
  'help.privacy.delete': 'Combien de temps',
  'help.privacy.delete.text':
    "Chaque message a une date d'expiration, écrite au-dessus de lui. Dès cet instant, plus personne ne lit son texte ni ses documents dans Pli; le titre suit avec le dernier message de la conversation. Dans les deux jours, la clé est détruite : même une sauvegarde ne permet plus de les lire. Il reste l'adresse de l'expéditeur, les dates et les activités.",
  'help.privacy.lead': 'Ce que Pli garde, qui le lit, et pour combien de temps.',
  'help.privacy.not': 'Ce que Pli ne fait pas',
  'help.privacy.not.mail': 'Les avis ne contiennent ni texte, ni nom de document, ni image de suivi.',
  'help.privacy.not.third': "Les pages ne chargent rien d'un autre site et ne mesurent pas votre visite.",
  'help.privacy.stored': 'Ce qui est enregistré',
  'help.privacy.stored.activity':
    "Les activités d'une conversation : qui l'a créée, qui a ouvert, affiché ou téléchargé quoi, et quand. Les participants voient cette liste.",
  'help.privacy.stored.cookies':
    "Des témoins nécessaires : votre session, un appareil déjà reconnu, la langue et l'apparence choisies. Aucun témoin publicitaire.",
  'help.privacy.stored.messages':
    "Les titres, les messages et les documents, chiffrés au repos, clé détruite à l'expiration. Vos brouillons, chiffrés de même, que vous seul relisez : 30 jours, puis leur clé est détruite.",
  'help.privacy.stored.profile':
    "Votre nom, vos adresses courriel et vos préférences. Votre mot de passe n'est gardé que sous une forme qui ne permet pas de le retrouver.",
  'help.privacy.stored.sign-in': 'Vos sessions ouvertes et les tentatives de connexion, pour protéger votre compte.',
  'help.privacy.title': 'Confidentialité',
  'help.privacy.who': 'Qui lit vos messages',
  'help.privacy.who.admin':
    "Les administrateurs de l'organisation voient des nombres et des états de remise, jamais un contenu. Il n'existe pas d'accès d'exception.",
  'help.privacy.who.people': "La personne qui a lancé la conversation et celles qui y participent. Personne d'autre.",
  'help.privacy.who.server':
    "Le chiffrement se fait sur le serveur de l'organisation qui vous écrit. Il protège les données enregistrées; ce n'est pas un chiffrement d'un appareil à l'autre.",
  'help.topics': 'Sujets',
} as const satisfies Catalogue;
