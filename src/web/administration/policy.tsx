import { bodyLimit } from 'hono/body-limit';
import { accessPolicy, type CurrentPolicy, changePolicy, differences, logoLimits, removeLogo, setLogo } from '#domain/administration/api.ts';
import { findLook } from '#domain/organisations/api.ts';
import type { Result } from '#result';
import { readPolicy } from '#shared/read-policy.ts';
import { notFoundPage, tooLargePage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { sentenceOf, statusOf } from '#web/refusals.ts';
import { signedInCtx } from '#web/session.ts';
import { type Administered, administered } from './door.ts';
import { sectionHref } from './places.ts';
import { type Difference, fieldsOf } from './policy-fields.ts';
import { PolicyPage } from './policy-page.tsx';

/** A picture that is too large is still read, to be refused with its sentence; what is far beyond is not. */
export const logoForm = bodyLimit({ maxSize: logoLimits.bytes * 10, onError: (c) => tooLargePage(c as WebContext) }); // the same context, untyped by the middleware

type Shown = { fields?: Record<string, string>; faults?: { field: string; text: string }[]; meanwhile?: Difference[]; status?: number };

export const showPolicy = administered((c, at) => policyPage(c, at, {}));

export const savePolicy = administered(async (c, at) => {
  const { organisation, view } = at;
  const body = await c.req.parseBody();
  const fields = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : '']));
  const read = readPolicy(fields);
  if (!read.ok) {
    const faults = read.faults.map((fault) => ({ field: fault.field, text: sentenceOf(view, fault) }));
    return policyPage(c, at, { fields, faults, status: 422 });
  }
  const version = /^\d{1,9}$/u.test(fields.version ?? '') ? Number(fields.version) : -1;
  const changed = await changePolicy(signedInCtx(c), { organisationId: organisation.id, version, draft: read.value });
  if (changed.ok) return saved(c, at);
  const current = await accessPolicy(signedInCtx(c), organisation.id);
  const meanwhile = current ? differencesOf(current, read.value) : [];
  const faults = [{ field: 'meanwhile', text: sentenceOf(view, changed.refusal) }];
  return policyPage(c, at, { fields, faults, meanwhile, status: statusOf(changed.refusal) });
});

export const saveLogo = administered(async (c, at) => {
  const { logo } = await c.req.parseBody();
  const bytes = logo instanceof File ? Buffer.from(await logo.arrayBuffer()) : Buffer.alloc(0);
  return settled(c, at, await setLogo(signedInCtx(c), { organisationId: at.organisation.id, bytes }));
});

export const dropLogo = administered(async (c, at) => settled(c, at, await removeLogo(signedInCtx(c), at.organisation.id)));

async function settled(c: WebContext, at: Administered, done: Result<undefined>): Promise<Response> {
  if (done.ok) return saved(c, at);
  return policyPage(c, at, { faults: [{ field: 'logo', text: sentenceOf(at.view, done.refusal) }], status: statusOf(done.refusal) });
}

function saved(c: WebContext, { organisation }: Administered): Response {
  setFlash(c, 'success', 'administration.policy.saved');
  return c.redirect(sectionHref(organisation, 'policy'), 303);
}

async function policyPage(c: WebContext, { organisation, view }: Administered, shown: Shown): Promise<Response> {
  const ctx = signedInCtx(c);
  const current = await accessPolicy(ctx, organisation.id);
  if (!current) return notFoundPage(c);
  // What was typed stays; the version is the one there is now, so that saving again decides knowingly.
  const fields = { ...(shown.fields ?? fieldsOf(current)), version: String(current.version) };
  const look = await findLook(ctx, organisation.id);
  const page = (
    <PolicyPage view={view} organisation={organisation} fields={fields} faults={shown.faults ?? []} meanwhile={shown.meanwhile ?? []} logo={look?.logo} />
  );
  return renderPage(c, page, shown.status);
}

function differencesOf(current: CurrentPolicy, draft: Parameters<typeof differences>[1]): Difference[] {
  const { before, after } = differences(current, draft);
  return Object.keys(after).map((setting) => ({ setting, now: before[setting], typed: after[setting] }));
}
