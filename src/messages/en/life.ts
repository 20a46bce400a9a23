import type { TranslationOf } from '../catalogue.ts';
import type { life as source } from '../fr/life.ts';

export const life = {
  'refusal.delegation.not-a-colleague':
    '{address} is not the address of an active collaborator of your organisation. Nothing has changed. Check the address, or ask the administration.',
  'refusal.delegation.not-found': 'This delegation does not exist or has already ended.',
  'refusal.delegation.overlaps': 'A delegation already exists on these days. Nothing has changed. End it, or choose other days.',
  'refusal.delegation.same': 'This is your own address. Nothing has changed. Write that of a colleague.',
  'refusal.delegation.wrong-days':
    'The delegation begins today or later, ends on the same day or after, and lasts {days} days at most. Nothing has changed. Correct the days.',
  'refusal.expiry.outside-policy':
    'The expiry date must be after today, and from {min} to {max} days after the sending. Nothing has changed. Choose another date.',
  'refusal.holder.not-a-collaborator':
    'This is not the address of an active collaborator of the organisation. The holder has not changed. Check the address, or ask the administration.',
  'refusal.holder.present': '{address} holds this conversation and their account is active. There is nothing to take over: you can write in it.',
  'refusal.holder.same': 'This is the holder’s address already. Nothing has changed. Write that of a colleague.',
  'refusal.message.gone': 'This message has expired or was withdrawn meanwhile. Nothing else has changed.',
  'refusal.message.opened-by-all':
    'Everybody in the conversation has already opened this message. Withdrawing it would take nothing from them: you can bring its expiry forward.',
  'refusal.reminder.nobody': 'There is nobody to remind: all messages are open. Nothing is sent.',
  'refusal.reminder.too-many': 'This conversation already has {limit} reminders scheduled. Cancel one to schedule another.',
  'refusal.reminder.too-soon': 'A reminder has left less than 24 hours ago. Nothing is sent. Try again tomorrow.',
  'refusal.reminder.wrong-day': 'The reminder must leave after today and before the last expiry. Nothing has changed. Choose another day.',
} as const satisfies TranslationOf<typeof source>;
