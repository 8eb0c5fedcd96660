/** Adds results to a history, each of them twice. Arguments: folder, id, first number, count. */
import { HistoryStore } from '../../../../src/check/history/history-store.ts';
import { entryNumber } from '../../../support/history-entries.ts';

const [, , folder = '', id = '', first = '0', count = '0'] = process.argv;
const log = { warn: (message: string) => process.stderr.write(`${message}\n`) };
const store = new HistoryStore(folder, log, { maxRuntimes: 10, maxSpareRecords: 3 });
for (let number = Number(first); number < Number(first) + Number(count); number += 1) {
  await store.add(id, entryNumber(number));
  await store.add(id, entryNumber(number));
  process.stdout.write(`${number}\n`);
}
