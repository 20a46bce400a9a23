import type { Subject, Visitor } from './crowd.ts';

/**
 * Who may, by what they are and by what they are to Marie's conversation, her things, or her organisation. Whoever may not is sent to sign in
 * when nobody knows them, and gets the page of what does not exist when somebody does.
 */
export type Door =
  | 'everybody'
  | 'flow'
  | 'signed in'
  | 'holds'
  | 'administers any'
  | 'administers'
  | 'takes part'
  | 'manages'
  | 'owner'
  | 'reader of the notice'
  | 'nearby';

export type Asked = { subject: Subject; visitor: Visitor; n: number };

/** A route as the site declares it; what a whole form of it holds, so that nothing but its door refuses. */
export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'HEAD' | 'DELETE' | 'OPTIONS';
  path: string;
  door: Door;
  /** What stands for the parameters of the address. */
  at?: (asked: Asked) => Record<string, string>;
  form?: (asked: Asked) => Record<string, string>;
  /** What whoever may is answered: a page, or a redirection after an act. */
  answers?: number;
  /** Where the rule, and not the door, answers some of them otherwise. */
  but?: Partial<Record<Visitor['name'], number>>;
  /** How somebody unknown is answered when it is not by the way to the door. */
  unknown?: number;
  /** How somebody known who may not is answered when it is not by the page of what does not exist. */
  stranger?: number;
  /** A form that a session ended under is kept for whose session it was (docs/adr/0009), and nothing else is done. */
  parks?: boolean;
  /** What comes is read as it comes, and kept or thrown away piece by piece; any other form is small, or is not read. */
  streams?: boolean;
  /** The page shows what belongs to one person, though nobody is signed in: it is stored nowhere. */
  personal?: boolean;
};

type Declared = Omit<Route, 'method' | 'path'>;

const get = (path: string, declared: Declared): Route => ({ method: 'GET', path, answers: 200, ...declared });
const post = (path: string, declared: Declared): Route => ({ method: 'POST', path, answers: 303, ...declared });

/** Whoever is signed in has nothing to choose at the front door. */
const atHome: Route['but'] = Object.fromEntries(
  ['own', 'taking part', 'former', 'delegate', 'same organisation', 'other organisation', 'nobody'].flatMap((relation) =>
    ['participant', 'collaborator', 'administrator'].map((role) => [`${role} · ${relation}`, 303]),
  ),
);

const conversation = ({ subject }: Asked) => ({ id: subject.conversationId });
const message = ({ subject }: Asked) => ({ id: subject.conversationId, messageId: subject.messageId });
const person = ({ subject }: Asked) => ({ id: subject.conversationId, personne: subject.jeanPersonaId });
const member = ({ subject }: Asked) => ({ slug: 'innovactione', personaId: subject.memberPersonaId });
const organisation = () => ({ slug: 'innovactione' });
const nothing = () => ({});
const key = ({ n }: Asked) => `0191d5f6-0000-7000-8000-${String(n).padStart(12, '0')}`;

