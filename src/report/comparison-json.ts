/** A comparison as JSON: `media/comparison.schema.json` describes it. */
import type { Comparison } from '../model/comparison.ts';
import type { ComparisonJson } from '../model/comparison-schema.ts';
import type { Report } from '../model/report.ts';
import { SCHEMA_VERSION } from '../model/schema-version.ts';

/** Leaves out the size trees: `growth` has what differs. */
export function comparisonJson(comparison: Comparison): ComparisonJson {
  const { older, newer, isSameCode, measures, sections, growth, imports, exports, facts, metadata } = comparison;
  const { newFindings, goneFindings } = comparison;
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: newer.tool,
    older: withoutSizes(older),
    newer: withoutSizes(newer),
    isSameCode,
    figures: measures.map(({ measure, was, now }) => ({
      id: measure.id,
      ...(was && { was: was.used }),
      ...(now && { now: now.used }),
    })),
    facts: [...facts],
    growth: { sections, ...(growth ?? {}) },
    imports,
    exports,
    ...(metadata && { metadata }),
    newFindings,
    goneFindings,
  };
}

function withoutSizes({ sizes: _, ...report }: Report): Report {
  return report;
}
