import type { Ctx } from '#context';
import { addMembership, createOrganisation } from '#domain/organisations/api.ts';
import { savePassword } from '#domain/passwords/api.ts';
import { createProfile } from '#domain/people/api.ts';
import { beginSignIn, confirmCode, type Purpose, requestCode, type Step, signInWithPassword, type Visit } from '#domain/sign-in/api.ts';
import type { Result } from '#result';
import type { Role } from '#shared/people.ts';
import type { World } from './world.ts';

/** Long enough, and nobody's own word. */
export const goodPassword = 'Quatre-vents 38 sous la pluie';

/** One browser at the sign-in door, with its two cookies. */
export type Visitor = {
  visit: Visit;
  begins(identifier: string, purpose?: Purpose, returnTo?: string): Promise<Result<{ flow: string }>>;
  givesPassword(password: string): Promise<Result<Step>>;
  asksForCode(): Promise<Result<undefined>>;
  givesCode(code: string, options?: { ownDevice?: boolean }): Promise<Result<Step>>;
};

export function newVisitor(world: World, options: { requireSecondProof?: boolean; source?: string; ctx?: Ctx } = {}): Visitor {
  const ctx = options.ctx ?? world.ctx;
  const visit: Visit = {
    flow: undefined,
    device: undefined,
    source: options.source ?? '203.0.113.7',
    requireSecondProof: options.requireSecondProof ?? false,
  };
  const follow = (step: Result<Step>) => {
    if (!step.ok) return step;
    if (step.value.step === 'signed-in') visit.device = step.value.session.device;
    visit.flow = step.value.step === 'signed-in' ? undefined : step.value.flow;
    return step;
  };
  return {
    visit,
    async begins(identifier, purpose, returnTo) {
      const begun = await beginSignIn(ctx, { identifier, purpose: purpose ?? 'sign-in', returnTo, visit });
      if (begun.ok) visit.flow = begun.value.flow;
      return begun;
    },
    givesPassword: async (password) => follow(await signInWithPassword(ctx, { ...visit }, { password })),
    asksForCode: () => requestCode(ctx, { ...visit }),
    givesCode: async (code, { ownDevice = false } = {}) => follow(await confirmCode(ctx, { ...visit }, { code, ownDevice })),
  };
}

/** A profile with its addresses and, unless told otherwise, the good password. */
export async function settle(world: World, displayName: string, addresses: string[], password: string | undefined = goodPassword) {
  const created = await createProfile(world.ctx, { displayName, addresses });
  if (!created.ok) throw new Error(`${displayName} could not settle: ${created.refusal.code}`);
  const { profileId, personas } = created.value;
  if (password) await savePassword(world.ctx, { profileId, password, ownWords: [] });
  return { profileId, personas, personaId: personas[0]?.id ?? '' };
}

export async function foundInnovactione(world: World) {
  return createOrganisation(world.ctx, { slug: 'innovactione', name: 'Innovactione', timeZone: 'America/Toronto', locale: 'fr-CA' });
}

export async function employ(world: World, organisationId: string, personaId: string, role: Role = 'collaborator') {
  const added = await addMembership(world.ctx, { organisationId, personaId, role });
  if (!added.ok) throw new Error(added.refusal.code);
}

/** `signed-in`, `code`, … or the code of the refusal: what a test says in one word. */
export function outcome(step: Result<Step>): string {
  return step.ok ? step.value.step : step.refusal.code;
}
