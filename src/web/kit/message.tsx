import type { Child } from '#jsx/jsx-runtime';
import { formatBytes } from '#shared/bytes.ts';
import type { View } from '#web/layout/view.ts';
import { Address } from './address.tsx';
import { Icon, type IconName } from './icon.tsx';
import { Time } from './time.tsx';

export type MessageFacts = { holder: string; sender: string; sentAt: Date; expiresAt: Date | undefined };

/** The four lines above each message: Titulaire, Expéditeur, Envoyé, Expire (000-45). */
export function MessageMeta({ view, holder, sender, sentAt, expiresAt }: MessageFacts & { view: View }) {
  const { t } = view;
  return (
    <dl class="meta">
      <Fact name={t('kit.message.holder')}>{holder}</Fact>
      <Fact name={t('kit.message.sender')}>
        <Address address={sender} />
      </Fact>
      <Fact name={t('kit.message.sent')}>
        <Time view={view} at={sentAt} />
      </Fact>
      {expiresAt && (
        <Fact name={t('kit.message.expires')}>
          <Time view={view} at={expiresAt} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children?: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type FigureProps = { view: View; id: string; mine?: boolean; figure?: IconName; labelledBy?: string; children?: Child };

/** A message with its figurine: at the right when it is one's own, at the left otherwise (000-42). `id` is where a link can lead. */
export function Message({ view, id, mine, figure = 'user-round', labelledBy, children }: FigureProps) {
  return (
    <article class={mine ? 'msg msg--me' : 'msg'} id={id} aria-labelledby={labelledBy ?? `${id}-by`}>
      <span class="fig">
        <Icon view={view} name={figure} />
      </span>
      {children}
    </article>
  );
}

type BubbleProps = {
  view: View;
  id: string;
  mine?: boolean;
  figure?: IconName;
  author: string;
  quality?: string;
  facts: MessageFacts;
  files?: Child;
  opened?: boolean;
  /** What can be done with it, last. */
  tools?: Child;
  children?: Child;
};

/** A readable message: who, the four lines, the text, its files at the bottom. `opened` puts the focus on the text once the page is shown. */
export function Bubble({ view, id, mine, figure, author, quality, facts, files, opened, tools, children }: BubbleProps) {
  const text = <div class="said">{children}</div>;
  return (
    <Message view={view} id={id} {...(mine ? { mine } : {})} {...(figure ? { figure } : {})}>
      <div class="bub">
        <p class="by" id={`${id}-by`}>
          {mine ? view.t('kit.message.you') : author} {quality && <span class="small muted">{quality}</span>}
        </p>
        <MessageMeta view={view} {...facts} />
        {opened ? <opened-message tabindex={-1}>{text}</opened-message> : text}
        {files && <ul class="files">{files}</ul>}
        {tools}
      </div>
    </Message>
  );
}

/** A file of a message: its name leads to it, its size is beside. The browser downloads it itself, Turbo stays out. */
export function FileRow({ view, href, name, bytes, note }: { view: View; href: string | undefined; name: string; bytes: number; note?: Child }) {
  return (
    <li class="file">
      <Icon view={view} name="paperclip" />
      <span class="any">
        {href ? (
          <a href={href} download="" data-turbo="false">
            {name}
          </a>
        ) : (
          name
        )}
        {note && <span class="org">{note}</span>}
      </span>
      <span class="sz">{formatBytes(bytes, view.locale)}</span>
    </li>
  );
}

/** What is left of a message that expired or was withdrawn: a sentence, who and when (000-48). */
export function Tombstone({
  view,
  id,
  mine,
  icon = 'hourglass',
  title,
  children,
}: {
  view: View;
  id: string;
  mine?: boolean;
  icon?: IconName;
  title: Child;
  children?: Child;
}) {
  return (
    <Message view={view} id={id} {...(mine ? { mine } : {})}>
      <div class="bub tomb">
        <p class="by by--line" id={`${id}-by`}>
          <Icon view={view} name={icon} />
          <span>{title}</span>
        </p>
        <div class="small">{children}</div>
      </div>
    </Message>
  );
}
