import { formatBytesExactly, groupDigits } from '../base/units.ts';
import {
  type UpgradeCall,
  type UpgradeChecklist,
  type UpgradeState,
  type UpgradeStep,
  upgradeStages,
} from '../model/upgrade-checklist.ts';
import { cellText, code, fence, prose } from './markdown-text.ts';
import { oneLine } from './terminal.ts';
import { callsByText, countsText, originTexts, stageTitles, upgradeName, upgradeWord } from './upgrade-view.ts';

/** A page for a referendum or a pull request. */
export function upgradeMarkdown(checklist: UpgradeChecklist): string {
  const blocks = [
    `# Upgrade to ${prose(oneLine(upgradeName(checklist)))}`,
    headLines(checklist),
    ...upgradeStages.map((stage) => {
      const steps = checklist.steps.filter((step) => step.stage === stage);
      return steps.length === 0 ? '' : `## ${stageTitles[stage]}\n\n${steps.map(stepLine).join('\n')}`;
    }),
    ...callBlocks(checklist),
    `Created by ${prose(`${checklist.tool.name} ${checklist.tool.version}`)} at ${prose(checklist.createdAt)}.`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headLines(checklist: UpgradeChecklist): string {
  const { vote, runtime, limits, chain } = checklist;
  return [
    `- **${upgradeWord(checklist)}**, vote: ${vote}; ${countsText(checklist)}`,
    `- Code hash ${code(runtime.codeHash)}, ${formatBytesExactly(runtime.storedBytes)}`,
    `- Limits: ${prose(`${limits.profile}, read on ${limits.date}`)}`,
    ...(chain === undefined
      ? []
      : [
          `- Chain: ${prose(`${chain.specName} ${chain.specVersion}${chain.para === undefined ? '' : `, parachain ${chain.para.id}`}`)}, block ${groupDigits(chain.block.number)} (${code(chain.block.hash)})`,
        ]),
  ].join('\n');
}

const marks: Readonly<Record<UpgradeState, string>> = {
  done: '[x]',
  todo: '[ ]',
  blocked: '[ ] ❌ **Blocked:**',
  unknown: '[ ] ❔ **Not known:**',
};

function stepLine({ state, text }: UpgradeStep): string {
  return `- ${marks[state]} ${cellText(text)}`;
}

/** Calls with the short data first. That without checks is folded, so that nobody copies it by mistake. */
function callBlocks(checklist: UpgradeChecklist): string[] {
  const by = callsByText(checklist);
  if (by === undefined) return [];
  const isFolded = ({ id }: UpgradeCall) => id === 'authorize-without-checks';
  const folded = checklist.calls.filter(isFolded).map(callBlock);
  return [
    `## Call data\n\n${by}`,
    ...checklist.calls.filter((call) => !isFolded(call)).map(callBlock),
    ...(folded.length === 0
      ? []
      : [
          `<details>\n<summary>Without the checks of spec_name and spec_version</summary>\n\n${folded.join('\n\n')}\n\n</details>`,
        ]),
  ];
}

function callBlock({ name, origin, bytes, hash, data }: UpgradeCall): string {
  const head = `**${code(name)}**, ${originTexts[origin]}, ${groupDigits(bytes)} bytes, blake2b-256 ${code(hash)}`;
  return data === undefined ? `${head}. It contains the code.` : `${head}\n\n${fence(data)}`;
}
