import { z } from 'zod';
import type { Ctx, SignedInCtx } from '#context';
import { handOverJob } from '#domain/administration/api.ts';
import { discardUploads, removeBlobs } from '#domain/attachments/api.ts';
import { expireMessages, readersAmong, refreshInboxesJob, startConversation } from '#domain/conversations/api.ts';
import { prepareInstallation } from '#domain/demonstration/api.ts';
import { deliverDueMails } from '#domain/notices/api.ts';
import { addMembership, createOrganisation } from '#domain/organisations/api.ts';
import { forgetPolicy } from '#domain/organisations/policy-of.ts';
import { adoptPersona, createProfile } from '#domain/people/api.ts';
import { destroyDueKeys } from '#domain/retention/api.ts';
import type { JobDefinition } from '#platform/jobs/jobs.ts';
import { keptMailer } from '#platform/mail/kept-mailer.ts';
import type { Result } from '#result';
import { locales } from '#shared/locales.ts';
import type { Role } from '#shared/people.ts';
import { standardPolicy } from '#shared/policy.ts';
import { makeWorld, type World } from './world.ts';

export type Person = { profileId: string; personaId: string; address: string };

/** Innovactione and the people of the first guide, in a world of their own. */
export type Innovactione = World & {
  organisationId: string;
  marie: Person;
  paul: Person;
  alain: Person;
  jean: Person;
  /** Jean's second address. */
  jeanAtelier: string;
  nadiaAddress: string;
  /** One collaborator more. */
  hire(displayName: string, address: string): Promise<Person>;
  /** Lets messages live longer than the policy does by itself. */
  allowDays(most: number): Promise<void>;
  /** Lets the organisation write to these domains alone. */
  allowDomains(domains: string[]): Promise<void>;
  /** Runs the sweeps that the clock made due, then the jobs. */
  sweep(): Promise<void>;
};

/** The value of a verb that the test expects to succeed. */
export function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code} ${JSON.stringify(result.refusal.data ?? {})}`);
  return result.value;
}

export async function makeInnovactione(options: { at?: string } = {}): Promise<Innovactione> {
  const world = await makeWorld({ jobs: [refreshInboxesJob, deliverMails, handOverJob], ...options });
  const { ctx } = world;
  await prepareInstallation(ctx.db, { demonstration: true, now: ctx.now() });
  const organisation = await createOrganisation(ctx, { slug: 'innovactione', name: 'Innovactione', timeZone: 'America/Toronto', locale: 'fr-CA' });

  async function settle(displayName: string, address: string, role?: Role): Promise<Person> {
    const profile = done(await createProfile(ctx, { displayName, addresses: [address] }));
    const personaId = profile.personas[0]?.id ?? '';
    if (role) done(await addMembership(ctx, { organisationId: organisation.id, personaId, role }));
    return { profileId: profile.profileId, personaId, address };
  }

  async function decide(change: { expiry_max_days?: number; recipient_domains?: string[] }): Promise<void> {
    const { expiryDays, filesBytes } = standardPolicy;
    const lives = { expiry_min_days: expiryDays.min, expiry_max_days: expiryDays.max };
    const rules = { files_bytes: filesBytes, file_types: [], recipient_domains: [] };
    const shown = { title_in_notices: false, activities_for_participants: true, locales: [...locales] };
    await ctx.db
      .insertInto('policies')
      .values({ organisation_id: organisation.id, version: 1, ...lives, ...rules, ...shown, ...change })
      .execute();
    forgetPolicy(ctx, organisation.id);
  }

  const jean = await settle('Jean Dubé', 'jeand@courriel.example');
  const atelier = done(await adoptPersona(ctx, { profileId: jean.profileId, address: 'jean.dube@atelier.example' }));
  return {
    ...world,
    organisationId: organisation.id,
    marie: await settle('Marie Unetelle', 'marie.unetelle@innovactione.example', 'collaborator'),
    paul: await settle('Paul Tremblay', 'paul.tremblay@innovactione.example', 'collaborator'),
    alain: await settle('Alain Gagnon', 'alain.gagnon@innovactione.example', 'administrator'),
    jean,
    jeanAtelier: atelier.id,
    nadiaAddress: 'nadia.roy@courriel.example',
    hire: (displayName, address) => settle(displayName, address, 'collaborator'),
    allowDays: (most) => decide({ expiry_max_days: most }),
    allowDomains: (recipientDomains) => decide({ recipient_domains: recipientDomains }),
    async sweep() {
      await expireMessages(ctx);
      await discardUploads(ctx);
      await removeBlobs(ctx);
      await destroyDueKeys(ctx, ctx.now);
      await world.runJobs();
    },
  };
}

/** Notices leave into the outbox, as in the demonstration. */
const deliverMails: JobDefinition<Ctx, object> = {
  name: 'deliver-mails',
  payload: z.object({}),
  attempts: 1,
  run: (ctx) =>
    deliverDueMails(ctx, {
      publicUrl: () => new URL('https://pli.innovactione.example'),
      fromAddress: 'connexion@pli.innovactione.example',
      mailer: keptMailer(ctx.db),
      readersAmong,
    }),
};

type Letter = { title?: string; participants?: string[]; message?: string; uploadIds?: string[]; expiresOn?: string; postKey?: string };

/** A conversation held by `holder`, with Jean unless said otherwise. */
export async function converse(holder: SignedInCtx, holderPersonaId: string, letter: Letter = {}): Promise<string> {
  const started = await startConversation(holder, {
    holderPersonaId,
    title: letter.title ?? 'Relevé de placement',
    participants: letter.participants ?? ['jeand@courriel.example'],
    message: letter.message ?? 'Bonjour Jean, voici le relevé.',
    uploadIds: letter.uploadIds ?? [],
    expiresOn: letter.expiresOn,
    postKey: letter.postKey ?? holder.newId(),
  });
  return done(started).conversationId;
}
