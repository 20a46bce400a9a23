import type { View } from '#web/layout/view.ts';

const steps = ['identifier', 'code', 'password'] as const;

/** Where one is in a reset. */
export function Steps({ view, current }: { view: View; current: (typeof steps)[number] }) {
  const at = steps.indexOf(current);
  return (
    <ol class="steps">
      {steps.map((step, index) => (
        <li class={index < at ? 'done' : undefined} aria-current={index === at ? 'step' : undefined}>
          {view.t(`recovery.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
