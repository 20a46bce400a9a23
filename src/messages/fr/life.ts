import type { Catalogue } from '../catalogue.ts';

/** What happens to a conversation after it was started. */
export const life = {
  'refusal.delegation.not-a-colleague':
    "{address} n'est pas l'adresse d'un collaborateur actif de votre organisation. Rien n'est changé. Vérifiez l'adresse, ou demandez à l'administration.",
  'refusal.delegation.not-found': "Ce remplacement n'existe pas ou est déjà terminé.",
  'refusal.delegation.overlaps': "Un remplacement existe déjà pendant ces jours. Rien n'est changé. Terminez-le, ou choisissez d'autres jours.",
  'refusal.delegation.same': "C'est votre propre adresse. Rien n'est changé. Écrivez celle d'un collègue.",
  'refusal.delegation.wrong-days':
    "Le remplacement commence aujourd'hui ou plus tard, finit le même jour ou après, et dure {days} jours au plus. Rien n'est changé. Corrigez les jours.",
  'refusal.expiry.outside-policy':
    "La date d'expiration doit être après aujourd'hui, et de {min} à {max} jours après l'envoi. Rien n'est changé. Choisissez une autre date.",
  'refusal.holder.not-a-collaborator':
    "Cette adresse n'est pas celle d'un collaborateur actif de l'organisation. Le titulaire n'a pas changé. Vérifiez l'adresse, ou demandez à l'administration.",
  'refusal.holder.present': '{address} est titulaire de cette conversation et son compte est actif. Il n’y a rien à reprendre : vous pouvez y écrire.',
  'refusal.holder.same': "Cette adresse est déjà celle du titulaire. Rien n'est changé. Écrivez celle d'un collègue.",
  'refusal.message.gone': "Ce message a expiré ou a été retiré entre-temps. Rien d'autre n'est changé.",
  'refusal.message.opened-by-all':
    'Toutes les personnes de la conversation ont déjà ouvert ce message. Le retirer ne leur enlèverait rien : vous pouvez avancer son expiration.',
  'refusal.reminder.nobody': "Personne n'est à relancer : tous les messages sont ouverts. Rien n'est envoyé.",
  'refusal.reminder.too-many': 'Cette conversation a déjà {limit} relances prévues. Annulez-en une pour en prévoir une autre.',
  'refusal.reminder.too-soon': "Une relance est déjà partie depuis moins de 24 h. Rien n'est envoyé. Réessayez demain.",
  'refusal.reminder.wrong-day': "La relance doit partir après aujourd'hui et avant la dernière expiration. Rien n'est changé. Choisissez un autre jour.",
} as const satisfies Catalogue;
