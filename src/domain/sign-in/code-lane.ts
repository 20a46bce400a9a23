import type { Ctx } from '#context';
import { findNoticeTarget } from '#domain/notices/api.ts';
import { addressKey } from '#shared/people.ts';
import { type Account, strangersLane } from './account-queries.ts';
import type { Flow } from './flows.ts';

/**
 * Where codes and wrong tries of this flow are counted: with its browser's own when the profile has signed in there before; else, for somebody
 * who came by the link of a notice sent to this very address, apart from strangers, so that nobody shuts out a newcomer by wasting tries; else
 * with all strangers. One lane a person, whatever the number of notices. The link changes nothing but where is counted: the code still goes
 * to the mailbox, passwords are counted with strangers', and what holds of an account's days and hours holds in the lane.
 */
export async function codeLaneOf(ctx: Ctx, flow: Pick<Flow, 'addressKey' | 'returnTo'>, account: Pick<Account, 'lane'>): Promise<string> {
  if (account.lane !== strangersLane) return account.lane;
  const token = /^\/avis\/([\w-]{22})(?:\?|$)/.exec(flow.returnTo ?? '')?.[1];
  const notice = token === undefined ? undefined : await findNoticeTarget(ctx, token);
  return notice && addressKey(notice.address) === flow.addressKey ? `notice:${notice.personaId}` : strangersLane;
}
