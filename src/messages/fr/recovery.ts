import type { Catalogue } from '../catalogue.ts';

export const recovery = {
  'recovery.done': 'Votre mot de passe est changé. Toutes les sessions sont fermées. Connectez-vous avec le nouveau.',
  'recovery.lead': 'Nous envoyons un code à votre adresse. Vos messages et vos brouillons vous attendent.',
  'recovery.new.label': 'Nouveau mot de passe',
  'recovery.new.lead': "L'adresse {address} est confirmée. Une fois le mot de passe changé, toutes vos sessions se ferment et vos adresses sont averties.",
  'recovery.new.title': 'Choisissez un nouveau mot de passe',
  'recovery.remember': 'Je me souviens de mon mot de passe',
  'recovery.step.identifier': '1. Identifiant',
  'recovery.step.code': '2. Code',
  'recovery.step.password': '3. Nouveau mot de passe',
  'recovery.title': 'Réinitialiser le mot de passe',
  'invitation.lead':
    "Un administrateur vous a ouvert un compte à l'adresse {address}. Choisissez votre mot de passe : vous seul le connaîtrez. Ce lien ne sert qu'une fois.",
  'invitation.title': 'Bienvenue, {name}',
  'password.rule.common': 'Ni mot de passe courant, ni suite de touches, ni mot répété.',
  'password.rule.length': 'Au moins {count} caractères. Une phrase convient très bien.',
  'password.rule.own': 'Sans reposer sur votre nom, votre adresse ou votre organisation.',
  'refusal.password.missing': 'Écrivez un mot de passe.',
  'refusal.password.too-short': {
    one: 'Ce mot de passe compte {count} caractère. Il en faut au moins {min}. Une phrase de quelques mots suffit.',
    other: 'Ce mot de passe compte {count} caractères. Il en faut au moins {min}. Une phrase de quelques mots suffit.',
  },
  'refusal.password.too-long': 'Ce mot de passe dépasse {max} caractères. Raccourcissez-le.',
  'refusal.password.common': 'Ce mot de passe est courant : il serait essayé parmi les premiers. Ajoutez des mots qui ne vont pas ensemble.',
  'refusal.password.repeated': 'Ce mot de passe répète la même chose. Ajoutez des mots différents.',
  'refusal.password.keyboard': "Ce mot de passe suit les touches du clavier ou l'alphabet. Choisissez plutôt quelques mots.",
  'refusal.password.personal': "Ce mot de passe repose sur votre nom, votre adresse ou votre organisation. Choisissez d'autres mots.",
  'refusal.password.current-wrong': "Le mot de passe actuel n'est pas reconnu. Rien n'est changé. Réessayez.",
} as const satisfies Catalogue;
