import { FileField } from './elements/file-field.ts';
import { free, markBusy } from './send-once.ts';

/** A form whose documents are on their way is sent once they are there; one whose documents need somebody is not sent, and says why. */
export function waitForUploads(): void {
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target;
      if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
      const field = form.querySelector('file-field');
      if (!(field instanceof FileField) || field.obstacle === 'none') return;
      event.preventDefault();
      if (field.obstacle === 'stuck') field.tellStuck();
      else wait(form, field, event.submitter);
    },
    true,
  );
}

function wait(form: HTMLFormElement, field: FileField, submitter: HTMLElement | null): void {
  markBusy(form, submitter);
  const stop = () => {
    field.release();
    free(form);
  };
  field.hold(() => {
    stop();
    if (field.obstacle === 'stuck') field.tellStuck();
    else form.requestSubmit(submitter);
  }, stop);
}
