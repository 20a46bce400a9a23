import { type TranslationOf, verbatim } from '../catalogue.ts';
import type { mail as french } from '../fr/mail.ts';

export const mail = {
  'mail.greeting': 'Hello,',
  'mail.about': 'What is the Connexion service?',
  'mail.about.other-language': "Qu'est-ce que le service Connexion? (français)",
  'mail.help': 'Help: {reach}',
  'mail.help.hours': 'Help: {reach}, {hours}',

  'mail.notice.subject': 'A secure message is waiting for you',
  'mail.notice.from-collaborator': {
    one: 'A collaborator, {sender}, has sent you a secure message.',
    other: 'A collaborator, {sender}, has sent you {count} secure messages.',
  },
  'mail.notice.from-person': {
    one: '{sender} has sent you a secure message.',
    other: '{sender} has sent you {count} secure messages.',
  },
  'mail.notice.added-by-collaborator': 'A collaborator, {sender}, added you to a secure conversation.',
  'mail.notice.added-by-person': '{sender} added you to a secure conversation.',
  'mail.notice.again-from-collaborator': 'A collaborator, {sender}, reminds you that a secure conversation is waiting for you.',
  'mail.notice.again-from-person': '{sender} reminds you that a secure conversation is waiting for you.',
  'mail.notice.subject-conversation': 'A secure conversation is waiting for you',
  'mail.notice.button-conversation': 'Access the conversation',
  'mail.notice.opens-conversation': 'This link opens the sign-in page, never the conversation.',
  'mail.notice.other-language-conversation': 'Accéder à la conversation en français',
  'mail.notice.button': verbatim('Access the message'),
  'mail.notice.opens': 'This link opens the sign-in page, never the message.',
  'mail.notice.by-hand': 'Would you rather not click? Type {site} in your browser, then open the tab {reader}.',
  'mail.notice.promise': 'This notice contains no text, no title, no attachment and no form. It always comes from {from}.',
  'mail.notice.promise-with-title': 'This notice holds no text, no attachment and no form. It always comes from {from}.',
  'mail.notice.title': 'Title of the conversation: {title}',
  'mail.notice.wording': '{wording}',
  'mail.notice.other-language': 'Accéder au message en français',

  'mail.handed-over.subject': 'A conversation was handed over to you',
  'mail.handed-over.subject-several': 'Conversations were handed over to you',
  'mail.handed-over.text': {
    one: 'You now hold {count} conversation that {sender} held.',
    other: 'You now hold {count} conversations that {sender} held.',
  },
  'mail.handed-over.button': 'Access the conversations',
  'mail.handed-over.opens': 'This link opens the sign-in page, never the conversations.',
  'mail.handed-over.other-language': 'Accéder aux conversations en français',

  'mail.reminder.subject': 'A secure message is still waiting for you',
  'mail.reminder.unopened': {
    one: 'You have not opened it yet.',
    other: 'You have not opened them yet.',
  },
  'mail.expiry.subject': 'A secure message expires soon',
  'mail.expiry.week': {
    one: 'You have not opened it yet. It expires within 7 days: after that, nobody can read it any more.',
    other: 'You have not opened them yet. They expire within 7 days: after that, nobody can read them any more.',
  },
  'mail.expiry.day': {
    one: 'You have not opened it yet. It expires within 24 hours: after that, nobody can read it any more.',
    other: 'You have not opened them yet. They expire within 24 hours: after that, nobody can read them any more.',
  },

  'mail.code.subject.sign-in': 'Your code to sign in',
  'mail.code.subject.address': 'Your code to confirm this address',
  'mail.code.subject.reset': 'Your code to choose a new password',
  'mail.code.opening.sign-in': 'Here is the code to type in the page where you are signing in.',
  'mail.code.opening.address': 'Here is the code to type in your profile to confirm that this address is yours.',
  'mail.code.opening.reset': 'Here is the code to type in the page where you are choosing a new password.',
  'mail.code.validity': {
    one: 'It is valid for {count} minute, once, in the browser that asked for it.',
    other: 'It is valid for {count} minutes, once, in the browser that asked for it.',
  },
  'mail.code.not-you': 'You asked for nothing? Ignore this email: without the code, nobody gets in.',
  'mail.code.promise': 'Nobody will ever ask you for this code, by phone or in writing. This email always comes from {from}.',

  'mail.invitation.subject': 'You have been given access',
  'mail.invitation.opening': '{organisation} gives you access to Connexion, its service for confidential messages.',
  'mail.invitation.button': 'Sign in',
  'mail.invitation.how': 'Give your address, {reader}, then copy the code you will receive. After that you choose your password.',
  'mail.invitation.not-you': 'You were not expecting anything? Do nothing, and tell the organisation.',
  'mail.invitation.promise': 'This message holds no password, no code and no form. It always comes from {from}.',

  'mail.alert.subject.password-changed': 'Your password has changed',
  'mail.alert.subject.password-reset': 'Your password has been reset',
  'mail.alert.subject.address-joined': 'An address has been added to your profile',
  'mail.alert.subject.address-removed': 'An address was removed from your profile',
  'mail.alert.opening.password-changed': 'The password of your Connexion profile has just changed.',
  'mail.alert.opening.password-reset': 'The password of your Connexion profile has just been reset. All your sessions are closed.',
  'mail.alert.opening.address-joined': 'One more address has just been added to your Connexion profile.',
  'mail.alert.opening.address-removed': 'An address was just removed from your Connexion profile. Its conversations stay its own.',
  'mail.alert.button': 'Choose a new password',
  'mail.alert.was-you': 'Was it you? There is nothing to do.',
  'mail.alert.was-not-you': 'Was it not you? Choose a new password right away.',
  'mail.alert.promise': 'This email contains no password, no code and no form. It always comes from {from}.',
} as const satisfies TranslationOf<typeof french>;
