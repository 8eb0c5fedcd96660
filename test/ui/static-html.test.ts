/** Static HTML files in a real browser, as a user opens them. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { findChromium, launchChromium } from '../../scripts/vscode-rig/chromium.ts';
import { readPageAssets } from '../../src/base/page-assets.ts';
import { formatHtml } from '../../src/report/html.ts';
import { viewPage } from '../../src/report/html-page.ts';
import { hostile, overBudget } from '../support/sample-reports.ts';
import {
  hostileNames,
  hostileSizes,
  sampleComparison,
  sampleHistory,
  sampleSizes,
  sampleSizesView,
} from '../support/sample-views.ts';
import { skipBecause } from '../support/skip.ts';
import { textOf } from './support/text.ts';

const LEAVES = 15_000;

for (const colorScheme of ['light', 'dark'] as const) {
  describe(`a static HTML file, ${colorScheme}`, function () {
    this.timeout(60_000);
    let folder = '';
    let browser: Browser | undefined;
    let page: Page;
    /** What the browser complains about, refusals of the content security policy among it. */
    const complaints: string[] = [];

    before('open a browser', async function () {
      const program = findChromium(process.env);
      if (program === undefined) skipBecause(this, 'there is no Chromium');
      folder = mkdtempSync(path.join(tmpdir(), 'pvf-html-'));
      const { script, style } = await readPageAssets();
      const assets = { script, style };
      const write = (name: string, text: string) => writeFileSync(path.join(folder, `${name}.html`), text);
      write('sizes', viewPage(sampleSizesView({ functions: LEAVES, hasCosts: true }), assets));
      write('hostile', viewPage({ view: 'sizes', title: hostileNames[0], sizes: hostileSizes() }, assets));
      write('history', viewPage(sampleHistory(), assets));
      write('compare', viewPage(sampleComparison(), assets));
      const withSizes = { ...overBudget, sizes: sampleSizes({ functions: 500 }) };
      write('report', formatHtml([withSizes, hostile], assets));
      browser = await launchChromium(program);
      const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 } });
      page = await context.newPage();
      page.setDefaultTimeout(10_000);
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('dialog', (dialog) => {
        complaints.push(`a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) complaints.push(`a request: ${request.url()}`);
      });
    });
    beforeEach(() => complaints.splice(0));
    afterEach(() => assert.deepEqual(complaints, []));
    after(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const open = (name: string) => page.goto(pathToFileURL(path.join(folder, `${name}.html`)).href);
    const part = (name: string): Locator => page.getByRole('treeitem', { name: new RegExp(`^\\S+ ${name}(,| in )`) });
    const crumbs = () => page.getByRole('navigation', { name: 'Zoom' }).getByRole('listitem').allInnerTexts();
    const focused = () => page.locator(':focus').getAttribute('aria-label');

    it('shows a treemap that zooms by click, breadcrumb and keyboard', async () => {
      await open('sizes');
      assert.deepEqual(await crumbs(), ['Decompressed file']);
      await part('pallet_dca').click({ position: { x: 20, y: 8 } });
      assert.deepEqual(await crumbs(), ['Decompressed file', 'code', 'pallet_dca']);
      await page.getByRole('button', { name: 'code', exact: true }).click();
      assert.deepEqual(await crumbs(), ['Decompressed file', 'code']);

      await part('evm').focus();
      await page.keyboard.press('Enter');
      assert.deepEqual(await crumbs(), ['Decompressed file', 'code', 'evm']);
      await page.keyboard.press('Backspace');
      assert.deepEqual(await crumbs(), ['Decompressed file', 'code']);
      // The focus is on the part that was left.
      assert.match((await focused()) ?? '', /^crate evm, /);
      await page.keyboard.press('Escape');
      assert.deepEqual(await crumbs(), ['Decompressed file']);
      await page.keyboard.press('Escape');
      assert.deepEqual(await crumbs(), ['Decompressed file']);
    });

    it('moves the focus with the arrow keys, with one stop for Tab', async () => {
      await open('sizes');
      assert.equal(await page.locator('[role=treeitem][tabindex="0"]').count(), 1);
      await page.locator('[role=treeitem][tabindex="0"]').focus();
      assert.match((await focused()) ?? '', /^section code, [\d.]+ MiB, 100\.0 % of the code, [\d ]+ functions$/);
      await page.keyboard.press('ArrowDown');
      const first = await focused();
      assert.match(first ?? '', /^crate /);
      await page.keyboard.press('ArrowRight');
      assert.notEqual(await focused(), first);
      await page.keyboard.press('ArrowLeft');
      assert.equal(await focused(), first);
      await page.keyboard.press('ArrowUp');
      assert.match((await focused()) ?? '', /^section code/);
      await page.keyboard.press('End');
      assert.doesNotMatch((await focused()) ?? '', /^section code/);
      assert.equal(await page.locator('[role=treeitem][tabindex="0"]').count(), 1);
    });

    it('searches all parts, and goes from match to match', async () => {
      await open('sizes');
      await page.locator('[role=treeitem][tabindex="0"]').focus();
      await page.keyboard.press('/');
      await page.keyboard.type('transfer');
      const count = () => textOf(page.locator('.count'));
      assert.match(await count(), /^[\d ]+ matches, [\d.]+ [KM]iB$/);
      await page.keyboard.press('Enter');
      assert.match(await count(), /^1 of /);
      assert.equal((await crumbs()).length >= 3, true);
      assert.match(
        (await page.locator('.cell.current').getAttribute('aria-label')) ?? '',
        /^function transfer_\d+ in /,
      );
      await page.getByRole('button', { name: 'Next match' }).click();
      assert.match(await count(), /^2 of /);
      await page.keyboard.press('Shift+Enter');
      await page.getByRole('searchbox').fill('no such part');
      assert.equal(await count(), 'No matches');
    });

    it('has three measures, the view by owner, and a table', async () => {
      await open('sizes');
      await page.getByLabel('Compile time').check();
      assert.match((await part('code').getAttribute('aria-label')) ?? '', / s, [\d.]+ % of the compile time/);
      await page.getByLabel('Machine code').check();
      assert.match((await part('code').getAttribute('aria-label')) ?? '', /% of the machine code/);
      await page.getByLabel('By pallet or own crate').check();
      assert.match((await part('pallet_omnipool').getAttribute('aria-label')) ?? '', /^pallet pallet_omnipool, /);
      await page.getByRole('radio', { name: 'Table' }).check();
      const heads = await page.getByRole('columnheader').allInnerTexts();
      assert.deepEqual(heads, ['Name', 'Kind', 'Machine code', 'Size', 'Compile time', 'Share', 'Functions']);
      await page.getByLabel('By section and crate').check();
      await page.getByRole('button', { name: 'code', exact: true }).click();
      await page.getByRole('button', { name: 'pallet_xcm', exact: true }).click();
      assert.deepEqual(await crumbs(), ['Decompressed file', 'code', 'pallet_xcm']);
    });

    it('names every control and every part', async () => {
      await open('sizes');
      const nameless = await page.evaluate(`Array.from(
        document.querySelectorAll('button, input, [role], table, nav, section'),
      ).filter((element) => !(element.getAttribute('aria-label') || element.textContent.trim() ||
        element.closest('label')?.textContent.trim())).map((element) => element.outerHTML.slice(0, 200))`);
      assert.deepEqual(nameless, []);
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
      const bare = await page.evaluate(
        `document.querySelectorAll('[role=treeitem]:not([aria-level][aria-label])').length`,
      );
      assert.equal(bare, 0);
    });

    it('has enough contrast in the text of the parts', async () => {
      await open('sizes');
      const worst = await page.evaluate(worstContrast);
      assert.ok(Number(worst) >= 4.5, `the contrast is ${worst}`);
    });

    it('keeps hostile names inert', async () => {
      await open('hostile');
      // The functions, and above them a crate and a section. The name of the file heads the page.
      assert.equal(await page.locator('.cell').count(), hostileNames.length + 2);
      assert.equal(await page.locator('img, .cell script').count(), 0);
      const text = await textOf(page.locator('main'));
      assert.ok(text.includes('</script><script>alert(1)</script>') && text.includes('abc\\u{202e}dcba'));
      assert.doesNotMatch(text, /[\u202e\u2066\u2028]/);
      await page.getByRole('radio', { name: 'Table' }).check();
      const width = await page.evaluate('document.documentElement.scrollWidth');
      assert.ok(Number(width) <= 1280, `the page is ${width} wide`);
    });

    it('shows the history, with the keyboard and as a table', async () => {
      await open('history');
      const slider = page.getByRole('slider', { name: 'Result' });
      await slider.focus();
      assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /^2026-10-24 .*pass, CPU time [\d.]+ s/);
      await page.keyboard.press('Home');
      assert.equal(await slider.getAttribute('aria-valuenow'), '1');
      await page.keyboard.press('ArrowRight');
      assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /^2026-10-02 .*CPU time ≈\d+ s/);
      assert.equal(await page.locator('svg.chart').count(), 5);
      assert.equal(await page.locator('svg .mark.fail').count(), 10);
      assert.equal(await page.getByRole('row').count(), 25);
    });

    it('shows a comparison', async () => {
      await open('compare');
      assert.equal(await page.locator('.growth-bar').count(), 15);
      await page.getByLabel(/^Functions/).check();
      await page.getByRole('button', { name: /^Show \d+ more$/ }).click();
      assert.ok((await page.locator('.growth-bar').count()) > 100);
      assert.equal(await page.getByText('needs a new transaction_version').count(), 1);
    });

    it('shows a report with its treemap', async () => {
      await open('report');
      assert.match(await textOf(page.getByRole('heading', { name: /hydradx 408/ }).first()), /^FAIL/);
      assert.equal(await page.getByRole('tree').count(), 1);
      assert.ok((await page.locator('.cell').count()) > 100);
    });
  });
}

describe('a treemap of 15 000 functions', function () {
  this.timeout(60_000);

  it('draws no more than can be seen', async function () {
    const program = findChromium(process.env);
    if (program === undefined) skipBecause(this, 'there is no Chromium');
    const browser = await launchChromium(program);
    const folder = mkdtempSync(path.join(tmpdir(), 'pvf-html-'));
    try {
      const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
      const file = path.join(folder, 'sizes.html');
      writeFileSync(file, viewPage(sampleSizesView({ functions: LEAVES }), await readPageAssets()));
      await page.goto(pathToFileURL(file).href);
      const cells = await page.locator('.cell').count();
      assert.ok(cells > 500 && cells <= 1500, `${cells} cells`);
      const times = await page.evaluate(zoomTimes);
      process.stderr.write(`      ${cells} cells; a zoom takes ${String(times)} ms\n`);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

// Scripts for the page are text, because this program has no types of a browser.

/** Zooms in and out, and measures until the next layout. */
const zoomTimes = `(() => {
  const times = [];
  for (const key of ['Enter', 'Enter', 'Backspace', 'Backspace']) {
    const item = document.querySelector('[role=treeitem][tabindex="0"]');
    item.focus();
    const start = performance.now();
    item.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    document.body.getBoundingClientRect();
    times.push(Math.round(performance.now() - start));
  }
  return times;
})()`;

/** The least contrast ratio (WCAG 2) of a label and the background of its part. */
const worstContrast = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (colour) => {
    const [r, g, b] = rgb(colour).map((value) => value / 255).map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratios = Array.from(document.querySelectorAll('.cell .label, .cell .value'), (label) => {
    const [a, b] = [getComputedStyle(label).color, getComputedStyle(label.closest('.cell')).backgroundColor].map(luminance);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
  return Math.min(...ratios);
})()`;
