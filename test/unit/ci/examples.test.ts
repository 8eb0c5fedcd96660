/** The examples of docs/ci.md: the page shows the files, schemas accept them, and pvf knows each command in them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { root } from '../../../scripts/vscode-rig/folders.ts';
import { parseCommandLine } from '../../../src/cli/command-line.ts';
import { assertValid, assertValidKubernetes } from '../../support/published-schemas.ts';

const folder = path.join(root, 'examples/ci');
const files = readdirSync(folder).sort();
const textOf = (file: string) => readFileSync(path.join(folder, file), 'utf8');

interface Job {
  readonly spec: {
    readonly completions?: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly [
          {
            readonly command: readonly string[];
            readonly env: readonly { readonly name: string; readonly value: string }[];
          },
        ];
      };
    };
  };
}

const kubernetes = (file: string) =>
  parseAllDocuments(textOf(file)).map((document) => document.toJS() as { readonly kind: string });

describe('the examples for CI', () => {
  it('are all in docs/ci.md, as they are', () => {
    const page = readFileSync(path.join(root, 'docs/ci.md'), 'utf8');
    const blocks = Array.from(page.matchAll(/<!-- examples\/ci\/(\S+) -->\n\n```\w+\n([\s\S]*?)```/g));
    for (const [, file = '', text = ''] of blocks) assert.equal(text, textOf(file), file);
    assert.deepEqual(blocks.map(([, file]) => file).sort(), files);
    assert.equal(page.match(/```/g)?.length, 2 * blocks.length, 'a block is no file');
  });

  for (const file of files.filter((name) => name.startsWith('github'))) {
    it(`accept ${file} as a workflow of GitHub`, () => assertValid('github-workflow', parse(textOf(file))));
  }

  for (const file of files.filter((name) => name.startsWith('gitlab'))) {
    it(`accept ${file} as a pipeline of GitLab`, () => assertValid('gitlab-ci', parse(textOf(file))));
  }

  for (const file of files.filter((name) => name.startsWith('kubernetes'))) {
    it(`accept ${file} as objects of Kubernetes`, () => {
      for (const document of kubernetes(file)) assertValidKubernetes(document);
    });
  }

  it('have as many parts in each place', () => {
    const job = kubernetes('kubernetes.yml').find(({ kind }) => kind === 'Job') as unknown as Job;
    const merge = kubernetes('kubernetes-merge.yml')[0] as unknown as Job;
    const shards = [job, merge].map(
      ({ spec }) => spec.template.spec.containers[0].env.find(({ name }) => name === 'SHARDS')?.value,
    );
    assert.deepEqual(shards, [String(job.spec.completions), String(job.spec.completions)]);
    const github = textOf('github-shards.yml');
    assert.match(github, /shard: \[1, 2, 3, 4\]/);
    assert.match(github, /\$SHARD\/4"/);
    assert.match(github, /part-1\.json part-2\.json part-3\.json part-4\.json$/m);
  });

  for (const file of files) {
    const lines = commandsIn(textOf(file));
    if (lines.length === 0) continue;
    it(`call pvf in ${file} with commands and options that it has`, () => {
      for (const words of lines) {
        const parsed = parseCommandLine(words, '0.1.0');
        assert.equal(parsed.kind, 'run', words.join(' '));
      }
    });
  }

  it('are shell that bash can read', () => {
    for (const file of files.filter((name) => name.endsWith('.sh')))
      execFileSync('bash', ['-n', path.join(folder, file)]);
  });
});

/** The arguments of each `pvf` in the shell lines of a file. Variables become words. */
function commandsIn(text: string): string[][] {
  const joined = text
    .replace(/\\\n\s*/g, ' ')
    .replace(/(pvf prepare[^\n]*)\n\s+(--[^\n]*)\n\s+(target[^\n]*)/, '$1 $2 $3');
  const folded = joined.replace(/(pvf prepare[^\n]*)\n\s+(--report[^\n]*)/, '$1 $2');
  return Array.from(folded.matchAll(/^[\s-]*(?:run: )?pvf ((?:prepare|chain|report) .*)$/gm), ([, line = '']) =>
    line
      .replace(/ \|\| .*$/, '')
      .replace(/\$\{BASELINE:\+--baseline "\$BASELINE"\}/, '--baseline main.json')
      .replace(/\$\(\([^)]*\)\)|\$SHARD\b|\$CI_NODE_INDEX/g, '1')
      .replace(/\$SHARDS|\$CI_NODE_TOTAL/g, '4')
      .replace(/\$\w+|\$@/g, 'x')
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => word.replaceAll('"', '')),
  );
}
