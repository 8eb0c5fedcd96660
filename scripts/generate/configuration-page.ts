/** Generates docs/configuration.md from the table of options. */
import { checkOptionNames, optionRow } from '../../src/check/options/check-options.ts';
import { ruleInfos } from '../../src/check/rules/index.ts';
import { severityRefusal } from '../../src/check/severities.ts';
import { measures } from '../../src/model/measures.ts';
import { budgetPartNames, budgetParts } from '../../src/model/team-budget.ts';
import { code, table } from '../../src/report/markdown-text.ts';

export function configurationPage(): string {
  const blocks = [
    '# Configuration',
    '<!-- Made from src/check/options/check-options.ts by `npm run generate`; edit the table there instead. -->',
    'A team puts its rules into `pvf.json`. The command line and the editor give the same conclusion from it. `pvf init` writes one; so does "Create Budget from This Result" in the editor.',
    '```json\n' +
      '{\n' +
      '  "$schema": "polkadot-pvf:/pvf.schema.json",\n' +
      '  "runtimes": ["my-runtime"],\n' +
      '  "profile": "relay-3mib",\n' +
      '  "budget": { "storedBytes": 1800000, "pallets": { "pallet_xcm": 450000 }, "growth": { "storedBytes": 0.05 } },\n' +
      '  "findings": { "debug-sections": "error", "weakly-compressed": "off" },\n' +
      '  "allow": ["transaction-version-not-raised"]\n' +
      '}\n' +
      '```',
    '## Where it is found',
    "`pvf` takes the file of `--config`, else the nearest `pvf.json` from the current folder up to the root of the repository (the folder with `.git`). Outside of a repository, only the current folder counts. The editor searches from the folder of the runtime's crate up to the workspace folder. Nothing above is ever read.",
    'A flag wins over a setting of VS Code that you set, that one over `pvf.json`, and `pvf.json` over the default. Lists are not joined: `--allow` replaces `allow`. Relative paths are relative to the file.',
    'A member that is unknown or wrong is an error (exit status 2; in the editor, the check ends with the error), so that a misspelt rule never goes unnoticed. `worker` and `rpc` name programs and servers: they count in trusted folders alone (`pvf trust`, `--trust-workspace`, the trust of VS Code), else a warning names them. All other members are data and need no trust. Only reading the metadata needs a trusted workspace in the editor.',
    '## Options',
    table(
      ['Flag', 'Setting of VS Code', 'Member of `pvf.json`', 'Meaning'],
      checkOptionNames.map((name) => {
        const { flags, description, setting, member } = optionRow(name);
        const memberName = name === 'budget' ? code(name) : member ? code(name) : '';
        return [code(flags.replaceAll('|', ', ')), setting ? code(`pvf.${name}`) : '', memberName, description];
      }),
    ),
    'In `pvf.json`, `budget` is the budget itself, and `timeout` and `memoryLimit` are in seconds and in bytes. The setting `pvf.memoryLimit` is in MiB.',
    '`runtimes` lists what `pvf prepare` and `pvf inspect` check when they get no file: names of crates (their newest blob in `target/*/wbuild/<crate>/`), paths, and globs (`*`, `**`, `?`, `[a-z]`, `{a,b}`). Of the three files of a build, the one to register counts. `exclude` has the same form, and leaves runtimes out.',
    '## Budget',
    "A budget is a team's own limits, below those of the relay chain. Exceeding one fails the check. `--budget <file>` takes a file with the same members, and replaces the `budget` of `pvf.json`.",
    table(
      ['Member', 'Limit on'],
      [
        ...measures.map(({ budgetKey, about, unit }) => [
          code(budgetKey),
          `${about} In ${unit === 'bytes' ? 'bytes' : 'milliseconds'}.`,
        ]),
        ...budgetPartNames.map((part) => [
          code(part),
          `${budgetParts[part].about} Bytes in the decompressed module, by name.`,
        ]),
        [code('growth'), 'The growth of a figure since the baseline, as a share: `{ "storedBytes": 0.05 }` is 5 %.'],
      ],
    ),
    '## Findings',
    "`findings` sets the severity of a finding: `error`, `warning`, `information` or `off`. A mild case of a finding stays milder. An error fails the check, unless `allow` lists it. [findings.md](findings.md) explains all findings. Findings that decide the vote can't be changed; nor can these, which are limits:",
    ruleInfos
      .filter((rule) => rule.about !== 'outcome' && severityRefusal(rule, 'off') !== undefined)
      .map(({ id }) => `[${id}](findings.md#${id})`)
      .join(', '),
  ];
  return `${blocks.join('\n\n')}\n`;
}
