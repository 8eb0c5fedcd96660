import assert from 'node:assert/strict';
import path from 'node:path';
import { expandPath, isInside } from '../../../src/base/paths.ts';

describe('isInside', () => {
  const posix: readonly (readonly [file: string, folder: string, inside: boolean])[] = [
    ['/w/a', '/w', true],
    ['/w', '/w', true],
    ['/w/', '/w', true],
    ['/w/..evil/worker', '/w', true],
    ['/w/...', '/w', true],
    ['/w/.. /worker', '/w', true],
    ['/w/a/../../w/b', '/w', true],
    ['/w/..', '/w', false],
    ['/w/../w2/worker', '/w', false],
    ['/w2/worker', '/w', false],
    ['/wx', '/w', false],
    ['/', '/w', false],
    ['/w', '/', true],
    ['/w/a\u0000b', '/w', true],
    ['/W/a', '/w', false],
  ];
  for (const [file, folder, inside] of posix) {
    it(`${JSON.stringify(file)} is ${inside ? '' : 'not '}inside ${folder}`, () => {
      assert.equal(isInside(file, folder, path.posix), inside);
    });
  }

  const windows: readonly (readonly [file: string, folder: string, inside: boolean])[] = [
    ['C:\\w\\..evil\\worker.exe', 'C:\\w', true],
    ['c:\\W\\worker.exe', 'C:\\w', true],
    ['C:\\w2\\worker.exe', 'C:\\w', false],
    ['D:\\w\\worker.exe', 'C:\\w', false],
    ['\\\\server\\share\\worker.exe', 'C:\\w', false],
  ];
  for (const [file, folder, inside] of windows) {
    it(`on Windows ${file} is ${inside ? '' : 'not '}inside ${folder}`, () => {
      assert.equal(isInside(file, folder, path.win32), inside);
    });
  }
});

describe('expandPath', () => {
  const context = { workspaceFolder: '/w', homeFolder: '/home/me' };
  const rows: readonly (readonly [written: string, expanded: string])[] = [
    ['~', '/home/me'],
    ['~/x', '/home/me/x'],
    ['~x', '/w/~x'],
    ['x', '/w/x'],
    ['../x', '/x'],
    ['/x', '/x'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the text of a setting
    ['${workspaceFolder}/x', '/w/x'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the text of a setting
    ['${workspaceFolder}/..evil/x', '/w/..evil/x'],
  ];
  for (const [written, expanded] of rows) {
    it(`expands ${written} to ${expanded}`, () => assert.equal(expandPath(written, context), expanded));
  }

  it('resolves relative paths against the home folder without a workspace', () => {
    assert.equal(expandPath('x', { homeFolder: '/home/me' }), '/home/me/x');
  });
});
