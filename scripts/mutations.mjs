/**
 * `npm run test:mutations [--part <i>/<n>] [part of a rule]`: takes each guard of scripts/mutations/guards.mjs out of a copy and runs the
 * test that must see it. A guard that no test misses is a failure. `--part 2/4` takes every fourth guard, from the second on.
 */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { duration, green, main, red, root, say, Stop } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

const LANES = 2;

await main(async () => {
  await setUp();
  const { GUARDS } = await import('./mutations/guards.mjs');
  const { MutantBench } = await import('./mutations/mutant-bench.mjs');
  const { startTestCluster, stopTestCluster } = await import(pathToFileURL(join(root, 'dist/libs/database/src/testing/global-setup.js')).href);
  const { values, positionals } = parseArgs({ options: { part: { type: 'string', default: '1/1' } }, allowPositionals: true });
  const wanted = positionals.join(' ').toLowerCase();
  const chosen = GUARDS.filter(({ rule, file }) => `${rule} ${file}`.toLowerCase().includes(wanted)).filter(inPart(values.part));
  if (chosen.length === 0) throw new Stop(`No guard has "${wanted}" in its rule or file.`);
  process.env.LOG_LEVEL ??= 'silent';
  await startTestCluster(root);
  const started = Date.now();
  const benches = Array.from({ length: Math.min(LANES, chosen.length) }, () => new MutantBench(root));
  try {
    const specs = await inLanes(benches, [...new Set(chosen.map(({ spec }) => spec))], (bench, spec) => whole(bench, spec));
    const verdicts = await inLanes(benches, chosen, (bench, mutant) => seen(bench, mutant));
    const bad = [...specs, ...verdicts].filter((good) => !good).length;
    process.stdout.write(
      `${verdicts.filter(Boolean).length} of ${chosen.length} guards are missed by a test when they are gone (${duration(Date.now() - started)})\n`,
    );
    if (bad > 0) process.exitCode = 1;
  } finally {
    await Promise.all(benches.map((bench) => bench.close()));
    await stopTestCluster();
  }
});

/** Whether a place in the list is in a part such as `2/4`. */
function inPart(part) {
  const [, first, every] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(part) ?? [];
  if (first === undefined || Number(first) > Number(every)) throw new Stop(`"${part}" is no part. Write one such as 2/4.`);
  return (_guard, place) => place % Number(every) === Number(first) - 1;
}

/** With every guard in place the test is green; otherwise its red says nothing. */
async function whole(bench, spec) {
  const { passed, failed, unloadable, output } = await bench.test({ spec });
  const isGreen = passed > 0 && failed + unloadable === 0;
  if (!isGreen) say(`${red('red  ')} ${spec} with every guard in place\n${output.slice(-2_000)}`);
  return isGreen;
}

async function seen(bench, mutant) {
  const { verdict, detail } = await bench.run(mutant);
  const isSeen = verdict === 'seen';
  say(`${isSeen ? green('seen ') : red(verdict)} ${mutant.rule}${isSeen ? '' : `\n      ${mutant.file}: ${mutant.spec} says: ${detail}`}`);
  return isSeen;
}

/** Works the list off, one piece at a time on each bench; answers in the order of the list. */
async function inLanes(benches, list, work) {
  const results = [];
  let next = 0;
  await Promise.all(
    benches.map(async (bench) => {
      for (let index = next++; index < list.length; index = next++) results[index] = await work(bench, list[index]);
    }),
  );
  return results;
}
