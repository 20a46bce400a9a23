import type { Ctx, SignedInCtx } from '#context';
import { addMembership, createOrganisation, setMembershipStatus } from '#domain/organisations/api.ts';
import { savePassword } from '#domain/passwords/api.ts';
import { createProfile, setProfileStatus } from '#domain/people/api.ts';
import type { Result } from '#result';
import { signedInAs } from '../signed-in-as.ts';
import { demonstrationPassword, innovactione, people, type WorldPerson } from './people.ts';
import type { Who } from './story.ts';

/** Everybody who acts in the stories: the organisation, and for each name a persona and the actor behind it. */
export type Cast = { organisationId: string; members: ReadonlyMap<Who, Member> };
export type Member = { personaId: string; address: string; actor: SignedInCtx['actor'] };

/** Days before the first story. */
const settledDaysAgo = 800;
/** Days since the desk of files was closed. */
const deskClosedDaysAgo = 17;

export async function settlePeople(present: Ctx): Promise<Cast> {
  const ctx = daysBefore(present, settledDaysAgo);
  const { id: organisationId } = await createOrganisation(ctx, { ...innovactione, support: { ...innovactione.support } });
  const members = new Map<Who, Member>();
  for (const person of people) {
    for (const [who, member] of await settlePerson(ctx, organisationId, person)) members.set(who, member);
  }
  return { organisationId, members };
}

async function settlePerson(ctx: Ctx, organisationId: string, person: WorldPerson): Promise<[Who, Member][]> {
  const addresses = person.addresses.map(({ address }) => address);
  const profile = done(await createProfile(ctx, { displayName: person.displayName, addresses }));
  const personas = new Map(profile.personas.map(({ id, address }) => [address, id]));
  for (const { address, role } of person.addresses) {
    const personaId = personas.get(address);
    if (role && personaId) done(await addMembership(ctx, { organisationId, personaId, role }));
  }
  if (person.password) done(await savePassword(ctx, { profileId: profile.profileId, password: demonstrationPassword, ownWords: [] }));
  const { actor } = await signedInAs(ctx, addresses[0] ?? '');
  return person.addresses.map(({ who, address }) => [who, { personaId: personas.get(address) ?? '', address, actor }]);
}

/** The desk's role ends and nobody signs in as it any more. */
export async function closeDesk(present: Ctx, { organisationId, members }: Cast): Promise<void> {
  const ctx = daysBefore(present, deskClosedDaysAgo);
  const desk = members.get('dossiers');
  if (!desk) throw new Error('The desk of files is one of the cast');
  done(await setMembershipStatus(ctx, { organisationId, personaId: desk.personaId, role: 'collaborator', status: 'ended' }));
  await setProfileStatus(ctx, { profileId: desk.actor.profileId, status: 'suspended' });
}

function daysBefore(ctx: Ctx, days: number): Ctx {
  const at = new Date(ctx.now().getTime() - days * 86_400_000);
  return { ...ctx, now: () => at };
}

/** In the world everything is allowed: a refusal here is a fault of the world's author. */
export function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`The demonstration's world was refused: ${result.refusal.code}`);
  return result.value;
}
