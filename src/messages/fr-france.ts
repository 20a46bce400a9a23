import type { Entry } from './catalogue.ts';
import type { fr } from './fr.ts';

/** What is said otherwise in France. Typography differs by rule, in `typography.ts`; only words are here. */
export const frFR: Readonly<Partial<Record<keyof typeof fr, Entry>>> = {
  'front-door.door.lost.to': 'Choisir un nouveau mot de passe avec un code par e-mail',
  'front-door.door.notice': "J'ai reçu un avis par e-mail",
  'front-door.identifier.hint': "Votre adresse e-mail complète, celle qui a reçu l'avis. Exemple : prenom.nom@courriel.example",
  'front-door.lead':
    'Les messages confidentiels de votre organisation vous attendent ici. Un avis par e-mail vous prévient; le message, lui, ne quitte pas Pli.',
  'front-door.next': 'Vous choisirez ensuite votre façon de vous connecter : mot de passe ou code par e-mail.',
  'help.connexion.how.notice': 'Vous recevez un avis par e-mail.',
  'help.connexion.how.sign-in.text': "Avec votre mot de passe ou un code reçu par e-mail. Sans compte, vous en ouvrez un avec l'adresse qui a reçu l'avis.",
  'help.connexion.what':
    'Connexion sert à échanger des messages et des documents confidentiels avec une organisation. Vous lisez et répondez ici, jamais dans votre boîte e-mail.',
  'help.privacy.stored.cookies':
    "Des cookies nécessaires : votre session, un appareil déjà reconnu, la langue et l'apparence choisies. Aucun cookie publicitaire.",
  'help.privacy.stored.profile':
    "Votre nom, vos adresses e-mail et vos préférences. Votre mot de passe n'est gardé que sous une forme qui ne permet pas de le retrouver.",
  'kit.rich.link.refused': "Cette adresse ne peut pas devenir un lien. Écrivez l'adresse d'une page web, une adresse e-mail ou un numéro de téléphone.",
  'refusal.message.link-refused':
    "Un lien mène à une adresse que Pli n'accepte pas : {address}. Le texte est gardé ici sans mise en forme. Les liens acceptés mènent à une page web (http, https), à une adresse e-mail ou à un numéro de téléphone.",
};
