/** The shape of an input that provokes a rule, and what several kinds of inputs share. */
import type { CheckKind, CheckSettings } from '../../../src/check/check-settings.ts';
import type { Conclusion, Report, Vote } from '../../../src/model/report.ts';
import { sectionId } from '../../../src/wasm/sections.ts';
import { name, section } from '../../../src/wasm/writer.ts';
import { codeOfCase } from '../../unit/check/protocol-cases.ts';
import type { FakeBehaviour } from '../fake-worker.ts';
import { importedFunction, importedMemory, pvfModule } from '../pvf-module.ts';

/** What an input can use. */
export interface RuleBench {
  /** A path in a folder of the input's own. */
  at(file: string): string;
  /** Writes a file into that folder and returns its path. */
  write(file: string, content: string | Uint8Array): string;
  /** The path of a file of the corpus. */
  corpus(file: string): string;
  /** Installs a fake worker and returns its path. */
  fakeWorker(behaviour: FakeBehaviour): string;
  /** Checks a file. The built-in worker prepares it unless the settings name another one. */
  check(path: string, settings?: Partial<CheckSettings>, kind?: CheckKind): Promise<Report>;
}

export interface RuleInput {
  /** The rule's id. */
  readonly rule: string;
  /** A few words, in Markdown. */
  readonly input: string;
  readonly vote: Vote | 'inspected';
  readonly status: Conclusion['status'];
  /** The input is a real runtime of the corpus. */
  readonly needsCorpus?: boolean;
  run(bench: RuleBench): Promise<Report>;
}

export type Ends = Pick<RuleInput, 'vote' | 'status'>;

export const passes: Ends = { vote: 'accept', status: 'pass' };
export const fails: Ends = { vote: 'accept', status: 'fail' };
export const rejected: Ends = { vote: 'reject', status: 'fail' };
export const undecided: Ends = { vote: 'undecided', status: 'undecided' };
export const inspected: Ends = { vote: 'inspected', status: 'pass' };
export const inspectedAndFails: Ends = { vote: 'inspected', status: 'fail' };

export type ModuleRow = readonly [input: string, module: Uint8Array, ends: Ends];

export function moduleInput(rule: string, [input, module, ends]: ModuleRow): RuleInput {
  const kind = ends.vote === 'inspected' ? 'inspect' : 'prepare';
  return { rule, input, ...ends, run: (bench) => bench.check(bench.write('a.wasm', module), {}, kind) };
}

export const memory = importedMemory();
export const withCode = (...code: readonly number[]) => pvfModule({ code: Uint8Array.from(code) });
export const withImport = (label: string, type: number) =>
  pvfModule({ imports: [memory, importedFunction(label, type)] });
export const custom = (label: string, ...content: readonly Uint8Array[]) =>
  section(sectionId('custom'), name(label), ...content);
export const ofProtocol = (title: string): readonly [string, Uint8Array] => [
  `protocol case "${title}"`,
  codeOfCase(title),
];

export function fail(message: string): never {
  throw new Error(message);
}
