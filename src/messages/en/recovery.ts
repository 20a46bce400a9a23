import type { TranslationOf } from '../catalogue.ts';
import type { recovery as french } from '../fr/recovery.ts';

export const recovery = {
  'recovery.done': 'Your password is changed. All sessions are closed. Sign in with the new one.',
  'recovery.lead': 'We send a code to your address. Your messages and drafts are waiting for you.',
  'recovery.new.label': 'New password',
  'recovery.new.lead': 'The address {address} is confirmed. Once the password is changed, all your sessions end and your addresses are told.',
  'recovery.new.title': 'Get your access back',
  'recovery.remember': 'I remember my password',
  'recovery.step.identifier': '1. Username',
  'recovery.step.code': '2. Code',
  'recovery.step.password': '3. New password',
  'recovery.title': 'Reset the password',
  'invitation.lead':
    'An administrator opened an account for you at the address {address}. Choose your password: nobody else will know it. This link serves once.',
  'invitation.title': 'Welcome, {name}',
  'password.rule.common': 'No common password, keyboard walk or repeated word.',
  'password.rule.length': 'At least {count} characters. A sentence does very well.',
  'password.rule.own': 'Not based on your name, your address or your organisation.',
  'refusal.password.missing': 'Type a password.',
  'refusal.password.too-short': {
    one: 'This password has {count} character. At least {min} are needed. A sentence of a few words is enough.',
    other: 'This password has {count} characters. At least {min} are needed. A sentence of a few words is enough.',
  },
  'refusal.password.too-long': 'This password is longer than {max} characters. Shorten it.',
  'refusal.password.common': 'This password is common: it would be tried among the first. Add words that do not go together.',
  'refusal.password.repeated': 'This password repeats the same thing. Add different words.',
  'refusal.password.keyboard': 'This password follows the keys of a keyboard or the alphabet. Choose a few words instead.',
  'refusal.password.personal': 'This password rests on your name, your address or your organisation. Choose other words.',
  'refusal.password.current-wrong': 'The present password is not recognised. Nothing has changed. Try again.',
} as const satisfies TranslationOf<typeof french>;
