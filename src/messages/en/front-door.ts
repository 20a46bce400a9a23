import type { TranslationOf } from '../catalogue.ts';
import type { frontDoor as french } from '../fr/front-door.ts';

export const frontDoor = {
  'front-door.door.help': 'First visit?',
  'front-door.door.help.to': 'What Connexion is, and what you can do with it',
  'front-door.door.lost': 'I cannot sign in',
  'front-door.door.lost.to': 'Choose a new password with a code sent by email',
  'front-door.door.notice': 'I received a notice by email',
  'front-door.door.notice.to': 'What a notice holds, and how to read the message',
  'front-door.doors': 'Choose what brings you here',
  'front-door.identifier.hint': 'Your full email address, the one that received the notice. Example: first.last@mail.example',
  'front-door.lead': 'The confidential messages of your organisation wait for you here. A notice by email lets you know; the message itself never leaves Pli.',
  'front-door.next': 'You then choose how to sign in: password or code by email.',
  'front-door.notice.address': 'The button “Access the message” leads to {host}. You can also type that address yourself.',
  'front-door.notice.never': 'A notice holds no message text, no document and no form. If it asks you for more, it is not from us.',
  'front-door.notice.open': 'Sign in with the address that received the notice, then click “Open”. Without an account, create one with that same address.',
  'front-door.notice.title': 'Did you receive a notice?',
  'front-door.safety.text': 'Check the address in your browser: {host}. Our notices never contain a form.',
  'front-door.safety.title': 'Before you type anything',
  'front-door.sign-in': 'Sign in',
  'front-door.title': 'Your confidential mail, through one door.',
} as const satisfies TranslationOf<typeof french>;
