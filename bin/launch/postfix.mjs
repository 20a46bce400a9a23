import { existsSync } from 'node:fs';

/** Debian keeps it out of an ordinary PATH; smtp-sink plays the mailboxes behind it. */
export function hasPostfix() {
  return ['/usr/sbin/postfix', '/usr/sbin/smtp-sink'].every((program) => existsSync(program));
}
