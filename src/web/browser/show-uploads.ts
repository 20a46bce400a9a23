import * as Turbo from '@hotwired/turbo';
import { FileField } from './elements/file-field.ts';
import { finish, free, markBusy } from './send-once.ts';

/** Under this many bytes an upload is over before its progress could be read. */
const worthShowing = 1024 * 1024;

/** Sends documents with their progress, the time left, and a way to stop; the answer is then shown as Turbo shows any form's. */
export function showUploads(): void {
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target;
      if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
      const field = form.querySelector('file-field');
      if (!(field instanceof FileField) || field.bytes < worthShowing) return;
      event.preventDefault();
      send(form, field, event.submitter);
    },
    true,
  );
}

/** XMLHttpRequest, because `fetch` tells nothing of what has left. */
function send(form: HTMLFormElement, field: FileField, submitter: HTMLElement | null): void {
  const request = new XMLHttpRequest();
  const started = performance.now();
  let sent = 0;
  request.open('POST', form.action);
  request.setRequestHeader('Accept', 'text/html');
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    sent = loaded / total;
    field.showProgress({ sent, whole: total, secondsLeft: secondsLeft(started, sent) });
  });
  request.addEventListener('load', () => {
    release(form, field);
    show(request, form);
  });
  for (const end of ['error', 'abort']) {
    request.addEventListener(end, () => {
      release(form, field, sent);
      free(form);
    });
  }
  form.dataset.uploading = '';
  markBusy(form, submitter);
  field.startProgress(() => request.abort());
  request.send(new FormData(form));
}

/** At the speed kept so far. */
function secondsLeft(started: number, sent: number): number {
  const spent = (performance.now() - started) / 1000;
  return spent * (1 / Math.max(sent, 0.001) - 1);
}

function release(form: HTMLFormElement, field: FileField, stoppedAt?: number): void {
  delete form.dataset.uploading;
  field.endProgress(stoppedAt);
}

/** An accepted form leads where the server redirected; a refused one is shown again at the address it was on. */
function show(request: XMLHttpRequest, form: HTMLFormElement): void {
  const accepted = request.status < 400;
  if (accepted) finish(form);
  else free(form);
  const address = accepted ? request.responseURL : location.href;
  // A form to correct (4xx) is merged into the page, which keeps what was typed and chosen; a breakdown replaces it.
  const statusCode = request.status < 500 ? 200 : request.status;
  const response = { statusCode, responseHTML: request.responseText, redirected: accepted };
  const action = new URL(address).pathname === location.pathname ? 'replace' : 'advance';
  // `response` spares the second request, as for Turbo's own forms; its published types leave it out.
  Turbo.visit(address, { action, response } as Turbo.VisitOptions);
}
