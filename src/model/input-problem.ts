/** Why a file is no runtime. A report has a vote; a file that is no runtime has a problem instead. */
import type { Report } from './report.ts';
import type { ProblemEntry } from './report-problem.ts';

export type { InputProblem, ProblemEntry } from './report-problem.ts';

/** The stable ids with their meaning, for the docs and for SARIF. The order is that of the docs. */
export const inputProblems = {
  missing: 'The file does not exist.',
  directory: 'The path is a directory.',
  'not-a-file': 'The path is a FIFO, a socket or a device.',
  unreadable: 'The system does not let the tool read the file.',
  'changed-while-reading': 'Another program kept writing the file.',
  empty: 'The file is empty.',
  'too-large': 'The file, or what it unpacks to, is larger than any runtime.',
  'zip-archive': 'The file is a zip archive.',
  archive: 'The file is an archive or was compressed by another program.',
  'plain-zstd': 'The file is a zstd frame without the prefix of a compressed runtime.',
  'compressed-twice': 'The runtime was compressed twice.',
  'damaged-gzip': 'The gzip data is damaged.',
  truncated: 'The file is cut off.',
  'crlf-damage': 'A transfer as text changed the line feeds in the binary.',
  'utf8-damage': 'A program decoded the binary as text.',
  'bytes-lost': 'A transfer as text dropped every byte of one value.',
  'bytes-in-front': 'Other bytes stand before the runtime.',
  'zero-bytes': 'The file has only zero bytes.',
  'html-page': 'The file is a web page.',
  'error-answer': "The file is a server's error answer.",
  xml: 'The file is XML.',
  'git-lfs-pointer': 'The file is a Git LFS or git-annex pointer.',
  text: 'The file is other text.',
  hexdump: 'The file is a dump of bytes for people to read.',
  'wasm-text': 'The file is WebAssembly in text format.',
  'bad-hex': 'The hex text can not be decoded.',
  'bad-base64': 'The base64 text can not be decoded.',
  'several-runtimes': 'The file has several runtimes.',
  'bad-chain-spec': 'The file is JSON, but no chain spec.',
  'no-code': 'The chain spec has no code.',
  'empty-code': 'The chain spec has empty code.',
  'unknown-substitute': 'The chain spec has no code substitute for that block.',
  'rpc-error': 'The file is an error that a node answered.',
  'rpc-no-code': "The file is a node's answer without a runtime.",
  'srtool-digest': 'The file is a digest of srtool.',
  report: 'The file is a report of this tool.',
  program: 'The file is a program or a library.',
  artifact: 'The file is a prepared artifact.',
  'runtime-metadata': 'The file is the metadata of a runtime.',
  'other-file': 'The file has another known format, such as an image.',
  'unknown-data': 'The file has an unknown format.',
  'not-checked': 'The code of a parachain could not be read or checked.',
  'missing-shard': 'A part of a list is missing (`pvf report merge`).',
} as const;

export type InputProblemId = keyof typeof inputProblems;

/** What the formats show for each file. */
export type ReportEntry = Report | ProblemEntry;

export function isProblem(entry: ReportEntry): entry is ProblemEntry {
  return 'problem' in entry;
}

/** These say nothing about any file: the tool, the machine or the chain failed. */
const undecidedIds: readonly string[] = ['not-checked', 'missing-shard'] satisfies InputProblemId[];

/** Whether the entry leaves the question open, instead of asking the user for another file. */
export function isUndecided({ problem }: ProblemEntry): boolean {
  return undecidedIds.includes(problem.id);
}

export function isReport(entry: ReportEntry): entry is Report {
  return !isProblem(entry);
}

/** The tool never saw the content of these files. */
const unreadIds: readonly string[] = [
  'missing',
  'directory',
  'not-a-file',
  'unreadable',
  'changed-while-reading',
  'not-checked',
] satisfies InputProblemId[];

/** For a heading: `not a runtime`. */
export function problemWord({ problem }: ProblemEntry): string {
  if (problem.id === 'missing-shard') return 'missing';
  return unreadIds.includes(problem.id) ? 'not read' : 'not a runtime';
}
