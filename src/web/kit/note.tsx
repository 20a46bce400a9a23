import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';

export type NoteKind = 'info' | 'warn' | 'bad' | 'ok';
const icons = { info: 'info', warn: 'triangle-alert', bad: 'circle-x', ok: 'circle-check' } as const satisfies Record<NoteKind, IconName>;

type NoteProps = { view: View; kind?: NoteKind; title?: Child; icon?: IconName; role?: 'status' | 'alert'; children?: Child };

/** Something to know beside the page's own matter. */
export function Note({ view, kind = 'info', title, icon, role, children }: NoteProps) {
  return (
    <div class={classes('note', kind !== 'info' && `note--${kind}`)} role={role}>
      <Icon view={view} name={icon ?? icons[kind]} />
      <div>
        {title && <b class="note__t">{title}</b>} {children}
      </div>
    </div>
  );
}
