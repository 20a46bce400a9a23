import type { ActivityOrder, ListOrder } from '#domain/conversations/api.ts';
import type { DraftPlace } from '#domain/drafts/api.ts';

/** Ids, which need no escaping in an address: a page of the list writes dozens. */
type Place = { id: string; personaId: string };

/** Where a conversation is read, as one persona; `window` counts from the newest, `message` is where the page opens. */
export function conversationHref({ id, personaId }: Place, to: { window?: number; message?: string; opened?: string } = {}): string {
  const window = to.window === undefined ? '' : `&fenetre=${to.window}`;
  const opened = to.opened ? `&ouvert=${to.opened}` : '';
  return `/connexion/${id}?persona=${personaId}${window}${opened}${to.message ? `#message-${to.message}` : ''}`;
}

export function postHref({ id, personaId }: Place): string {
  return `/connexion/${id}/messages?persona=${personaId}`;
}

export const newConversationPath = '/connexion/nouvelle';

/** The page whose form a draft fills. */
export function draftPage(place: DraftPlace): string {
  return place === 'new' ? newConversationPath : conversationHref({ id: place.conversationId, personaId: place.personaId });
}

/** Where a draft is saved, thrown away, and where one of its versions is chosen. */
export function draftHref(place: DraftPlace, act?: 'supprimer' | 'version'): string {
  const end = act ? `/brouillon/${act}` : '/brouillon';
  return place === 'new' ? `${newConversationPath}${end}` : `/connexion/${place.conversationId}${end}?persona=${place.personaId}`;
}

export function openHref({ id, personaId }: Place, messageId: string): string {
  return `/connexion/${id}/messages/${messageId}/ouvrir?persona=${personaId}`;
}

/** «Gérer la conversation», or one of its acts: `act` is the end of the address. */
export function manageHref({ id, personaId }: Place, act = ''): string {
  return `/connexion/${id}/gestion${act && `/${act}`}?persona=${personaId}`;
}

/** The page of one person in «Gérer la conversation», or one of its acts. */
export function personHref(place: Place, subjectPersonaId: string, act = ''): string {
  return manageHref(place, `personnes/${subjectPersonaId}${act && `/${act}`}`);
}

export function leaveHref({ id, personaId }: Place): string {
  return `/connexion/${id}/quitter?persona=${personaId}`;
}

export function muteHref({ id, personaId }: Place): string {
  return `/connexion/${id}/sourdine?persona=${personaId}`;
}

/** What can be done with one message: its page, or one of its acts. */
export function manageMessageHref(place: Place, messageId: string, act = ''): string {
  return manageHref(place, `messages/${messageId}${act && `/${act}`}`);
}

export function fileHref({ id, personaId }: Place, attachmentId: string): string {
  return `/connexion/${id}/pieces/${attachmentId}?persona=${personaId}`;
}

type ActivitiesView = { order?: ActivityOrder; page?: number };
const orderNames = { name: 'nom', activity: 'activite', date: 'date' } as const satisfies Record<ActivityOrder['by'], string>;

export function activitiesHref({ id, personaId }: Place, { order, page }: ActivitiesView = {}): string {
  const ordered = order ? `&tri=${orderNames[order.by]}&sens=${order.descending ? 'desc' : 'asc'}` : '';
  return `/connexion/${id}/activites?persona=${personaId}${ordered}${page && page > 1 ? `&page=${page}` : ''}`;
}

/** An order in one word, as «Trier par» sends it. */
export function activityOrderName({ by, descending }: ActivityOrder): string {
  return `${orderNames[by]}-${descending ? 'desc' : 'asc'}`;
}

/** The order asked for in an address; by date, the newest first, when it is not one. */
export function readActivityOrder(query: { tri?: string | undefined; sens?: string | undefined }): ActivityOrder {
  // «Trier par» has one field for both: `nom-asc`.
  const [named, direction = query.sens] = query.tri?.split('-') ?? [];
  // Object.keys forgets the names that orderNames declares.
  const by = (Object.keys(orderNames) as (keyof typeof orderNames)[]).find((name) => orderNames[name] === named) ?? 'date';
  return { by, descending: direction ? direction === 'desc' : by === 'date' };
}

type ListView = { personaId: string; page?: number; size: number; order: ListOrder };
export const listOrders = { newest: 'recent', oldest: 'ancien' } as const satisfies Record<ListOrder, string>;

/** The order an address names; undefined when it names none. */
export function listOrderOf(named: string | undefined): ListOrder | undefined {
  // Object.keys forgets the names that listOrders declares.
  return (Object.keys(listOrders) as ListOrder[]).find((order) => listOrders[order] === named);
}

export function listHref({ personaId, page = 1, size, order }: ListView): string {
  return `/connexion?persona=${personaId}&taille=${size}&ordre=${listOrders[order]}${page > 1 ? `&page=${page}` : ''}`;
}
