import type { Shares } from './machine/proc.ts';

/** A row of the report. What has no meaning for it is absent. Milliseconds, MB, and acts a second. */
export type Result = {
  name: string;
  connections?: number;
  rps?: number;
  p50?: number;
  p95?: number;
  p99?: number;
  mbPerS?: number;
  lagMs?: number;
  /** Processor of one act; of `upload-1gib`, of the whole file. */
  cpuMs?: Shares;
  peakRssMb?: number;
  /** To the page's own SQL run alone where there is one, to a bare transfer of a file, else to the bare hello. */
  ratio?: number;
  /** What a bare `node:http` made of the same file. */
  bareMbPerS?: number;
  /** `sign-in-overload`: passwords offered a second, and what became of all of them; what a reader of a list waited meanwhile. */
  offeredPerS?: number;
  accepted?: number;
  refused?: number;
  withoutRetryAfter?: number;
  otherwise?: number;
  othersP95?: number;
  /** `live`: tellings that did not come in time, screens whose stream was cut, what memory grew in the second half, and how long it went on. */
  untold?: number;
  cut?: number;
  rssGrowthMb?: number;
  seconds?: number;
};

export type PageWeight = { name: string; htmlBytes: number; htmlGzBytes: number; firstLoadGzBytes: number; requests: number };

export type Report = {
  machine: string;
  at: string;
  commit: string;
  scale: number;
  /** Of the processors' time while it was measured, what other machines on the same one had. */
  stolenShare: number;
  calibration: { helloRps: Record<string, number>; sqlPagesPerS: Record<string, number>; sqlConnections: number };
  memory: { idleMb: number; loadedMb: number; idle: Shares; loaded: Shares };
  pages: PageWeight[];
  results: Result[];
  starts: { coldMs: number; warmMs: number };
  disk: { databaseMb: number; bytesPerMessage: number };
  data: { seconds: number; conversations: number; messages: number; activities: number; people: number };
};

/** Memory as it is printed: all of it, and whose it is. */
export function describeHeld({ pli, postgres }: Shares): string {
  return `${Math.round(pli + postgres)} MB (Pli ${Math.round(pli)}, PostgreSQL ${Math.round(postgres)})`;
}

/** The report as lines of Markdown, which a terminal shows as well. */
export function tableOf(report: Report): string[] {
  const { results, memory, starts, disk, data, calibration, pages } = report;
  return [
    `${report.at.slice(0, 16).replace('T', ' ')} UTC, ${report.machine}, commit ${report.commit}, scale ${report.scale}`,
    '',
    '| row | connections | per second | p50 ms | p99 ms | MB/s | ratio | CPU-ms Pli | CPU-ms PostgreSQL | lag ms | peak RSS MB | also |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|',
    ...results.map(lineOf),
    '',
    '| whole | |',
    '|---|---|',
    `| bare hello, by connections | ${pairsOf(calibration.helloRps, ' requests/s')} |`,
    `| pages' own SQL alone, ${calibration.sqlConnections} connections | ${pairsOf(calibration.sqlPagesPerS, ' pages/s')} |`,
    `| memory of all processes (PSS) | idle ${describeHeld(memory.idle)}, loaded ${describeHeld(memory.loaded)} |`,
    `| processor taken by other machines meanwhile | ${Math.round(report.stolenShare * 100)} % |`,
    `| start | empty folder ${starts.coldMs} ms, again ${starts.warmMs} ms |`,
    `| disk | ${disk.databaseMb} MB, ${disk.bytesPerMessage} bytes a message |`,
    `| data | ${data.conversations} conversations, ${data.messages} messages, ${data.activities} activities, ${data.people} people, made in ${data.seconds} s |`,
    '',
    '| page | HTML | gz | all of a first visit, gz | requests |',
    '|---|---:|---:|---:|---:|',
    ...pages.map((page) => `| ${page.name} | ${page.htmlBytes} | ${page.htmlGzBytes} | ${page.firstLoadGzBytes} | ${page.requests} |`),
  ];
}

function lineOf(result: Result): string {
  const { connections, rps, p50, p99, mbPerS, ratio, cpuMs, lagMs, peakRssMb } = result;
  const cells = [connections, rps, p50, p99, mbPerS, ratio, cpuMs?.pli, cpuMs?.postgres, lagMs, peakRssMb];
  return `| ${result.name} | ${cells.map((cell) => cell ?? '').join(' | ')} | ${alsoOf(result)} |`;
}

/** What few rows have, in words. */
function alsoOf(result: Result): string {
  const words: [keyof Result, (value: number) => string][] = [
    ['p95', (ms) => `p95 ${ms} ms`],
    ['bareMbPerS', (rate) => `bare ${rate} MB/s`],
    ['offeredPerS', (rate) => `${rate} offered a second`],
    ['accepted', (many) => `${many} let in`],
    ['refused', (many) => `${many} answered 503`],
    ['withoutRetryAfter', (many) => `${many} of them without Retry-After`],
    ['otherwise', (many) => `${many} otherwise`],
    ['othersP95', (ms) => `p95 of another page ${ms} ms`],
    ['untold', (many) => `${many} not told`],
    ['cut', (many) => `${many} cut`],
    ['rssGrowthMb', (mb) => `RSS ${mb < 0 ? '' : '+'}${mb} MB in the second half`],
    ['seconds', (seconds) => `${seconds} s`],
  ];
  return words.flatMap(([name, say]) => (typeof result[name] === 'number' ? [say(result[name])] : [])).join(', ');
}

function pairsOf(record: Record<string, number>, unit: string): string {
  return Object.entries(record)
    .map(([name, value]) => `${name}: ${value}${unit}`)
    .join(', ');
}

const marks = { from: '<!-- figures -->', to: '<!-- end of figures -->' };

/** The README with the report between its marks. */
export function withFigures(readme: string, report: Report): string {
  const [from, to] = [readme.indexOf(marks.from), readme.indexOf(marks.to)];
  if (from < 0 || to < from) throw new Error(`bench/README.md has lost its marks ${marks.from} and ${marks.to}`);
  return `${readme.slice(0, from + marks.from.length)}\n\n${tableOf(report).join('\n')}\n\n${readme.slice(to)}`;
}
