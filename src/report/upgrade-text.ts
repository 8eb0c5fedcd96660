import { formatBytesExactly, groupDigits } from '../base/units.ts';
import {
  type UpgradeCall,
  type UpgradeChecklist,
  type UpgradeState,
  type UpgradeStep,
  upgradeStages,
} from '../model/upgrade-checklist.ts';
import { oneLine, type Paint, painter, printable, type Style, wrap } from './terminal.ts';
import { callsByText, countsText, originTexts, stageTitles, upgradeName, upgradeWord } from './upgrade-view.ts';

const width = 100;
const indent = '  ';

/** A checklist for a terminal. */
export function upgradeText(checklist: UpgradeChecklist, { colour }: { readonly colour: boolean }): string {
  const paint = painter(colour);
  const blocks = [
    headLines(checklist, paint),
    ...upgradeStages.map((stage) => {
      const steps = checklist.steps.filter((step) => step.stage === stage);
      return steps.length === 0
        ? []
        : [paint(stageTitles[stage], 'bold'), ...steps.flatMap((step) => stepLines(step, paint))];
    }),
    callLines(checklist, paint),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const styles = { pass: 'green', fail: 'red', undecided: 'yellow' } as const;

function headLines(checklist: UpgradeChecklist, paint: Paint): string[] {
  const { conclusion, vote, runtime, limits, chain } = checklist;
  return [
    `${paint(upgradeWord(checklist), 'bold', styles[conclusion.status])} ${paint(`upgrade to ${oneLine(upgradeName(checklist))}`, 'bold')} (vote: ${vote})`,
    `${indent}${countsText(checklist)}`,
    `${indent}${oneLine(runtime.path)}`,
    `${indent}code hash ${runtime.codeHash}, ${formatBytesExactly(runtime.storedBytes)}`,
    `${indent}limits ${oneLine(limits.profile)}, read on ${limits.date}`,
    ...(chain === undefined
      ? []
      : [
          `${indent}chain ${oneLine(chain.specName)} ${chain.specVersion}${chain.para === undefined ? '' : `, parachain ${chain.para.id}`}, block ${groupDigits(chain.block.number)}`,
        ]),
  ];
}

const marks: Readonly<Record<UpgradeState, readonly [mark: string, style: Style]>> = {
  done: ['done   ', 'green'],
  todo: ['to do  ', 'cyan'],
  blocked: ['BLOCKED', 'red'],
  unknown: ['unknown', 'yellow'],
};

function stepLines({ state, text, hint }: UpgradeStep, paint: Paint): string[] {
  const [mark, style] = marks[state];
  const hanging = ' '.repeat(indent.length + mark.length + 2);
  const [first = '', ...others] = [text, ...(hint === undefined ? [] : [hint])].flatMap((each) =>
    wrap(printable(each), width - hanging.length),
  );
  return [`${indent}${paint(mark, style)}  ${first}`, ...others.map((line) => hanging + line)];
}

function callLines(checklist: UpgradeChecklist, paint: Paint): string[] {
  const by = callsByText(checklist);
  if (by === undefined) return [];
  return [paint('Call data', 'bold'), `${indent}${by}`, ...checklist.calls.flatMap(linesOfCall)];
}

/** Hex is not wrapped, so that a user can copy it. */
function linesOfCall({ name, origin, bytes, hash, data }: UpgradeCall): string[] {
  return [
    `${indent}${oneLine(name)} (${originTexts[origin]}, ${groupDigits(bytes)} bytes, blake2b-256 ${hash})`,
    data === undefined
      ? `${indent}${indent}contains the code; --call-file writes it to a file`
      : `${indent}${indent}${data}`,
  ];
}
