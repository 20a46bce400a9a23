import { Readable } from 'node:stream';
import { invitePerson, suspendMember } from '#domain/administration/api.ts';
import { beginUpload, receiveFile } from '#domain/attachments/api.ts';
import { accessOneConversation, addPeople, delegate, openMessage, removePerson, scheduleReminder } from '#domain/conversations/api.ts';
import { keepDraft } from '#domain/drafts/api.ts';
import { listKeptMails } from '#domain/notices/api.ts';
import { addMembership, createOrganisation } from '#domain/organisations/api.ts';
import { adoptPersona, createProfile, setProfileStatus } from '#domain/people/api.ts';
import type { Role } from '#shared/people.ts';
import { tokenOf } from '../../support/conversation.ts';
import { converse, done, type Innovactione, makeInnovactione, type Person } from '../../support/people.ts';
import { makeSite, type TestSite } from '../../support/site.ts';

export type VisitorRole = 'anonymous' | 'participant' | 'collaborator' | 'administrator' | 'suspended';
export type Relation = 'own' | 'taking part' | 'former' | 'delegate' | 'same organisation' | 'other organisation' | 'nobody';

/** Somebody before the site: what they are, and what they are to Marie's conversation and to her organisation. */
export type Visitor = {
  name: `${VisitorRole} · ${Relation}`;
  role: VisitorRole;
  relation: Relation;
  /** The cookies of their browser; none for somebody unknown. */
  cookies: ReadonlyMap<string, string>;
  personaId: string;
};

/** What the routes are asked about: all of it Marie's, or of her organisation. */
export type Subject = {
  conversationId: string;
  messageId: string;
  attachmentId: string;
  reminderId: string;
  delegationId: string;
  uploadId: string;
  /** Marie's second address. */
  secondPersonaId: string;
  mariePersonaId: string;
  jeanPersonaId: string;
  /** A member of the organisation who is none of the visitors. */
  memberPersonaId: string;
  memberAddress: string;
  colleagueAddress: string;
  /** The version of Marie's draft that another tab wrote. */
  draftWriter: string;
  noticeToken: string;
  invitationToken: string;
  mailId: string;
  organisationId: string;
};

export type Crowd = { world: Innovactione; visitors: Visitor[]; subject: Subject };

/** Innovactione and the Collège des Tilleuls with somebody for every relation there is to one conversation of Marie's. */
export async function makeCrowd(): Promise<Crowd> {
  const world = await makeInnovactione();
  const { ctx } = world;
  const college = await createOrganisation(ctx, { slug: 'tilleuls', name: 'Collège des Tilleuls', timeZone: 'Europe/Paris', locale: 'fr-FR' });
  const join = async (displayName: string, address: string, at?: { organisationId: string; role: Role }): Promise<Person> => {
    const created = done(await createProfile(ctx, { displayName, addresses: [address] }));
    const personaId = created.personas[0]?.id ?? '';
    if (at) done(await addMembership(ctx, { ...at, personaId }));
    return { profileId: created.profileId, personaId, address };
  };
  const here = (role: Role) => ({ organisationId: world.organisationId, role });
  const there = (role: Role) => ({ organisationId: college.id, role });
  const people = {
    delegate: await join('M. Lefort', 'm.lefort@innovactione.example', here('collaborator')),
    formerCollaborator: await join('Pr Durand', 'prof.durand@innovactione.example', here('collaborator')),
    colleague: await join('Karim Benali', 'karim.benali@innovactione.example', here('collaborator')),
    otherCollaborator: await join('S. Morel', 's.morel@tilleuls.example', there('collaborator')),
    nadia: await join('Nadia Roy', world.nadiaAddress),
    amelie: await join('Amélie Bernard', 'amelie.bernard@courriel.example'),
    sam: await join('Sam', 'sam@courriel.example'),
    takingPartAdministrator: await join('E. Martin', 'e.martin@innovactione.example', here('administrator')),
    formerAdministrator: await join('Dominique', 'dominique@innovactione.example', here('administrator')),
    otherAdministrator: await join('La direction', 'direction@tilleuls.example', there('administrator')),
    suspendedCollaborator: await join('Le secrétariat', 'secretariat@innovactione.example', here('collaborator')),
    suspendedParticipant: await join('Lou', 'lou@courriel.example'),
    suspendedAdministrator: await join('Le CPE', 'cpe@innovactione.example', here('administrator')),
    member: await join('Léa', 'lea@innovactione.example', here('collaborator')),
  };
  const subject = await makeSubject(world, people);
  const site = await makeSite(world);
  const visitors = await Promise.all(
    (
      [
        ['collaborator', 'own', world.marie],
        ['collaborator', 'taking part', world.paul],
        ['collaborator', 'delegate', people.delegate],
        ['collaborator', 'former', people.formerCollaborator],
        ['collaborator', 'same organisation', people.colleague],
        ['collaborator', 'other organisation', people.otherCollaborator],
        ['participant', 'taking part', world.jean],
        ['participant', 'former', people.nadia],
        ['participant', 'other organisation', people.amelie],
        ['participant', 'nobody', people.sam],
        ['administrator', 'same organisation', world.alain],
        ['administrator', 'taking part', people.takingPartAdministrator],
        ['administrator', 'former', people.formerAdministrator],
        ['administrator', 'other organisation', people.otherAdministrator],
        ['suspended', 'delegate', people.suspendedCollaborator],
        ['suspended', 'taking part', people.suspendedParticipant],
        ['suspended', 'same organisation', people.suspendedAdministrator],
      ] as const
    ).map(async ([role, relation, person]): Promise<Visitor> => {
      const { cookies } = await site.browserOf(person.profileId);
      return { name: `${role} · ${relation}`, role, relation, cookies, personaId: person.personaId };
    }),
  );
  visitors.unshift({ name: 'anonymous · nobody', role: 'anonymous', relation: 'nobody', cookies: new Map(), personaId: people.sam.personaId });
  await suspend(world, people);
  // Something of the other organisation for those of it to be at home in.
  await converse(await world.as(people.otherCollaborator.profileId), people.otherCollaborator.personaId, { participants: [people.amelie.address] });
  site.streams.close();
  return { world, visitors, subject };
}

