import { createReadStream } from 'node:fs';
import type { Ctx } from '#context';
import { importPeople, invitationHours, invitePerson, listMembers, settlePerson, suspendPerson } from '#domain/administration/api.ts';
import { administrationSentence } from '#messages/administration.ts';
import { translator } from '#messages/translate.ts';
import { readConfig } from '#platform/config/read-config.ts';
import { StartRefused } from '#platform/start-refused.ts';
import type { Result } from '#result';
import { addressSchema, type Role, roles } from '#shared/people.ts';
import { type Arguments, completeOptions } from './arguments.ts';
import { withContext } from './open.ts';
import { chooseOrganisation } from './organisations.ts';
import { refusal, say, showProgress, tell } from './terminal.ts';

const shownFaults = 50;
const progressEvery = 10_000;

/** `person add`: an account, its roles, and the way in that is shown once. */
export async function addPerson(given: Arguments): Promise<void> {
  const asked = await completeOptions(given, ['name', 'address']);
  const wanted = given.options.role === undefined ? (['collaborator'] as const) : given.options.role.split(',').map(roleNamed);
  checkAddress(asked.address);
  await withContext(async (ctx) => {
    const organisation = await chooseOrganisation(ctx, given.options.organisation);
    await settleAndInvite(ctx, { organisationId: organisation.id, ...asked, roles: wanted });
  });
}

export async function settleAndInvite(ctx: Ctx, asked: { organisationId: string; name: string; address: string; roles: readonly Role[] }): Promise<void> {
  done(await settlePerson(ctx, asked));
  tell('person.added', { name: asked.name, address: asked.address, roles: asked.roles.join(', ') });
  const invited = await invitePerson(ctx, asked.address);
  if (!invited.ok && invited.refusal.code === 'person.has-password') return tell('person.invitation-without');
  tell('person.invitation', { hours: invitationHours });
  say(`\n  ${publicAddress()}/invitation/${done(invited).token}\n`);
  tell('person.second-proof');
}

/** `person suspend`: felt at the next request. */
export async function suspend(given: Arguments): Promise<void> {
  const { address } = await completeOptions({ ...given, options: { address: given.rest[0] } }, ['address']);
  await withContext(async (ctx) => {
    const { sessions } = done(await suspendPerson(ctx, address));
    tell('person.suspended', { address, count: sessions });
  });
}

/** `person list`: one line a role; tabs between the columns, for other programs. */
export async function listPeople(given: Arguments): Promise<void> {
  await withContext(async (ctx) => {
    const slug = given.options.organisation;
    const organisationId = slug === undefined ? undefined : (await chooseOrganisation(ctx, slug)).id;
    for (let after: string | undefined, more = true; more; ) {
      const members = await listMembers(ctx, { organisationId, after });
      for (const { organisation, role, status, address, name } of members) say([organisation, role, status, address, name].join('\t'));
      after = members.at(-1)?.id;
      more = members.length > 0;
    }
  });
}

/** `people import FILE.csv`: whole or not at all; without `--apply` it only tells what would be done. */
export async function importList(given: Arguments): Promise<boolean> {
  const [file = ''] = given.rest;
  const apply = given.flags.has('apply');
  return withContext(async (ctx) => {
    const organisation = await chooseOrganisation(ctx, given.options.organisation);
    const outcome = await importPeople(ctx, { organisationId: organisation.id, source: bytesOf(file), apply, progress: showStage }).catch((error: Error) => {
      throw 'code' in error && 'path' in error ? refusal('import.unreadable', { file, reason: error.message }) : error;
    });
    if (outcome.done) {
      tell(apply ? 'import.done' : 'import.foretold', outcome.counts);
      return true;
    }
    for (const { line, fault, value } of outcome.faults.slice(0, shownFaults)) tellFault(line, administrationSentence(`import.fault.${fault}`, { value }));
    const more = outcome.faults.length - shownFaults;
    if (more > 0) tell('import.more', { count: more });
    tell('import.refused', { count: outcome.faults.length, file });
    return false;
  });
}

function tellFault(line: number, reason: { fr: string; en: string }): void {
  const { fr } = administrationSentence('import.line', { line, reason: reason.fr });
  const { en } = administrationSentence('import.line', { line, reason: reason.en });
  say(`${fr}\n${en}`);
}

function showStage(stage: 'read' | 'written', lines: number): void {
  if (lines % progressEvery === 0) showProgress(`import.progress-${stage}`, lines);
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(file)) yield Buffer.from(chunk);
}

export function checkAddress(address: string): void {
  if (!addressSchema.safeParse(address).success) throw refusal('address.wrong', { address });
}

function roleNamed(typed: string): Role {
  const role = roles.find((known) => known === typed.trim());
  if (!role) throw refusal('role.wrong', { role: typed });
  return role;
}

/** The value of what a verb allowed; its refusal otherwise, in both languages. */
export function done<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, data } = result.refusal;
  throw new StartRefused({ fr: translator('fr-CA')(`refusal.${code}`, data), en: translator('en')(`refusal.${code}`, data) });
}

function publicAddress(): string {
  const { config } = readConfig();
  return config.url ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`;
}
