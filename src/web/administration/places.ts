/** The pages of an organisation's administration. */
export const sections = ['dashboard', 'people', 'policy', 'journal'] as const;
export type Section = (typeof sections)[number];

const paths = { dashboard: '', people: '/collaborateurs', policy: '/politique', journal: '/journal' } as const satisfies Record<Section, string>;

type Place = { slug: string };

export function sectionHref({ slug }: Place, section: Section): string {
  return `/administration/${slug}${paths[section]}`;
}

export function peopleHref(place: Place, { search, ended, page = 1 }: { search: string; ended: boolean; page?: number }): string {
  const query = new URLSearchParams();
  if (search !== '') query.set('q', search);
  if (ended) query.set('etat', 'anciens');
  if (page > 1) query.set('page', String(page));
  return `${sectionHref(place, 'people')}${query.size > 0 ? `?${query}` : ''}`;
}

type MemberAct = 'roles' | 'suspendre' | 'retablir' | 'inviter' | 'transferer' | 'supprimer';

export function memberHref(place: Place, personaId: string, act?: MemberAct): string {
  return `${sectionHref(place, 'people')}/${personaId}${act ? `/${act}` : ''}`;
}

/** The filter of the journal as its address says it. */
export type JournalQuery = { du: string; au: string; acte: string; personne: string };

export function journalHref(place: Place, asked: JournalQuery, more: { avant?: string; csv?: boolean } = {}): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  if (more.avant) query.set('avant', more.avant);
  return `${sectionHref(place, 'journal')}${more.csv ? '.csv' : ''}${query.size > 0 ? `?${query}` : ''}`;
}
