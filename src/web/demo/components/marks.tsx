import type { MessageKey } from '#messages/translate.ts';
import { Address } from '#web/kit/address.tsx';
import { Count } from '#web/kit/count.tsx';
import { Host } from '#web/kit/host.tsx';
import { Icon, type IconName } from '#web/kit/icon.tsx';
import { iconShapes } from '#web/kit/icon-shapes.ts';
import { Tag, type TagKind } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { jean, Shown } from './showcase.tsx';

const tags = {
  unread: ['message-square-warning', 'connexion.mark.unread'],
  new: [undefined, 'connexion.mark.new'],
  dead: ['user-x', 'connexion.mark.read-only'],
  bad: ['mail-warning', 'demo.status.bounced'],
  ok: ['mail-check', 'demo.status.sent'],
  wait: ['clock-alert', 'demo.status.queued'],
  seal: ['lock-keyhole', 'kit.envelope.unopened'],
  talk: ['messages-square', 'components.tag.talk'],
} as const satisfies Record<TagKind, readonly [IconName | undefined, MessageKey]>;

export function MarksSection({ view }: { view: View }) {
  const { t } = view;
  return (
    <>
      <Shown name={t('components.tags')} wide>
        <p class="row">
          <Tag view={view} icon="lock">
            {t('connexion.mark.closed')}
          </Tag>
          {Object.entries(tags).map(([kind, [icon, label]]) => (
            <Tag view={view} kind={kind as TagKind /* the keys of tags */} {...(icon ? { icon } : {})}>
              {t(label)}
            </Tag>
          ))}
        </p>
      </Shown>
      <Shown name={t('components.counts')}>
        <p class="row">
          {[1, 23, 240].map((value) => (
            <Count view={view} value={value} />
          ))}
        </p>
      </Shown>
      <Shown name={t('components.address')}>
        <Address address={jean.other} />
      </Shown>
      <Shown name={t('components.host')}>
        <Host view={view} />
      </Shown>
      <Shown name={t('components.times')}>
        <p class="stack-s">
          {(['instant', 'day', 'time'] as const).map((form) => (
            <>
              <Time view={view} at={view.now} form={form} />
              <br />
            </>
          ))}
        </p>
      </Shown>
      <Shown name={t('components.icons')} wide>
        <Icons view={view} />
      </Shown>
    </>
  );
}

function Icons({ view }: { view: View }) {
  // The keys of a literal object are its names.
  const names = Object.keys(iconShapes) as IconName[];
  return (
    <ul class="shown__icons">
      {names.map((name) => (
        <li>
          <Icon view={view} name={name} /> <span lang="en">{name}</span>
        </li>
      ))}
    </ul>
  );
}
