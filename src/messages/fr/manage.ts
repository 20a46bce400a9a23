import { type Catalogue, verbatim } from '../catalogue.ts';

export const manage = {
  'manage.lead': '« {title} ». Ces outils sont réservés au titulaire et aux collaborateurs de la conversation.',
  'manage.title': verbatim('Gérer la conversation'),
} as const satisfies Catalogue;
