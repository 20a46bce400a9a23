import type { TranslationOf } from '../catalogue.ts';
import type { administration as french } from '../fr/administration.ts';

export const administration = {
  'refusal.member.address-not-valid': 'This is not a whole e-mail address. Nothing was done. Example: first.last@organisation.example',
  'refusal.member.invited-already': 'An invitation has just left for this address. Nothing more is sent: one a minute, five a day at most.',
  'refusal.member.last-administrator':
    'This person is the last to administer the organisation. Nothing was changed. First give the role of administrator to somebody else.',
  'refusal.member.left-before':
    'An account was deleted at this address before. Nothing was done: its conversations would go back to whoever receives it. If it is the same person, tick the box; if not, give them another address.',
  'refusal.member.no-role': 'No role is chosen. Nothing was changed. Choose one, or delete the account.',
  'refusal.member.not-collaborator':
    'This address is not one of an active collaborator of the organisation. Nothing was handed over. Check it in the list of collaborators.',
  'refusal.member.suspended-everywhere':
    'This account was suspended by whoever administers the installation, or by another organisation. Nothing was changed here. Ask them.',
} as const satisfies TranslationOf<typeof french>;
