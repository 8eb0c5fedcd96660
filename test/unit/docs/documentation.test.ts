import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'engine/README.md',
  'scripts/chain-rig/README.md',
  'scripts/vscode-rig/README.md',
];

describe('documentation', () => {
  for (const page of pages) {
    it(`${page} links only to files and headings that exist`, () => {
      assert.deepEqual(
        linksOf(textOf(page)).filter((link) => !leadsSomewhere(page, link)),
        [],
      );
    });

    it(`${page} names only files and folders that exist`, () => {
      assert.deepEqual(
        pathsIn(textOf(page)).filter((name) => !exists(page, name)),
        [],
      );
    });
  }

  it('docs/protocol.md has every section that the code cites', () => {
    const sections = new Set(Array.from(textOf('docs/protocol.md').matchAll(/^### (\d+\.\d+) /gm), ([, id]) => id));
    const citations = ['src', 'test', 'engine', 'scripts']
      .flatMap(sourcesIn)
      .flatMap((file) => citationsIn(textOf(file)).map((section) => ({ file, section })));
    assert.ok(citations.length > 0, 'the code cites no section');
    assert.deepEqual(
      citations.filter(({ section }) => !sections.has(section)),
      [],
    );
  });
});

describe('texts about installing', () => {
  it('name no package of the registry: the names there are not ours', () => {
    const files = execFileSync(
      'git',
      ['ls-files', '*.md', '*.yml', '*.sh', '*.ts', '*.mjs', '*.json', '*/Dockerfile'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    const found = files
      .split('\n')
      .filter((file) => file !== '' && existsSync(path.join(root, file)))
      .flatMap((file) => fromRegistry(textOf(file)).map((line) => `${file}: ${line}`));
    assert.deepEqual(found, []);
  });

  it('are told apart from a tarball', () => {
    // Not in one piece, because this file is searched too.
    const name = 'pvf';
    const bad = [
      `npx ${name} prepare a`,
      `npm i -g polkadot-${name}`,
      `npm install --global ${name}@1.0.0`,
      `yarn dlx ${name}`,
    ];
    const good = ['npm install --global ./polkadot-pvf-0.1.0.tgz', 'npm install --global "$PVF_PACKAGE"', 'npx mocha'];
    assert.deepEqual(
      bad.filter((line) => fromRegistry(line).length === 0),
      [],
    );
    assert.deepEqual(good.flatMap(fromRegistry), []);
  });
});

/** Commands that would take a package named pvf or polkadot-pvf from a registry. */
function fromRegistry(text: string): string[] {
  const commands =
    /\b(?:np[x]|npm (?:i|install|exec|x|add|init)|pnpm (?:add|dlx|i|install)|yarn (?:add|dlx)|bunx)\b(?: -\S+)* (?:polkadot-)?pvf(?![\w.-]*\.tgz)(?=[@\s`'"]|$)/gm;
  return Array.from(text.matchAll(commands), ([found]) => found);
}

describe('citationsIn', () => {
  it('finds single sections, lists and citations across comment lines', () => {
    const text = '(protocol, 5.2) (protocol, 1.2 and 1.3) see the protocol, 5.4, 5.5.\n * (protocol,\n * 6.1)';
    assert.deepEqual(citationsIn(text), ['5.2', '1.2', '1.3', '5.4', '5.5', '6.1']);
  });
});

describe('pathsIn', () => {
  it('finds paths of the repository and no others', () => {
    const text = 'See `src/base/text.ts`, test/unit and polkadot/src/x.rs; `../support/a.ts`, src/**/*.ts, docs.';
    assert.deepEqual(pathsIn(text), ['src/base/text.ts', 'test/unit']);
  });
});

/** The section numbers in citations such as "protocol, 1.2 and 1.3". */
function citationsIn(text: string): string[] {
  const citations = text.matchAll(/\bprotocol,[\s/*]+(\d+\.\d+(?:(?:,| and) \d+\.\d+)*)/g);
  return Array.from(citations, ([, sections = '']) => sections.split(/,? (?:and )?/)).flat();
}

/** Paths below the repository's top-level folders. Leaves out patterns. */
function pathsIn(text: string): string[] {
  const names = /(?<![\w./-])(?:src|test|scripts|engine|docs|media|l10n|\.ci|\.github|\.vscode)\/[\w./*-]*[\w*]/g;
  return Array.from(text.matchAll(names), ([name]) => name).filter((name) => !name.includes('*'));
}

/** Relative targets of Markdown links. */
function linksOf(text: string): string[] {
  return Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link).filter(
    (link) => !/^[a-z]+:/.test(link),
  );
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(root, target))) return false;
  return heading === undefined || anchorsOf(textOf(target)).includes(heading);
}

/** The anchors that GitHub and VS Code give to headings. */
function anchorsOf(text: string): string[] {
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** A page may name a path relative to the repository or to its own folder. */
function exists(page: string, name: string): boolean {
  return [root, path.join(root, path.dirname(page))].some((folder) => existsSync(path.join(folder, name)));
}

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs|cjs|rs)$/.test(name) && !/^(target|patched|fixtures)\b/.test(name))
    .map((name) => path.join(folder, name));
}