type Suspended = Record<'suspendedCollaborator' | 'suspendedParticipant' | 'suspendedAdministrator', Person>;

/** Their browsers keep the cookies they had. */
async function suspend(world: Innovactione, people: Suspended): Promise<void> {
  const alain = await world.as(world.alain.profileId);
  for (const { personaId } of [people.suspendedCollaborator, people.suspendedAdministrator]) {
    done(await suspendMember(alain, { organisationId: world.organisationId, personaId }));
  }
  done(await setProfileStatus(world.ctx, { profileId: people.suspendedParticipant.profileId, status: 'suspended' }));
}

type People = Suspended &
  Record<'delegate' | 'formerCollaborator' | 'colleague' | 'nadia' | 'takingPartAdministrator' | 'formerAdministrator' | 'member', Person>;

async function makeSubject(world: Innovactione, people: People): Promise<Subject> {
  const { ctx, marie } = world;
  const second = done(await adoptPersona(ctx, { profileId: marie.profileId, address: 'marie@courriel.example' }));
  const asMarie = await world.as(marie.profileId);
  const { personaId } = marie;
  done(await delegate(asMarie, { organisationId: world.organisationId, personaId, address: people.delegate.address, from: '2015-02-02', to: '2015-03-02' }));
  const file = { profileId: marie.profileId, name: 'releve.pdf', mediaType: 'application/pdf', source: Readable.from([Buffer.from('PDF')]), limit: 100 };
  const { uploadId } = done(await receiveFile(ctx, file));
  const conversationId = await converse(asMarie, personaId, { participants: [world.jean.address, people.nadia.address], uploadIds: [uploadId] });
  const place = { conversationId, personaId };
  const add = async (of: Person[], role: 'participant' | 'collaborator') =>
    done(await addPeople(asMarie, { ...place, addresses: of.map(({ address }) => address), role, past: true }));
  await add([world.paul, people.formerCollaborator, people.suspendedCollaborator], 'collaborator');
  await add([people.takingPartAdministrator, people.formerAdministrator, people.suspendedParticipant, people.suspendedAdministrator], 'participant');
  for (const gone of [people.nadia, people.formerCollaborator, people.formerAdministrator]) {
    done(await removePerson(asMarie, { ...place, subjectPersonaId: gone.personaId }));
  }
  // Before he opens it: there would be nothing to announce any more.
  await world.runJobs();
  const [mail] = await listKeptMails(ctx, { to: world.jean.address, limit: 1 });
  // A file is there for those who have opened its message.
  const { id: messageId } = await ctx.db.selectFrom('messages').select('id').executeTakeFirstOrThrow();
  for (const reader of [world.jean, world.paul, people.delegate, people.takingPartAdministrator]) {
    done(await openMessage(await world.as(reader.profileId), { conversationId, messageId, personaId: reader.personaId }));
  }
  const conversation = await accessOneConversation(asMarie, place);
  if (!conversation) throw new Error('Marie does not find her own conversation');
  done(await scheduleReminder(asMarie, conversation, '2015-02-05'));
  for (const writer of ['un onglet', 'un autre']) {
    done(await keepDraft(ctx, { profileId: marie.profileId, place, writer, version: 0, draft: { fields: { message: `Depuis ${writer}` }, uploadIds: [] } }));
  }
  const begun = done(await beginUpload(asMarie, { name: 'plan.pdf', mediaType: 'application/pdf', size: 1_000_000 }));
  const one = async (table: 'attachments' | 'reminders' | 'delegations') => (await ctx.db.selectFrom(table).select('id').executeTakeFirstOrThrow()).id;
  return {
    conversationId,
    messageId,
    attachmentId: await one('attachments'),
    reminderId: await one('reminders'),
    delegationId: await one('delegations'),
    uploadId: begun.uploadId,
    secondPersonaId: second.id,
    mariePersonaId: personaId,
    jeanPersonaId: world.jean.personaId,
    memberPersonaId: people.member.personaId,
    memberAddress: people.member.address,
    colleagueAddress: people.colleague.address,
    draftWriter: 'un autre',
    noticeToken: tokenOf(mail?.links),
    invitationToken: done(await invitePerson(ctx, people.member.address)).token,
    mailId: mail?.id ?? '',
    organisationId: world.organisationId,
  };
}

/** A site over a database of its own that stands where the crowd was left. */
export async function siteOver({ world }: Crowd, database: Innovactione['database'], metrics?: Parameters<typeof makeSite>[2]): Promise<TestSite> {
  return makeSite({ ...world, database, ctx: { ...world.ctx, db: database.db } }, undefined, metrics);
}
