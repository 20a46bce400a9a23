import type { TranslationOf } from '../catalogue.ts';
import type { help as french } from '../fr/help.ts';

export const help = {
  'help.accessibility.check':
    'Pli is designed for the keyboard, screen readers, 200% zoom and screens of 320 pixels. Automatic checks go with its development.',
  'help.accessibility.contact':
    'Something keeps you from reading or writing? Tell your organisation: it will give you the content another way and pass the problem on.',
  'help.accessibility.lead': 'What we know, and what we do not know yet.',
  'help.accessibility.limits': 'Known limits',
  'help.accessibility.limits.documents': 'Attached documents are as their author sent them: Pli does not make them more accessible.',
  'help.accessibility.limits.old': 'Browsers from before spring 2022 show a simplified layout.',
  'help.accessibility.limits.readers': 'Not every page has been tried with every screen reader yet.',
  'help.accessibility.status': 'No audit has been made yet. We therefore claim no level of conformity with RGAA or WCAG.',
  'help.accessibility.status.title': 'Status',
  'help.accessibility.title': 'Accessibility',
  'help.accessibility.work': 'What is done',
  'help.connexion.can': 'What can I do as a participant?',
  'help.connexion.can.download': 'Download the attached documents by clicking their name, under the message.',
  'help.connexion.can.history': 'See who opened or posted a message, and when, in the activity of the conversation.',
  'help.connexion.can.not': 'You cannot start a conversation: that is for the collaborators of the organisation.',
  'help.connexion.can.post': 'Answer, and attach documents up to 1 GB in all for one message.',
  'help.connexion.can.read': 'Open the messages that collaborators have sent you.',
  'help.connexion.how': 'How it works',
  'help.connexion.how.answer': 'You answer.',
  'help.connexion.how.answer.text': 'At the bottom of the conversation, “Post a message” opens a text box. Before you write, the page says who will read.',
  'help.connexion.how.expire': 'The message expires.',
  'help.connexion.how.expire.text':
    'The date is written above the message. After it, the text and documents are no longer available to anyone; the trace that it was sent remains.',
  'help.connexion.how.notice': 'You receive a notice by email.',
  'help.connexion.how.notice.text':
    'It gives the address of the person who writes to you and a button “Access the message”. It holds neither text nor document.',
  'help.connexion.how.open': 'You open the message.',
  'help.connexion.how.open.text': 'It is in a sealed envelope. “Open” shows the text, and the opening is recorded in the activity of the conversation.',
  'help.connexion.how.sign-in': 'You sign in.',
  'help.connexion.how.sign-in.text':
    'With your password or a code received by email. Without an account, you create one with the address that received the notice.',
  'help.connexion.safe': 'How do I recognise a genuine notice?',
  'help.connexion.safe.text':
    'A notice never asks for your password and contains no form. When in doubt, do not use its button: type {host} in your browser and sign in.',
  'help.connexion.title': 'What is the Connexion service?',
  'help.connexion.what':
    'Connexion is for exchanging confidential messages and documents with an organisation. You read and answer here, never in your mailbox.',
  'help.connexion.who':
    'Only the person who started a conversation and those who take part in it read its messages. Messages are encrypted at rest; the key is destroyed when they expire.',
  'help.contact': 'Reaching support',
  'help.contact.none': 'Your organisation has not named a support contact. Ask the person who wrote to you.',
  'help.index.lead': 'Short answers. If they are not enough, support is at the bottom of every page.',
  'help.index.title': 'Help',
  'help.privacy.delete': 'For how long',
  'help.privacy.delete.text':
    'Every message has an expiry date, written above it. From that instant nobody reads its text or documents in Pli; the title follows with the last message of the conversation. Within two days the key is destroyed: even a backup no longer lets them be read. What remains is the address of the sender, the dates and the activity.',
  'help.privacy.lead': 'What Pli keeps, who reads it, and for how long.',
  'help.privacy.not': 'What Pli does not do',
  'help.privacy.not.mail': 'Notices hold no text, no document name and no tracking image.',
  'help.privacy.not.third': 'Pages load nothing from another site and do not measure your visit.',
  'help.privacy.stored': 'What is stored',
  'help.privacy.stored.activity':
    'The activity of a conversation: who created it, who opened, posted or downloaded what, and when. Participants see this list.',
  'help.privacy.stored.cookies':
    'The cookies that are needed: your session, a device already known, the language and appearance you chose. No advertising cookie.',
  'help.privacy.stored.messages':
    'Titles, messages and documents, encrypted at rest, key destroyed at expiry. Your drafts, encrypted likewise, which you alone read again: 30 days, then their key is destroyed.',
  'help.privacy.stored.profile':
    'Your name, your email addresses and your preferences. Your password is kept only in a form from which it cannot be recovered.',
  'help.privacy.stored.sign-in': 'Your open sessions and attempts to sign in, to protect your account.',
  'help.privacy.title': 'Privacy',
  'help.privacy.who': 'Who reads your messages',
  'help.privacy.who.admin': 'Administrators of the organisation see numbers and delivery states, never a content. There is no exceptional access.',
  'help.privacy.who.people': 'The person who started the conversation and those who take part in it. Nobody else.',
  'help.privacy.who.server':
    'Encryption happens on the server of the organisation that writes to you. It protects what is stored; it is not encryption from one device to another.',
  'help.topics': 'Topics',
} as const satisfies TranslationOf<typeof french>;
