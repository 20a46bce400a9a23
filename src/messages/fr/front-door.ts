import { type Catalogue, verbatim } from '../catalogue.ts';

export const frontDoor = {
  'front-door.door.help': 'Première visite?',
  'front-door.door.help.to': "Ce qu'est Connexion, et ce que vous pouvez y faire",
  'front-door.door.lost': "Je n'arrive pas à me connecter",
  'front-door.door.lost.to': 'Choisir un nouveau mot de passe avec un code par courriel',
  'front-door.door.notice': "J'ai reçu un avis par courriel",
  'front-door.door.notice.to': 'Ce que contient un avis, et comment lire le message',
  'front-door.doors': 'Choisir ce qui vous amène',
  'front-door.identifier.hint': "Votre adresse courriel complète, celle qui a reçu l'avis. Exemple : prenom.nom@courriel.example",
  'front-door.lead':
    'Les messages confidentiels de votre organisation vous attendent ici. Un avis par courriel vous prévient; le message, lui, ne quitte pas Pli.',
  'front-door.next': 'Vous choisirez ensuite votre façon de vous connecter : mot de passe ou code par courriel.',
  'front-door.notice.address': 'Le bouton « Accéder au message » mène à {host}. Vous pouvez aussi taper cette adresse vous-même.',
  'front-door.notice.never': "Un avis ne contient ni le texte du message, ni document, ni formulaire. S'il vous en demande plus, ce n'est pas nous.",
  'front-door.notice.open': "Connectez-vous avec l'adresse qui a reçu l'avis, puis cliquez sur « Ouvrir ». Sans compte, ouvrez-en un avec cette même adresse.",
  'front-door.notice.title': 'Vous avez reçu un avis?',
  'front-door.safety.text': "Vérifiez l'adresse dans votre navigateur : {host}. Nos avis ne contiennent jamais de formulaire.",
  'front-door.safety.title': 'Avant de taper quoi que ce soit',
  'front-door.sign-in': verbatim('Se connecter'),
  'front-door.title': 'Votre courrier confidentiel, par une seule porte.',
} as const satisfies Catalogue;
