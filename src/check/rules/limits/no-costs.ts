import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const noCosts: Rule<'limits'> = {
  id: 'no-costs',
  about: 'limits',
  severity: 'information',
  place: 'none',
  title: 'The costs of the functions were asked for, but are unknown.',
  docs: paragraphs(`
    With \`--costs\`, the built-in worker and its native helper measure how long the compiler takes for each function, and how
    much machine code it makes of it. Polkadot's own worker reports neither. Its result is complete without them: the vote, the
    limits and the other findings hold.

    \`pvf prepare --costs --worker portable\` measures. The shares of the functions are much the same in both workers, because
    both run the same compiler.
  `),
  run({ missingCosts }) {
    switch (missingCosts) {
      case undefined:
        return [];
      case 'official-worker':
        return [
          {
            message: "Polkadot's worker does not measure what each function costs. Only the built-in worker does.",
            hint: 'Run `pvf prepare --costs --worker portable` for the costs.',
          },
        ];
      case 'none-left':
        return [
          {
            message: 'The built-in worker left no usable costs of the functions. The other results are complete.',
            hint: 'Run it again; `--log debug` shows the reason. `pvf workers build --engine` renews an old native helper.',
          },
        ];
    }
  },
};
