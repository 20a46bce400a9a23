import type { Ctx } from '#context';
import { expireMessages, refreshInboxesJob } from '#domain/conversations/api.ts';
import { settleQueuedNotices } from '#domain/notices/api.ts';
import { findOrganisationBySlug } from '#domain/organisations/api.ts';
import { directJobs } from '#platform/jobs/direct-jobs.ts';
import { findMark, lockMark } from './queries.ts';
import { longStory } from './world/long-story.ts';
import { expiredStories, pastStories, redStories } from './world/past-stories.ts';
import { innovactione } from './world/people.ts';
import { playStory, startOf } from './world/play-story.ts';
import { recentStories } from './world/recent-stories.ts';
import { closeDesk, settlePeople } from './world/settle-people.ts';
import { teamStories } from './world/team-stories.ts';

const stories = [...expiredStories, ...pastStories, ...redStories, longStory, ...recentStories, ...teamStories];

/**
 * Loads the demonstration's world into a database marked for it, with the product's own verbs and a clock set back, so that its data are
 * sealed like any other. One transaction: a crash halfway leaves nothing, and the next start loads it. True when it was loaded now.
 */
export async function loadDemonstrationWorld(ctx: Ctx): Promise<boolean> {
  if (await findOrganisationBySlug(ctx, innovactione.slug)) return false;
  return ctx.db.transaction().execute(async (db) => {
    const inside = { ...ctx, db };
    await lockMark(db);
    if (!(await findMark(db))?.demonstration) throw new Error('The demonstration is loaded only into a database marked for it');
    if (await findOrganisationBySlug(inside, innovactione.slug)) return false;
    await loadWorld(inside);
    return true;
  });
}

async function loadWorld(ctx: Ctx): Promise<void> {
  const jobs = directJobs([refreshInboxesJob], { ignoreOthers: true });
  const present = { ...ctx, jobs };
  const cast = await settlePeople(present);
  const played = stories.map((story) => ({ story, start: startOf(story, ctx.now()) })).sort((a, b) => a.start.getTime() - b.start.getTime());
  for (const { story, start } of played) await playStory(present, cast, story, start);
  await closeDesk(present, cast);
  await jobs.runAll(present);
  await settleQueuedNotices(present);
  await expireMessages(present);
}
