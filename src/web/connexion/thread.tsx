import { type Conversation, canManage, type ThreadLine, type ThreadMessage } from '#domain/conversations/api.ts';
import { Envelope } from '#web/kit/envelope.tsx';
import { Bubble, FileRow, type MessageFacts, Tombstone } from '#web/kit/message.tsx';
import { RichDocument } from '#web/kit/rich-document.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { fileHref, openHref } from './addresses.ts';
import { MessageTools } from './message-tools.tsx';
import { ThreadLineItem } from './thread-line.tsx';

type ThreadProps = { view: View; conversation: Conversation; messages: readonly ThreadMessage[]; lines: readonly ThreadLine[]; opened: string | undefined };

/** The messages of one window, the most recent at the bottom (000-43). `opened` is the one just opened: the focus goes to its text. */
export function ThreadMessages({ view, conversation, messages, lines, opened }: ThreadProps) {
  const before = (messages[0]?.position ?? 1) - 1;
  const behind = (position: number) => lines.filter((line) => line.afterPosition === position).map((line) => <ThreadLineItem view={view} line={line} />);
  return (
    <div class="thread">
      {behind(before)}
      {messages.map((message) => (
        <>
          <MessageItem view={view} conversation={conversation} message={message} opened={message.id === opened} />
          {behind(message.position)}
        </>
      ))}
    </div>
  );
}

type ItemProps = { view: View; conversation: Conversation; message: ThreadMessage; opened: boolean };

function MessageItem({ view, conversation, message, opened }: ItemProps) {
  const id = `message-${message.id}`;
  const author = message.senderName ?? message.senderAddress;
  const facts: MessageFacts = { holder: conversation.organisationName, sender: message.senderAddress, sentAt: message.sentAt, expiresAt: message.expiresAt };
  const mayManage = view.actor !== undefined && canManage(view.actor, conversation) && conversation.holderActive;
  const tools = mayManage && <MessageTools view={view} place={conversation} message={message} />;
  if (message.state === 'sealed') {
    return <Envelope view={view} id={id} author={author} facts={facts} openAction={openHref(conversation, message.id)} tools={tools} />;
  }
  if (message.state !== 'open') return <Gone view={view} id={id} message={message} />;
  const files = message.files.map((file) => <FileRow view={view} href={fileHref(conversation, file.id)} name={file.name} bytes={file.size} />);
  return (
    <Bubble view={view} id={id} mine={message.mine} author={author} facts={facts} opened={opened} files={files.length > 0 ? files : undefined} tools={tools}>
      {message.withdrawnAt && <Withdrawn view={view} at={message.withdrawnAt} />}
      {message.richText ? <RichDocument view={view} document={message.richText} /> : paragraphs(message.text).map((paragraph) => <p>{paragraph}</p>)}
    </Bubble>
  );
}

/** What is left once nobody can read it: who sent it, when, until when (000-48). */
function Gone({ view, id, message }: { view: View; id: string; message: ThreadMessage }) {
  const { t } = view;
  const withdrawn = message.state === 'withdrawn';
  const title = withdrawn
    ? t.rich('connexion.withdrawn', { at: <Time view={view} at={message.withdrawnAt ?? message.sentAt} /> })
    : t.rich('connexion.expired', { at: <Time view={view} at={message.expiresAt} /> });
  return (
    <Tombstone view={view} id={id} mine={message.mine} icon={withdrawn ? 'undo-2' : 'hourglass'} title={title}>
      <p>
        {t.rich(withdrawn ? 'life.withdrawn.gone' : 'connexion.gone', {
          sender: <span class="any">{message.senderAddress}</span>,
          at: <Time view={view} at={message.sentAt} />,
        })}
      </p>
    </Tombstone>
  );
}

/** To those who still read it: nobody else will. */
function Withdrawn({ view, at }: { view: View; at: Date }) {
  return (
    <p class="row small">
      <Tag view={view} kind="wait" icon="undo-2">
        {view.t('life.withdrawn')}
      </Tag>
      <span>{view.t.rich('life.withdrawn.partly', { at: <Time view={view} at={at} /> })}</span>
    </p>
  );
}

/** Blank lines part paragraphs; single line ends are kept by the sheet of styles. */
function paragraphs(text: string): string[] {
  return text.split(/\n{2,}/u).filter((paragraph) => paragraph.trim() !== '');
}
