import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ProblemEntry, ReportEntry } from '../../../src/model/input-problem.ts';
import { formatHtml } from '../../../src/report/html.ts';
import { viewPage } from '../../../src/report/html-page.ts';
import { accepted, estimated, hostile, inspected, overBudget, rejected } from '../../support/sample-reports.ts';
import { hostileNames, hostileSizes, sampleSizes } from '../../support/sample-views.ts';
import { assertGolden } from './golden.ts';

const assets = { script: 'globalThis.started = true;', style: 'body { margin: 0 }' };

const problem: ProblemEntry = {
  schemaVersion: 1,
  tool: { name: 'polkadot-pvf', version: '0.1.0' },
  createdAt: '2026-11-23T22:30:00.000Z',
  path: 'page.html',
  problem: { id: 'html-page', message: 'This is an HTML page.', remedy: 'Download the file again.' },
};

const goldens: Readonly<Record<string, readonly ReportEntry[]>> = {
  accepted: [accepted],
  hostile: [hostile],
  several: [overBudget, rejected, inspected, estimated, problem],
};

describe('formatHtml', () => {
  for (const [name, entries] of Object.entries(goldens)) {
    it(`writes the page of ${name}`, () => assertGolden(`${name}.html.txt`, formatHtml(entries, assets)));
  }

  it('has the treemap of a report with sizes', () => {
    const sizes = sampleSizes({ functions: 200 });
    const withSizes = { ...accepted, sizes };
    const page = formatHtml([withSizes, overBudget], assets);
    assert.deepEqual(blocksOf(page), [{ view: 'sizes', title: 'Sizes of hydradx 408', sizes }]);
  });
});

describe('a static page', () => {
  const hostileView = { view: 'sizes', title: hostileNames[0], sizes: hostileSizes() } as const;
  const page = viewPage(hostileView, assets);

  it('keeps hostile names in its data, and nothing of them in its markup', () => {
    assert.deepEqual(blocksOf(page), [JSON.parse(JSON.stringify(hostileView))]);
    assert.deepEqual(tagsOf(page, 'script').length, 2);
    for (const part of ['<script>alert', '<img', '<!--', '\u2028', '\u202e', '\u0000', '\u001b', '\u007f', '\u0085']) {
      assert.ok(!page.includes(part), JSON.stringify(part));
    }
  });

  it('lets only its own script and style run, and loads nothing', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    assert.equal(
      policy.replaceAll('&#39;', "'"),
      `default-src 'none'; script-src '${hash(assets.script)}'; style-src '${hash(assets.style)}'; base-uri 'none'; form-action 'none'`,
    );
    assert.ok(page.includes(`<script>${assets.script}</script>`) && page.includes(`<style>${assets.style}</style>`));
    const markup = page.replace(/(<script type="application\/json"[^>]*>).*?<\/script>/gs, '$1');
    assert.doesNotMatch(markup, / (src|href|style|on\w+)=/);
  });
});

/** The data blocks, as the page's script reads them. */
function blocksOf(page: string): unknown[] {
  const blocks = page.matchAll(/<script type="application\/json" data-view="\w+">(.*?)<\/script>/gs);
  return Array.from(blocks, ([, json = '']) => JSON.parse(json));
}

function tagsOf(page: string, name: string): string[] {
  return Array.from(page.matchAll(new RegExp(`<${name}[\\s>]`, 'g')), ([tag]) => tag);
}
