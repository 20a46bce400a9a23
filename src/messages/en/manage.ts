import type { TranslationOf } from '../catalogue.ts';
import type { manage as source } from '../fr/manage.ts';

export const manage = {
  'manage.lead': '“{title}”. These tools are for the holder and the collaborators of the conversation.',
  'manage.title': 'Manage the conversation',
} as const satisfies TranslationOf<typeof source>;
