/** Budgets on parts of the code and on growth. Those on figures are limits of the table of measures. */
import { paragraphs } from '../../../base/text.ts';
import { formatBytes, formatRatio } from '../../../base/units.ts';
import { deltaOf } from '../../../model/delta.ts';
import { measures } from '../../../model/measures.ts';
import { type BudgetPart, budgetPartNames, budgetParts, partName, partSizes } from '../../../model/team-budget.ts';
import type { BudgetContext, FindingDetails, Rule } from '../rule.ts';

const partRules = budgetPartNames.map(partRule);

const growthRule: Rule<'limits'> = {
  id: 'over-budget-growth',
  about: 'limits',
  severity: 'error',
  place: 'manifest',
  title: 'A figure grew more than the budget allows.',
  docs: paragraphs(`
    The \`growth\` of your budget says by which share a figure may grow since the baseline (\`--baseline\`). It does not affect
    how validators vote. Growth within the error of an estimate, or of two runs, does not count.

    \`pvf compare\` shows what grew. Raise the budget only when you know the reason.
  `),
  run: ({ budget }) => (budget === undefined ? [] : overGrowth(budget)),
};

const uncheckedBudget: Rule<'limits'> = {
  id: 'unchecked-budget',
  about: 'limits',
  severity: 'warning',
  place: 'none',
  title: 'A part of the budget could not be checked.',
  docs: paragraphs(`
    Your budget names a crate or a pallet that the module has no code of, or the sizes of the parts are not known: a build without
    a name section (\`strip\`) has none, and so has a damaged module. Such an entry limits nothing. Correct the name, or delete
    the entry. \`pvf inspect --top 20\` lists the names.

    Growth is checked against a baseline only. Without \`--baseline\`, this finding is a note.
  `),
  run: ({ budget }) => (budget === undefined ? [] : [...uncheckedParts(budget), ...uncheckedGrowth(budget)]),
};

export const teamBudgetRules: readonly Rule<'limits'>[] = [...partRules, growthRule, uncheckedBudget];

function partRule(part: BudgetPart): Rule<'limits'> {
  const { one, about } = budgetParts[part];
  return {
    id: `over-budget-${one}`,
    about: 'limits',
    severity: 'error',
    place: 'manifest',
    title: `A ${one} has more code than the budget allows.`,
    docs: paragraphs(`
      Your budget limits the bytes of code of single parts (\`${part}\`). ${about} It does not affect how validators vote. The bytes
      are those of the decompressed module.

      \`pvf inspect --why <name>\` says what keeps the code in the module. Raise the budget only when you know the reason.
    `),
    run: ({ budget }) => (budget === undefined ? [] : overPart(part, budget)),
  };
}

function overPart(part: BudgetPart, { limits, sizes }: BudgetContext): FindingDetails[] {
  if (sizes === undefined) return [];
  const known = partSizes(sizes, part);
  return Object.entries(limits[part] ?? {}).flatMap(([name, limit]) => {
    const used = known.get(partName(name)) ?? 0;
    if (used <= limit) return [];
    const { one } = budgetParts[part];
    return [
      {
        message: `The ${one} ${name} has ${formatBytes(used)} of code, above its budget of ${formatBytes(limit)}.`,
        hint: `\`pvf inspect --why ${partName(name)}\` says what keeps it in the module.`,
        data: { name, used, limit },
      },
    ];
  });
}

function overGrowth({ limits, baseline, current }: BudgetContext): FindingDetails[] {
  if (baseline === undefined) return [];
  return measures.flatMap((measure) => {
    const limit = limits.growth?.[measure.budgetKey];
    const delta = limit === undefined ? undefined : deltaOf(measure, baseline, current);
    if (limit === undefined || delta?.direction !== 'grew' || delta.now <= delta.was * (1 + limit)) return [];
    const { was, now } = delta;
    return [
      {
        message: `${measure.subject} grew by ${formatRatio(now / was - 1)} since the baseline, above its budget of ${formatRatio(limit)}.`,
        hint: '`pvf compare` shows what grew.',
        data: { name: measure.budgetKey, was, now, limit },
      },
    ];
  });
}

function uncheckedParts({ limits, sizes }: BudgetContext): FindingDetails[] {
  return budgetPartNames.flatMap((part): FindingDetails[] => {
    const names = Object.keys(limits[part] ?? {});
    if (names.length === 0) return [];
    const { one } = budgetParts[part];
    const known = sizes && partSizes(sizes, part);
    if (known === undefined || known.size === 0) {
      const message = `The budget of each ${one} could not be checked: the module has no names of its functions.`;
      return [{ message, hint: 'Keep the name section of the build.', data: { names: names.join(', ') } }];
    }
    return names
      .filter((name) => !known.has(partName(name)))
      .map((name) => ({
        message: `The budget names the ${one} ${name}, which the module has no code of.`,
        hint: '`pvf inspect --top 20` lists the names. Correct the entry, or delete it.',
        data: { name },
      }));
  });
}

function uncheckedGrowth({ limits, baseline }: BudgetContext): FindingDetails[] {
  if (baseline !== undefined || Object.keys(limits.growth ?? {}).length === 0) return [];
  return [
    {
      severity: 'information',
      message: 'The budget for growth could not be checked: there is no baseline.',
      hint: 'Give `--baseline`, or `baseline` in pvf.json.',
    },
  ];
}
