import { askInSecret, refusal } from './terminal.ts';

/** Whoever has the file tries phrases as fast as they can pay for. */
const shortest = 15;

/** From PLI_KEYS_PASSPHRASE, for a timer, else typed; twice when it is to close something. */
export async function readPassphrase(purpose: 'to-close' | 'to-open'): Promise<string> {
  const given = process.env.PLI_KEYS_PASSPHRASE || (await askInSecret('ask.passphrase'));
  if (!given) throw refusal('passphrase.missing');
  if (purpose === 'to-open') return given;
  if ([...given].length < shortest) throw refusal('passphrase.short', { min: shortest });
  if (!process.env.PLI_KEYS_PASSPHRASE && (await askInSecret('ask.passphrase-again')) !== given) throw refusal('passphrase.differs');
  return given;
}
