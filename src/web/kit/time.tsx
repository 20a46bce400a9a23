import { formatDay, formatInstant, formatTime, isoInstant } from '#shared/dates.ts';
import type { View } from '#web/layout/view.ts';
import { trusted } from './html.ts';

type TimeProps = { view: Pick<View, 'locale' | 'zone'>; at: Date; zone?: string; form?: 'instant' | 'day' | 'time' };

/** An instant in the reader's language and zone, to the second with the zone named unless `form` says less. */
export function Time({ view, at, zone = view.zone, form = 'instant' }: TimeProps) {
  const reading = { locale: view.locale, zone };
  const text = form === 'day' ? formatDay(at, reading) : form === 'time' ? formatTime(at, reading) : formatInstant(at, reading);
  // Digits, months and zones of our own tables: nothing to escape, and a page of the list has thirty.
  return trusted(`<time datetime="${isoInstant(at, zone)}">${text}</time>`);
}
