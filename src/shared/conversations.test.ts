import { expect, test } from 'vitest';
import { readNewConversation } from './conversations.ts';

function faultsOf(participants: string) {
  const read = readNewConversation({ titulaire: '01a20080-739c-725b-aa85-bc27e971a6b9', titre: 'Relevé', message: 'Bonjour', participants }, []);
  return read.ok ? [] : read.faults;
}

test('a megabyte of lines is refused by its number alone, at once', () => {
  const lines = Array.from({ length: 200_000 }, (_, n) => `x${n}`).join('\n');
  expect(faultsOf(lines)).toEqual([{ field: 'participants', code: 'participants.too-many', data: { count: 200_000, limit: 100 } }]);
});

test('lines that are no addresses are named, each once', () => {
  const faults = faultsOf('jeand@courriel.example\nNadia\nnadia\n');
  expect(faults).toEqual([{ field: 'participants', code: 'participants.not-an-address', data: { addresses: 'nadia', count: 1 } }]);
});
