import { expect, test } from 'vitest';
import { conversationLimits, readNewConversation } from './conversations.ts';

const letter = { titulaire: '01a20080-d809-7a56-9e6a-a5b0c89fe60e', titre: 'Relevé', message: 'Bonjour' };
const participants = (typed: string) => {
  const read = readNewConversation({ ...letter, participants: typed }, []);
  return read.ok ? read.value.participants : read.faults.map((fault) => fault.code);
};

test('000-C1: addresses are read a line each, with commas, or as mail programs copy them; doubles are one', () => {
  expect(participants('nadia.roy@courriel.example\r\n jeand@courriel.example ')).toEqual(['nadia.roy@courriel.example', 'jeand@courriel.example']);
  expect(participants('"Roy Nadia" <nadia.roy@courriel.example>; Jean Dubé <jeand@courriel.example>')).toEqual([
    'nadia.roy@courriel.example',
    'jeand@courriel.example',
  ]);
  expect(participants('Nadia.Roy@courriel.example,nadia.roy@courriel.example')).toHaveLength(1);
});

test('000-C1: what is not an address is named, and nobody is added', () => {
  for (const typed of ['nadia', 'nadia@', '@courriel.example', 'na dia@courriel.example', 'nadia@courriel', 'a@b@courriel.example', '<>']) {
    expect(participants(typed), typed).toEqual(['participants.not-an-address']);
  }
  expect(participants(' \n\n ')).toEqual(['participants.none']);
});

test('S-11: limits are counted after doubles are merged', () => {
  const many = Array.from({ length: conversationLimits.participants }, (_, n) => `personne${n}@courriel.example`);
  expect(participants([...many, ...many].join('\n'))).toHaveLength(100);
});
