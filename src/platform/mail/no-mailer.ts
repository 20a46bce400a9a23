import type { Log } from '../log/log.ts';
import type { Mailer } from './mailer.ts';

/** No way out is configured: mails wait in their queue until there is one. The log says so once, at the first mail that waits. */
export function noMailer(log: Log): Mailer {
  let said = false;
  return {
    ready() {
      if (!said) log.warn({}, 'No mail server is configured: mails wait in their queue and nobody is told of anything');
      said = true;
      return false;
    },
    remote: false,
    send: () => Promise.reject(new Error('No mail server is configured')),
    close: () => undefined,
  };
}
