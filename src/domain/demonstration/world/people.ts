import type { Role } from '#shared/people.ts';
import type { Who } from './story.ts';

/** Known to all, which is why a demonstration on a public address shows a banner. */
export const demonstrationPassword = 'Pli-demonstration-2026';

export const innovactione = {
  slug: 'innovactione',
  name: 'Innovactione',
  timeZone: 'America/Toronto',
  locale: 'fr-CA',
  support: {
    phone: '1 819 555-0142',
    email: 'soutien@innovactione.example',
    hoursFr: "peu importe le jour et l'heure",
    hoursEn: 'any day, any hour',
  },
} as const;

export type WorldPerson = {
  displayName: string;
  /** Every address of the person; the first is the one they sign in with. */
  addresses: readonly { who: Who; address: string; role?: Role }[];
  /** Nobody signs in as a person without one. */
  password: boolean;
};

export const people: readonly WorldPerson[] = [
  {
    displayName: 'Marie Unetelle',
    addresses: [{ who: 'marie', address: 'marie.unetelle@innovactione.example', role: 'collaborator' }],
    password: true,
  },
  {
    displayName: 'Paul Tremblay',
    addresses: [{ who: 'paul', address: 'paul.tremblay@innovactione.example', role: 'collaborator' }],
    password: true,
  },
  {
    displayName: 'Alain Gagnon',
    addresses: [{ who: 'alain', address: 'alain.gagnon@innovactione.example', role: 'administrator' }],
    password: true,
  },
  {
    displayName: 'Jean Dubé',
    addresses: [
      { who: 'jean', address: 'jeand@courriel.example' },
      { who: 'jeanAtAtelier', address: 'jean.dube@atelier.example' },
    ],
    password: true,
  },
  // A desk, not a person: its role ends once it has written, which turns its conversations red (000-31).
  {
    displayName: 'Bureau des dossiers',
    addresses: [{ who: 'dossiers', address: 'dossiers@innovactione.example', role: 'collaborator' }],
    password: false,
  },
];
