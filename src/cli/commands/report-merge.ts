import { mergeEntries, readEntries } from '../../check/merge-reports.ts';
import { isProblem } from '../../model/input-problem.ts';
import { command, commonOptions, reportOptions } from '../command.ts';
import { exitCodeOf } from '../exit-code.ts';
import { deliverEntries } from '../inputs-and-reports.ts';

export const reportMerge = command({
  name: 'report merge',
  summary: 'put JSON reports of several runs or machines together: one list, one conclusion',
  arguments: '<file...>',
  options: [...reportOptions, ...commonOptions],
  examples: [
    ['pvf report merge part-1.json part-2.json part-3.json', 'the whole, after --shard on three machines'],
    ['pvf report merge --format markdown --output report.md part-*.json', 'for a pull request'],
  ],
  run: async (files, options, context) => {
    const { environment } = context;
    const { name, version } = environment.package;
    const given = (await Promise.all(files.map(readEntries))).flat();
    const { entries, removed } = mergeEntries(given, { name, version });
    for (const clause of removed) environment.log.warn(`${clause}; only the first counts.`);
    const isTable = entries.length > 0 && entries.every((entry) => isProblem(entry) || entry.para !== undefined);
    await deliverEntries(entries, options, context, { isList: true, isTable });
    return exitCodeOf(entries);
  },
});
