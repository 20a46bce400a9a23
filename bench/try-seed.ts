import { prepareData } from '/work/wt-bench/bench/seed/prepare-data.ts';
const t=performance.now();
const { made, run } = await prepareData({ folder: '/work/wt-bench/bench/data', scale: Number(process.argv[2] ?? 0.001), fresh: true });
console.log({ ...made, cast: undefined }, made.cast.long, run, performance.now()-t);
