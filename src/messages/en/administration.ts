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
  'refusal.policy.changed-meanwhile':
    'Somebody else has just changed this policy. Nothing was saved, and what you typed is still here. Compare it with what holds now, then save.',
  'refusal.policy.colour': 'This colour cannot be read. Choose it again, in the form #rrggbb.',
  'refusal.policy.contact-address': 'This is not a whole e-mail address. Example: support@organisation.example',
  'refusal.policy.contact-unreadable': 'This line cannot be kept: one line only, {limit} characters at most.',
  'refusal.policy.contrast':
    'This colour makes a contrast of {ratio} with the texts; at least {least} is needed. Choose it darker, or lighter on a dark ground.',
  'refusal.policy.days': 'Write a number of days, from one to {days}.',
  'refusal.policy.days-order':
    'These lengths contradict each other: at least {min} days, at most {max}, and {days} by default. The default must lie between the other two.',
  'refusal.policy.domains': 'These words are not domains: {words}. Write them like this: organisation.example. {limit} domains at most.',
  'refusal.policy.locales-none': 'Choose at least one language.',
  'refusal.policy.logo-dimensions': 'This picture is {width} by {height} pixels. Nothing was changed. Each side must have from {least} to {most} pixels.',
  'refusal.policy.logo-format': 'This file is not a PNG, JPEG or WebP picture. Nothing was changed. Choose another.',
  'refusal.policy.logo-none': 'No picture is chosen. Nothing was changed.',
  'refusal.policy.logo-size': 'This picture is over 100 KB. Nothing was changed. Make it smaller, then choose it again.',
  'refusal.policy.size': 'Write a size in megabytes, from one to {limit}.',
  'refusal.policy.types': 'These words are not extensions: {words}. Write them like this: pdf, docx, png. {limit} extensions at most.',
  'refusal.policy.whom': 'the administrator of the organisation',
  'refusal.policy.wording-link': 'A notice holds no other link than its own: remove addresses and links from this sentence.',
  'refusal.policy.wording-too-long': 'This sentence has {count} characters, the limit is {limit}. Shorten it.',
  'refusal.policy.wording-unreadable': 'This sentence contains a character that cannot be kept. Type it again.',
} as const satisfies TranslationOf<typeof french>;
