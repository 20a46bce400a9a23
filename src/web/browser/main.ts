// What every page loads. Each flow works without it: it shortens the way, warns before a loss, and moves the focus where eyes go.
import '@hotwired/turbo';
import { protectDrafts } from './drafts.ts';
import { DraftLine } from './elements/draft-line.ts';
import { FileField } from './elements/file-field.ts';
import { OpenedMessage } from './elements/opened-message.ts';
import { PasswordRules } from './elements/password-rules.ts';
import { RichText } from './elements/rich-text.ts';
import { SessionEnd } from './elements/session-end.ts';
import { ShowPassword } from './elements/show-password.ts';
import { ToastMessage } from './elements/toast-message.ts';
import { followVisits } from './follow-visits.ts';
import { keepPagesLive } from './live/keep-pages-live.ts';
import { keepMorphingPolite } from './morphing.ts';
import { openDetails } from './open-details.ts';
import { sendOnce } from './send-once.ts';
import { waitForUploads } from './wait-for-uploads.ts';

customElements.define('draft-line', DraftLine);
customElements.define('file-field', FileField);
customElements.define('opened-message', OpenedMessage);
customElements.define('password-rules', PasswordRules);
customElements.define('rich-text', RichText);
customElements.define('session-end', SessionEnd);
customElements.define('show-password', ShowPassword);
customElements.define('toast-message', ToastMessage);

followVisits();
keepMorphingPolite();
keepPagesLive();
openDetails();
protectDrafts();
sendOnce();
waitForUploads();
