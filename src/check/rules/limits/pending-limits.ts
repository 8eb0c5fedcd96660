import { paragraphs } from '../../../base/text.ts';
import { isEstimate } from '../../../model/estimates.ts';
import { figuresBesideLimit } from '../../../model/figure-text.ts';
import { limitOf } from '../../../model/measures.ts';
import { overLimits, refusedLater } from '../../../model/pending.ts';
import type { Rule } from '../rule.ts';

export const pendingLimits: Rule<'limits'> = {
  id: 'pending-limits',
  about: 'limits',
  severity: 'error',
  place: 'none',
  title: 'The relay chain accepts it now, but has scheduled limits that refuse it.',
  docs: paragraphs(`
    Governance changes the limits of a relay chain some sessions ahead (\`Configuration.PendingConfigs\`). Validators vote with
    the limits of the current session, but the code comes into force sessions later, and is then prepared again with the
    limits that hold then (polkadot-sdk issues 694 and 5080). A code that they refuse stops the parachain.

    The message names the limit. Make the code fit the scheduled limits, or ask when they hold: \`pvf limits\` shows both sets.
    Figures are compared with both. Where executor params, the prep timeout or the bomb limit change, the code is prepared
    again with the scheduled ones.
  `),
  run({ items, stats, vote, pending = [] }) {
    const refused = refusedLater({ items, vote }, pending);
    if (refused === undefined) return [];
    const { fromSession, reason } = refused;
    const over = overLimits(refused.items).map((item) => {
      const { subject } = limitOf(item.id).measure;
      return `${subject} will be above its limit: ${figuresBesideLimit(item, isEstimate(item.id, stats))}.`;
    });
    const sentences = over.length > 0 || reason === undefined ? over : [reason];
    const when =
      fromSession === undefined ? 'has scheduled other limits' : `changes its limits in session ${fromSession}`;
    return [
      {
        message: [`The relay chain ${when}, and then refuses this code.`, ...sentences].join(' '),
        hint: 'Make the code fit the scheduled limits too. Validators prepare it again with those that hold when it comes into force. `pvf limits` shows both.',
        ...(fromSession !== undefined && { data: { session: fromSession } }),
      },
    ];
  },
};
