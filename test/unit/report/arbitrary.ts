import fc from 'fast-check';
import type { Report } from '../../../src/model/report.ts';
import { rejected } from '../../support/sample-reports.ts';

/** Text of any code points, including lone surrogates. Every second piece has a meaning in one of the formats. */
const markup = fc.constantFrom(
  '\u001b[31m',
  '\u0000',
  '\n',
  '\r',
  '\t',
  '`',
  '```',
  '|',
  ']]>',
  '<b>',
  '&lt;',
  '"',
  '@a',
  '\u202e',
  '\ud800',
);
export const anyText = fc
  .array(fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 150 })), {
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''));

/** A report in which every text from outside is arbitrary. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({ path: anyText, name: anyText, reason: anyText, variant: anyText, message: anyText, hint: anyText })
  .map(({ path, name, reason, variant, message, hint }) => ({
    ...rejected,
    runtime: { ...rejected.runtime, path, specName: name },
    worker: { kind: 'official', path, version: name },
    outcome: { kind: 'concluded', error: { variant, message, deterministic: true } },
    findings: [{ id: 'odd', severity: 'warning', message, hint }],
    limits: { ...rejected.limits, profile: name, source: path, notes: [hint] },
    verdict: { vote: 'reject', reason },
  }));
