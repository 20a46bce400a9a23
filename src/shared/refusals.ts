import type { conversationLifeRefusals } from './conversation-life.ts';
import type { conversationRefusals } from './conversations.ts';
import type { draftRefusals } from './drafts.ts';
import type { peopleRefusals } from './people.ts';
import type { policyRefusals } from './read-policy.ts';
import type { signInRefusals } from './sign-in.ts';

/** Every expected "no" of the product. Each has a status in `web/refusals.ts` and a sentence `refusal.<code>` in both languages. */
export type RefusalCode =
  | (typeof conversationRefusals)[number]
  | (typeof conversationLifeRefusals)[number]
  | (typeof draftRefusals)[number]
  | (typeof signInRefusals)[number]
  | (typeof peopleRefusals)[number]
  | (typeof policyRefusals)[number];