const pages: Route[] = [
  get('/health/live', { door: 'everybody' }),
  get('/health/ready', { door: 'everybody' }),
  get('/statique/:name', { door: 'everybody', at: () => ({ name: 'aucun.css' }), answers: 404 }),
  get('/marque/:organisationId/:sheet{[\\w-]+[.]css}', {
    door: 'everybody',
    at: ({ subject }) => ({ organisationId: subject.organisationId, sheet: 'a.css' }),
    answers: 404,
  }),
  get('/marque/:organisationId{[0-9a-f-]{36}}/:hash{[\\w-]{22}}', {
    door: 'everybody',
    at: ({ subject }) => ({ organisationId: subject.organisationId, hash: 'a'.repeat(22) }),
    answers: 404,
  }),
  get('/metrics', { door: 'nearby', answers: 404 }),
  get('/', { door: 'everybody', but: atHome }),
  get('/aide', { door: 'everybody' }),
  get('/aide/connexion', { door: 'everybody' }),
  get('/confidentialite', { door: 'everybody' }),
  get('/accessibilite', { door: 'everybody' }),
  post('/apparence', { door: 'everybody', form: () => ({ theme: 'dark' }) }),
  ...['GET', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map((method) => ({
    method: method as Route['method'], // one of the six above
    path: '/adresse-illisible',
    door: 'everybody' as const,
    answers: 400,
  })),
];

const signIn: Route[] = [
  get('/ouvrir-une-session', { door: 'everybody' }),
  post('/ouvrir-une-session', { door: 'everybody', form: () => ({ identifiant: 'jeand@courriel.example' }) }),
  get('/ouvrir-une-session/methode', { door: 'flow', answers: 303, personal: true }),
  post('/ouvrir-une-session/methode', { door: 'flow', form: () => ({ methode: 'password', 'mot-de-passe': 'x' }) }),
  get('/code', { door: 'flow', answers: 303, personal: true }),
  post('/code', { door: 'flow', form: () => ({ code: '12345678' }), answers: 409 }),
  post('/code/renvoyer', { door: 'flow', form: nothing, answers: 409 }),
  get('/ouvrir-un-compte', { door: 'everybody' }),
  post('/ouvrir-un-compte', { door: 'everybody', form: ({ n }) => ({ identifiant: `visite.${n}@ailleurs.example` }) }),
  get('/ouvrir-un-compte/profil', { door: 'flow', answers: 303, personal: true }),
  post('/ouvrir-un-compte/profil', { door: 'flow', form: () => ({ nom: 'Personne', 'mot-de-passe': '' }), answers: 409, but: atHome }),
  get('/mot-de-passe', { door: 'everybody' }),
  post('/mot-de-passe', { door: 'everybody', form: ({ n }) => ({ identifiant: `oubli.${n}@ailleurs.example` }) }),
  get('/mot-de-passe/nouveau', { door: 'flow', answers: 303, personal: true }),
  post('/mot-de-passe/nouveau', { door: 'flow', form: () => ({ 'mot-de-passe': 'Trois canots verts au quai 9' }), answers: 409 }),
  get('/invitation/:jeton{[\\w-]{43}}', { door: 'everybody', at: ({ subject }) => ({ jeton: subject.invitationToken }), personal: true }),
  post('/invitation/:jeton{[\\w-]{43}}', {
    door: 'everybody',
    at: ({ subject }) => ({ jeton: subject.invitationToken }),
    form: () => ({ 'mot-de-passe': 'x' }),
    answers: 422,
  }),
  get('/session', { door: 'signed in', unknown: 401 }),
  post('/session', { door: 'signed in', unknown: 401, form: nothing, answers: 200 }),
  post('/deconnexion', { door: 'everybody', form: nothing }),
  get('/evenements-direct', { door: 'signed in', unknown: 401 }),
];

const own: Route[] = [
  get('/profil', { door: 'signed in' }),
  post('/profil', { door: 'signed in', form: () => ({ nom: 'Un nom', langue: '', fuseau: '', theme: 'auto' }) }),
  post('/profil/mot-de-passe', { door: 'signed in', form: () => ({ actuel: '', nouveau: 'Trois canots verts au quai 9' }) }),
  post('/profil/sessions', { door: 'signed in', form: nothing }),
  get('/profil/avis', { door: 'signed in' }),
  get('/profil/avis/reglages', { door: 'signed in' }),
  post('/profil/avis/reglages', { door: 'signed in', form: () => ({ langue: 'en' }) }),
  get('/profil/adresses', { door: 'signed in' }),
  post('/profil/adresses', { door: 'signed in', form: ({ n }) => ({ adresse: `jointe.${n}@ailleurs.example` }) }),
  get('/profil/adresses/code', { door: 'signed in', answers: 303 }),
  post('/profil/adresses/code', { door: 'signed in', form: () => ({ code: '12345678' }), answers: 401 }),
  // Just after the one that `POST /profil/adresses` sent.
  post('/profil/adresses/code/renvoyer', { door: 'signed in', form: nothing, answers: 429 }),
  get('/profil/adresses/:personaId/retirer', { door: 'owner', at: ({ subject }) => ({ personaId: subject.secondPersonaId }) }),
  post('/profil/adresses/:personaId/retirer', { door: 'owner', at: ({ subject }) => ({ personaId: subject.secondPersonaId }), form: nothing, stranger: 303 }),
  get('/profil/absence', { door: 'holds' }),
  post('/profil/absence', {
    door: 'holds',
    form: ({ subject, visitor }) => ({
      titulaire: `${subject.organisationId} ${visitor.personaId}`,
      collegue: subject.memberAddress,
      du: '2016-02-01',
      au: '2016-02-02',
    }),
    but: { 'collaborator · other organisation': 403 },
  }),
  post('/profil/absence/:absence/terminer', { door: 'owner', at: ({ subject }) => ({ absence: subject.delegationId }), form: nothing }),
];

const conversations: Route[] = [
  get('/connexion', { door: 'signed in' }),
  get('/connexion/nouvelle', { door: 'holds' }),
  post('/connexion/nouvelle', {
    streams: true,
    door: 'holds',
    parks: true,
    form: (asked) => ({ titulaire: asked.visitor.personaId, titre: 'Titre', participants: 'jeand@courriel.example', message: 'Texte', cle: key(asked) }),
  }),
  get('/connexion/:id', { door: 'takes part', at: conversation }),
  get('/connexion/:id/activites', { door: 'takes part', at: conversation }),
  get('/connexion/:id/pieces/:attachmentId', { door: 'takes part', at: ({ subject }) => ({ id: subject.conversationId, attachmentId: subject.attachmentId }) }),
  post('/connexion/:id/messages', {
    streams: true,
    door: 'takes part',
    at: conversation,
    form: (asked) => ({ message: 'Un mot', cle: key(asked) }),
    parks: true,
  }),
  post('/connexion/:id/messages/:messageId/ouvrir', { door: 'takes part', at: message, form: nothing }),
  post('/connexion/:id/brouillon', {
    streams: true,
    door: 'takes part',
    at: conversation,
    form: (asked) => ({ message: 'Un mot', cle: key(asked), brouillon: '0' }),
    parks: true,
  }),
  post('/connexion/:id/brouillon/supprimer', { door: 'takes part', at: conversation, form: nothing }),
  post('/connexion/:id/brouillon/version', {
    door: 'takes part',
    at: conversation,
    form: ({ subject }) => ({ choix: 'prendre', version: subject.draftWriter }),
  }),
  get('/connexion/:id/quitter', { door: 'takes part', at: conversation }),
  // Sent twice is once: whoever has left is where leaving leads.
  post('/connexion/:id/quitter', {
    door: 'takes part',
    at: conversation,
    form: nothing,
    but: { 'collaborator · own': 409, 'collaborator · former': 303, 'participant · former': 303, 'administrator · former': 303 },
  }),
  post('/connexion/:id/sourdine', { door: 'takes part', at: conversation, form: () => ({ sourdine: 'oui' }) }),
  get('/avis/:jeton', { door: 'reader of the notice', at: ({ subject }) => ({ jeton: subject.noticeToken }), answers: 303, stranger: 200 }),
];

/** What is decided by whoever holds the conversation, or wrote the message. */
const holderAlone: Route['but'] = { 'collaborator · taking part': 404, 'collaborator · delegate': 404 };

const manage = '/connexion/:id/gestion';
const managing: Route[] = [
  get(manage, { door: 'manages', at: conversation }),
  post(`${manage}/personnes`, {
    streams: true,
    door: 'manages',
    at: conversation,
    form: ({ n }) => ({ participants: `ajout.${n}@ailleurs.example`, role: 'participant', passe: 'avec' }),
  }),
  get(`${manage}/personnes/:personne`, { door: 'manages', at: person }),
  post(`${manage}/personnes/:personne/retirer`, { door: 'manages', at: person, form: nothing }),
  post(`${manage}/personnes/:personne/adresse`, {
    streams: true,
    door: 'manages',
    at: person,
    form: ({ n }) => ({ adresse: `corrigee.${n}@ailleurs.example` }),
    answers: 409,
  }),
  post(`${manage}/personnes/:personne/avis`, { door: 'manages', at: person, form: nothing, answers: 429 }),
  post(`${manage}/titre`, { door: 'manages', at: conversation, form: () => ({ titre: 'Un autre titre' }) }),
  post(`${manage}/clore`, { door: 'manages', at: conversation, form: nothing }),
  post(`${manage}/rouvrir`, { door: 'manages', at: conversation, form: nothing }),
  post(`${manage}/expiration`, { door: 'manages', at: conversation, form: () => ({ expire: '2015-02-10' }) }),
  post(`${manage}/duree`, { door: 'manages', at: conversation, form: () => ({ jours: '5' }) }),
  post(`${manage}/relancer`, { door: 'manages', at: conversation, form: nothing }),
  post(`${manage}/relances`, { door: 'manages', at: conversation, form: () => ({ relance: '2015-02-06' }) }),
  post(`${manage}/relances/:relance/annuler`, {
    door: 'manages',
    at: ({ subject }) => ({ id: subject.conversationId, relance: subject.reminderId }),
    form: nothing,
  }),
  post(`${manage}/transferer`, {
    door: 'manages',
    at: conversation,
    form: ({ subject }) => ({ successeur: subject.colleagueAddress, 'avec-passe': 'oui' }),
    but: holderAlone,
  }),
  post(`${manage}/passe`, { door: 'manages', at: conversation, form: ({ subject }) => ({ remplacement: subject.delegationId }), but: holderAlone }),
  post(`${manage}/reprendre`, { door: 'manages', at: conversation, form: nothing }),
  get(`${manage}/messages/:messageId`, { door: 'manages', at: message }),
  post(`${manage}/messages/:messageId/retirer`, { door: 'manages', at: message, form: nothing, but: holderAlone }),
  post(`${manage}/messages/:messageId/expiration`, { door: 'manages', at: message, form: () => ({ expire: '2015-02-10' }) }),
];

const policy = { version: '0', 'expiration-min': '1', 'expiration-max': '366', taille: '1024', 'langue-fr-CA': 'on', couleurs: 'pli', activites: 'tous' };
const administered = '/administration/:slug';
const ofMember = `${administered}/collaborateurs/:personaId`;
const administration: Route[] = [
  get('/administration', { door: 'administers any', answers: 303 }),
  get(administered, { door: 'administers', at: organisation }),
  get(`${administered}/collaborateurs`, { door: 'administers', at: organisation }),
  post(`${administered}/collaborateurs`, {
    door: 'administers',
    at: organisation,
    form: ({ n }) => ({ nom: 'Hugo', adresse: `hugo.${n}@innovactione.example`, 'role-collaborator': 'on' }),
  }),
  get(ofMember, { door: 'administers', at: member }),
  post(`${ofMember}/roles`, { door: 'administers', at: member, form: () => ({ 'role-collaborator': 'on', 'role-administrator': 'on' }) }),
  post(`${ofMember}/suspendre`, { door: 'administers', at: member, form: nothing }),
  post(`${ofMember}/retablir`, { door: 'administers', at: member, form: nothing }),
  post(`${ofMember}/inviter`, { door: 'administers', at: member, form: nothing }),
  post(`${ofMember}/transferer`, { door: 'administers', at: member, form: ({ subject }) => ({ collegue: subject.colleagueAddress }) }),
  get(`${ofMember}/supprimer`, { door: 'administers', at: member }),
  post(`${ofMember}/supprimer`, { door: 'administers', at: member, form: nothing }),
  get(`${administered}/politique`, { door: 'administers', at: organisation }),
  post(`${administered}/politique`, { door: 'administers', at: organisation, form: () => policy }),
  post(`${administered}/politique/logo`, { door: 'administers', at: organisation, form: nothing, answers: 422 }),
  post(`${administered}/politique/logo/retirer`, { door: 'administers', at: organisation, form: nothing }),
  get(`${administered}/journal`, { door: 'administers', at: organisation }),
  get(`${administered}/journal.csv`, { door: 'administers', at: organisation }),
];

const upload = ({ subject }: Asked) => ({ id: subject.uploadId });
const uploads: Route[] = [
  { method: 'OPTIONS', path: '/uploads', door: 'signed in', unknown: 401, answers: 204 },
  { method: 'POST', path: '/uploads', streams: true, door: 'signed in', unknown: 401, answers: 201 },
  { method: 'GET', path: '/uploads', door: 'signed in', unknown: 401, answers: 405 },
  { method: 'HEAD', path: '/uploads/:id', door: 'owner', unknown: 401, at: upload, answers: 200 },
  { method: 'PATCH', path: '/uploads/:id', streams: true, door: 'owner', unknown: 401, at: upload, answers: 400 },
  { method: 'DELETE', path: '/uploads/:id', door: 'owner', unknown: 401, at: upload, answers: 204 },
];

/** The demonstration's own, which has no session to protect it: Host and Origin do (own-host-only.ts). */
const demonstration: Route[] = [
  get('/demo/courrier', { door: 'everybody' }),
  get('/demo/courrier.json', { door: 'everybody' }),
  get('/demo/courrier/:id/html', { door: 'everybody', at: ({ subject }) => ({ id: subject.mailId }) }),
  post('/demo/courrier/:id/rejet', { door: 'everybody', at: ({ subject }) => ({ id: subject.mailId }), form: nothing }),
  get('/demo/horloge', { door: 'everybody' }),
  post('/demo/horloge', { door: 'everybody', form: () => ({ avance: 'hier' }), answers: 400 }),
  get('/demo/composants', { door: 'everybody' }),
  post('/demo/composants', { door: 'everybody', form: nothing }),
];

export const routeTable: readonly Route[] = [...pages, ...signIn, ...own, ...conversations, ...managing, ...administration, ...uploads, ...demonstration];

/** A route as the site has it, in a word: `GET /connexion/:id`. */
export type Declaration = string;

/** What the site answers and nobody declared, and what was declared and the site does not answer. A route for all methods wants one of them at least. */
export function differences(
  site: readonly { method: string; path: string }[],
  table: readonly Pick<Route, 'method' | 'path'>[],
): { undeclared: Declaration[]; gone: Declaration[] } {
  const has = ({ method, path }: { method: string; path: string }, all: readonly { method: string; path: string }[]) =>
    all.some((one) => one.path === path && (one.method === method || one.method === 'ALL' || method === 'ALL'));
  const name = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  return { undeclared: site.filter((route) => !has(route, table)).map(name), gone: table.filter((route) => !has(route, site)).map(name) };
}

const staff = (visitor: Visitor) => visitor.role === 'administrator';
const partaking = ({ relation }: Visitor) => relation === 'own' || relation === 'taking part' || relation === 'delegate';

/** Whether the door opens for them. */
export function mayEnter(door: Door, visitor: Visitor): boolean {
  const { role, relation } = visitor;
  if (door === 'everybody' || door === 'flow' || door === 'nearby') return true;
  if (role === 'anonymous' || role === 'suspended') return false;
  switch (door) {
    case 'signed in':
      return true;
    case 'holds':
      return role === 'collaborator';
    case 'administers any':
      return staff(visitor);
    case 'administers':
      return staff(visitor) && relation !== 'other organisation';
    case 'takes part':
      return partaking(visitor);
    case 'manages':
      return role === 'collaborator' && partaking(visitor);
    case 'owner':
      return relation === 'own';
    case 'reader of the notice':
      return role === 'participant' && relation === 'taking part';
  }
}
