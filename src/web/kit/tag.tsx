import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';

export type TagKind = 'unread' | 'new' | 'dead' | 'bad' | 'ok' | 'wait' | 'seal' | 'talk';

/** A mark in a few words: «Non lu», «Nouvelle», «Lecture seule». */
export function Tag({ view, kind, icon, children }: { view: View; kind?: TagKind; icon?: IconName; children?: Child }) {
  return (
    <span class={classes('tag', kind && `tag--${kind}`)}>
      {icon && <Icon view={view} name={icon} />}
      {children}
    </span>
  );
}
