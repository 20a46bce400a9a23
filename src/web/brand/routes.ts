import { Hono } from 'hono';
import type { Ctx } from '#context';
import { findLogo } from '#domain/organisations/api.ts';
import type { Brand } from '#shared/policy.ts';
import { sheetHash, sheetOf } from '#web/layout/brand.ts';
import { filePolicy } from '#web/layout/security-headers.ts';

const forEver = 'public, max-age=31536000, immutable';

type BrandSources = { brandOf: (organisationId: string) => Brand | undefined; systemCtx: () => Ctx };

/**
 * `/marque/:organisation/…`: the colours and the logo of an organisation, under addresses that change with them. They stand on the page where
 * one signs in: whoever knows the address may have them.
 */
export function brandRoutes({ brandOf, systemCtx }: BrandSources): Hono {
  return new Hono()
    .get('/marque/:organisationId/:sheet{[\\w-]+[.]css}', (c) => {
      const brand = brandOf(c.req.param('organisationId'));
      if (!brand || c.req.param('sheet') !== `${sheetHash(brand)}.css`) return c.notFound();
      c.header('Content-Type', 'text/css; charset=utf-8');
      c.header('Cache-Control', forEver);
      return c.body(sheetOf(brand));
    })
    .get('/marque/:organisationId{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}}/:hash{[\\w-]{22}}', async (c) => {
      const logo = await findLogo(systemCtx(), { organisationId: c.req.param('organisationId'), hash: c.req.param('hash') });
      if (!logo) return c.notFound();
      c.header('Content-Type', logo.mediaType);
      c.header('Cache-Control', forEver);
      c.header('Content-Security-Policy', filePolicy);
      return c.body(new Uint8Array(logo.bytes));
    });
}
