import type { Member } from '#domain/administration/api.ts';
import type { IconName } from '#web/kit/icon.tsx';
import { Tag, type TagKind } from '#web/kit/tag.tsx';
import type { View } from '#web/layout/view.ts';

const looks = {
  active: { kind: 'ok', icon: 'circle-check' },
  invited: { kind: 'wait', icon: 'clock' },
  suspended: { kind: 'dead', icon: 'user-x' },
  elsewhere: { kind: 'dead', icon: 'ban' },
  ended: { kind: undefined, icon: 'user-minus' },
} as const satisfies Record<string, { kind: TagKind | undefined; icon: IconName }>;

/** What an account is, in a word and a drawing: active, invited and not yet there, suspended, deleted. */
export function MemberStateTag({ view, member }: { view: View; member: Member }) {
  const state = member.state === 'active' && !member.hasComeIn ? 'invited' : member.state;
  const { kind, icon } = looks[state];
  return (
    <Tag view={view} {...(kind ? { kind } : {})} icon={icon}>
      {view.t(`administration.state.${state}`)}
    </Tag>
  );
}
