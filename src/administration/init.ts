import { listOrganisations } from '#domain/organisations/api.ts';
import { type Arguments, completeOptions } from './arguments.ts';
import { withFirstContext } from './open.ts';
import { checkOrganisation, found } from './organisations.ts';
import { checkAddress, settleAndInvite } from './people.ts';
import { refusal } from './terminal.ts';

/** `init`: the first organisation, and the way in of its first administrator, who may also start conversations. */
export async function init(given: Arguments): Promise<void> {
  const asked = await completeOptions(given, ['organisation', 'slug', 'zone', 'name', 'address']);
  checkOrganisation(asked);
  checkAddress(asked.address);
  await withFirstContext(async (ctx) => {
    if ((await listOrganisations(ctx)).length > 0) throw refusal('init.already');
    await ctx.db.transaction().execute(async (db) => {
      const inside = { ...ctx, db };
      const organisation = await found(inside, asked);
      await settleAndInvite(inside, { organisationId: organisation.id, name: asked.name, address: asked.address, roles: ['administrator', 'collaborator'] });
    });
  });
}
