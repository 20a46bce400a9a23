import { parseArgs } from 'node:util';

/** What can be measured; `list-of-20` and `sign-in-overload` stand beside the rows of the contract. */
export const rowNames = [
  'list-first',
  'list-last',
  'list-of-20',
  'open',
  'sign-in',
  'sign-in-overload',
  'post',
  'live',
  'download-100mb',
  'upload-1gib',
] as const;
export type RowName = (typeof rowNames)[number];

export type Options = {
  scale: number;
  /** The data set is made again. */
  fresh: boolean;
  rows: ReadonlySet<RowName>;
  rounds: number;
  /** Of one round. */
  seconds: number;
  /** How long a page is asked for, or a message posted, before it is measured for the first time. */
  warmUpSeconds: number;
  screens: number;
  liveSeconds: number;
  /** How long an idle Pli is left alone before its memory is read. */
  idleSeconds: number;
  /** The table of bench/README.md is written anew. */
  readme: boolean;
  /** Pli writes down what its processor does (`--cpu-prof`), which makes it slower: to find out why, not how fast. */
  profile: boolean;
  /** Nothing is measured: the last figures are printed. */
  last: boolean;
};

export const usage = `npm run bench -- [options]

  --scale N         0.1 unless told; 1 is 100 000 conversations, 1 000 000 messages (the long list has 10 000 at every scale)
  --fresh           make the data set again
  --only A,B        these rows alone: ${rowNames.join(', ')}
  --without A,B     all rows but these
  --rounds N        3 unless told; each figure is the median
  --seconds N       length of a round, 2 unless told
  --warm-up N       seconds for which each page and post is asked for before it is measured, 15 unless told
  --live-seconds N  60 unless told
  --long            live for 10 minutes
  --screens N       open screens of live, 1000 unless told
  --idle-seconds N  before idle memory is read, 15 unless told
  --profile         processor profiles of Pli in bench/results/profiles, and slower figures
  --readme          write the table into bench/README.md
  --last            measure nothing: print (with --readme, write) the figures of the last run
`;

/** What was typed, or a sentence that says what is wrong with it. */
export function readOptions(typed: readonly string[]): Options | { fault: string } {
  const number = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const known = {
    ...{ scale: number, rounds: number, seconds: number, screens: number, 'live-seconds': number, 'idle-seconds': number, 'warm-up': number },
    ...{ only: number, without: number, fresh: flag, readme: flag, last: flag, long: flag, profile: flag },
  };
  try {
    const { values } = parseArgs({ args: [...typed], options: known, strict: true });
    return {
      ...{ fresh: values.fresh, readme: values.readme, last: values.last, profile: values.profile },
      scale: positive('scale', values.scale, 0.1),
      rows: chosenRows(values.only, values.without),
      rounds: Math.ceil(positive('rounds', values.rounds, 3)),
      seconds: positive('seconds', values.seconds, 2),
      warmUpSeconds: positive('warm-up', values['warm-up'], 15),
      screens: Math.ceil(positive('screens', values.screens, 1_000)),
      liveSeconds: positive('live-seconds', values['live-seconds'], values.long ? 600 : 60),
      idleSeconds: positive('idle-seconds', values['idle-seconds'], 15),
    };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function positive(name: string, typed: string | undefined, usual: number): number {
  const value = typed === undefined ? usual : Number(typed);
  if (!(value > 0 && Number.isFinite(value))) throw new Error(`--${name} is a number above 0, not «${typed}»`);
  return value;
}

function chosenRows(only: string | undefined, without: string | undefined): ReadonlySet<RowName> {
  const named = (list: string | undefined): RowName[] =>
    (list ?? '')
      .split(',')
      .filter((name) => name !== '')
      .map((name) => {
        const row = rowNames.find((known) => known === name);
        if (!row) throw new Error(`There is no row «${name}»; there are ${rowNames.join(', ')}`);
        return row;
      });
  const left = new Set(named(without));
  return new Set((only === undefined ? rowNames : named(only)).filter((name) => !left.has(name)));
}
