import assert from 'node:assert/strict';
import { type Cell, layOut } from '../../../src/webview/sizes/layout.ts';
import { type Part, treeOfOwners, treeOfSections } from '../../../src/webview/sizes/parts.ts';
import { sampleSizes } from '../../support/sample-views.ts';

const size = { width: 1200, height: 700 };

describe('the treemap layout', () => {
  const tree = treeOfSections(sampleSizes({ functions: 15_000, hasCosts: true }));
  const cells = layOut(tree.root, 'bytes', size);
  const cellOf = new Map(cells.map((cell) => [cell.part, cell]));
  const childrenOf = (part: Part) => cells.filter((cell) => cell.part.parent === part);

  it('draws only what can be seen', () => {
    assert.ok(tree.all.length > 15_000, `${tree.all.length} parts`);
    assert.ok(cells.length > 300 && cells.length <= 1500, `${cells.length} cells`);
    for (const { rect } of cells) assert.ok(rect.width >= 5 && rect.height >= 5);
  });

  it('puts parts inside of the part around them, without overlaps', () => {
    for (const { part, rect } of cells) {
      const around = part.parent === undefined ? undefined : cellOf.get(part.parent)?.rect;
      const outer = around ?? { x: 0, y: 0, ...size };
      assert.ok(rect.x >= outer.x && rect.y >= outer.y, part.name);
      assert.ok(rect.x + rect.width <= outer.x + outer.width && rect.y + rect.height <= outer.y + outer.height);
    }
    for (const { part } of cells.filter(({ isOpen }) => isOpen)) assert.ok(!overlap(childrenOf(part)), part.name);
  });

  it('gives each part an area by its size', () => {
    const code = tree.root.children.find(({ name }) => name === 'code');
    const crates = childrenOf(code ?? tree.root).filter(({ rect }) => rect.width * rect.height > 4000);
    const ratios = crates.map(({ part, rect }) => ((rect.width + 1) * (rect.height + 1)) / part.values.bytes);
    assert.ok(crates.length > 10);
    assert.ok(Math.max(...ratios) / Math.min(...ratios) < 1.2, `${Math.min(...ratios)} to ${Math.max(...ratios)}`);
  });

  it('lists parts before their children, as a screen reader reads them', () => {
    const places = cells.map(({ part }) => part.index);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  });

  it('has each measure', () => {
    for (const measure of ['compileTimeMs', 'machineCodeBytes'] as const) {
      const shown = layOut(tree.root, measure, size);
      assert.ok(shown.length > 300);
      assert.ok(shown.every(({ part }) => part.values[measure] > 0));
    }
  });

  it('draws nothing without room or size', () => {
    assert.deepEqual(layOut(tree.root, 'bytes', { width: 0, height: 0 }), []);
    const noCosts = treeOfSections(sampleSizes({ functions: 100 }));
    assert.deepEqual(layOut(noCosts.root, 'compileTimeMs', size), []);
  });

  it('draws a flat tree of owners', () => {
    const owners = treeOfOwners(sampleSizes({ functions: 1000 }));
    const shown = layOut(owners.root, 'bytes', size);
    assert.equal(shown.length, owners.root.children.filter((part) => shown.some((cell) => cell.part === part)).length);
    assert.ok(shown.every(({ isOpen, level }) => !isOpen && level === 1));
  });
});

function overlap(siblings: readonly Cell[]): boolean {
  return siblings.some(({ rect: a }, at) =>
    siblings
      .slice(at + 1)
      .some(
        ({ rect: b }) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
      ),
  );
}
