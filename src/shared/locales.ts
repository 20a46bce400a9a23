/** The languages of the product. `fr-CA` is the default French; `fr-FR` is chosen when a person or a browser says so. */
export const locales = ['fr-CA', 'fr-FR', 'en'] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = 'fr-CA';
