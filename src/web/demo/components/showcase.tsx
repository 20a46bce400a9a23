import type { Child } from '#jsx/jsx-runtime';
import { Address } from '#web/kit/address.tsx';
import { classes } from '#web/kit/classes.ts';
import type { View } from '#web/layout/view.ts';

/** Where every form of the page of components goes: nothing is kept, and the page says so. */
export const tryAction = '/demo/composants';

/** One state of a component under its name. `wide` takes the whole row: tables, messages, pages. */
export function Shown({ name, wide, children }: { name: Child; wide?: boolean; children?: Child }) {
  return (
    <div class={classes('shown', wide && 'shown--wide')}>
      <p class="shown__n">{name}</p>
      {children}
    </div>
  );
}

/** A state whose controls send something: to the page itself, which keeps nothing. */
export function ShownForm({ name, wide, files, children }: { name: Child; wide?: boolean; files?: boolean; children?: Child }) {
  return (
    <Shown name={name} {...(wide ? { wide } : {})}>
      <form class="stack" method="post" action={tryAction} enctype={files ? 'multipart/form-data' : undefined} novalidate>
        {children}
      </form>
    </Shown>
  );
}

/** The persons of the demonstration, as the components speak of them. */
export const marie = { name: 'Marie Unetelle', address: 'marie.unetelle@innovactione.example' } as const;
export const jean = { name: 'Jean Dubé', address: 'jeand@courriel.example', other: 'jean.dube@atelier.example' } as const;
export const maskedJean = 'j•••@courriel.example';
export const organisation = 'Innovactione';

export function MariesAddress() {
  return <Address address={marie.address} />;
}

const dayMs = 86_400_000;

/** An instant so many days from now. */
export function daysAway(view: View, days: number): Date {
  return new Date(view.now.getTime() + days * dayMs);
}
