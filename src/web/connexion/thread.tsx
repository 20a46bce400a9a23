import type { Conversation, ThreadMessage } from '#domain/conversations/api.ts';
import { Envelope } from '#web/kit/envelope.tsx';
import { Bubble, FileRow, type MessageFacts, Tombstone } from '#web/kit/message.tsx';
import { RichDocument } from '#web/kit/rich-document.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { fileHref, openHref } from './addresses.ts';

type ThreadProps = { view: View; conversation: Conversation; messages: readonly ThreadMessage[]; opened: string | undefined };

/** The messages of one window, the most recent at the bottom (000-43). `opened` is the one just opened: the focus goes to its text. */
export function ThreadMessages({ view, conversation, messages, opened }: ThreadProps) {
  return (
    <div class="thread">
      {messages.map((message) => (
        <MessageItem view={view} conversation={conversation} message={message} opened={message.id === opened} />
      ))}
    </div>
  );
}

type ItemProps = { view: View; conversation: Conversation; message: ThreadMessage; opened: boolean };

function MessageItem({ view, conversation, message, opened }: ItemProps) {
  const id = `message-${message.id}`;
  const author = message.senderName ?? message.senderAddress;
  const facts: MessageFacts = { holder: conversation.organisationName, sender: message.senderAddress, sentAt: message.sentAt, expiresAt: message.expiresAt };
  const place = { id: conversation.id, personaId: conversation.personaId };
  if (message.state === 'sealed') {
    return <Envelope view={view} id={id} author={author} facts={facts} openAction={openHref(place, message.id)} />;
  }
  if (message.state !== 'open') return <Gone view={view} id={id} message={message} />;
  const files = message.files.map((file) => <FileRow view={view} href={fileHref(place, file.id)} name={file.name} bytes={file.size} />);
  return (
    <Bubble view={view} id={id} mine={message.mine} author={author} facts={facts} opened={opened} files={files.length > 0 ? files : undefined}>
      {message.richText ? <RichDocument view={view} document={message.richText} /> : paragraphs(message.text).map((paragraph) => <p>{paragraph}</p>)}
    </Bubble>
  );
}

/** What is left once nobody can read it: who sent it, when, until when (000-48). */
function Gone({ view, id, message }: { view: View; id: string; message: ThreadMessage }) {
  const { t } = view;
  const withdrawn = message.state === 'withdrawn';
  const title = withdrawn ? t('connexion.withdrawn') : t.rich('connexion.expired', { at: <Time view={view} at={message.expiresAt} /> });
  return (
    <Tombstone view={view} id={id} mine={message.mine} icon={withdrawn ? 'undo-2' : 'hourglass'} title={title}>
      <p>{t.rich('connexion.gone', { sender: <span class="any">{message.senderAddress}</span>, at: <Time view={view} at={message.sentAt} /> })}</p>
    </Tombstone>
  );
}

/** Blank lines part paragraphs; single line ends are kept by the sheet of styles. */
function paragraphs(text: string): string[] {
  return text.split(/\n{2,}/u).filter((paragraph) => paragraph.trim() !== '');
}
