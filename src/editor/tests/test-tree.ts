import { Disposable, Range, type TestController, type TestItem, Uri, workspace } from 'vscode';
import { errorMessage } from '../../base/errors.ts';
import { PlaceLookup } from '../../runtime/sources/place-lookup.ts';
import type { Runtime } from '../model.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { placeText, profileName } from '../views/profile-text.ts';
import { nameAmong } from '../views/status-subject.ts';
import { type TestCase, testCasesOf } from './test-cases.ts';

/** The items of the Testing view: the runtimes, and below each its profiles. Empty until the view is opened. */
export class TestTree implements Disposable {
  readonly #cases = new WeakMap<TestItem, TestCase>();
  #subscription: Disposable | undefined;
  /** Number of the last update. One that is no longer the last after reading files changes nothing. */
  #update = 0;

  constructor(
    private readonly controller: TestController,
    private readonly services: Services,
  ) {}

  /** Lists the tests, and follows the runtimes and the setting from now on. */
  async open(): Promise<void> {
    const { runtimes } = this.services;
    const update = () => void this.update();
    this.#subscription ??= Disposable.from(
      runtimes.onDidChange(update),
      workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('pvf.profile') && update()),
    );
    await this.update();
  }

  /** Lists the tests again. Never rejects. */
  async update(): Promise<void> {
    const { runtimes, checks, channel } = this.services;
    this.#update += 1;
    const update = this.#update;
    try {
      const list = await checks.limits.list();
      const items = await Promise.all(
        runtimes.all.map((runtime) => this.#itemOf(runtime, testCasesOf(runtime, checks.limits.inUse(runtime), list))),
      );
      if (update === this.#update) this.controller.items.replace(items.filter((item) => item !== undefined));
    } catch (error) {
      channel.error(`The tests can't be listed: ${errorMessage(error)}`);
    }
  }

  /** The tests of a run. @param include absent: all */
  casesOf(
    include: readonly TestItem[] | undefined,
    exclude: readonly TestItem[] = [],
  ): (readonly [TestItem, TestCase])[] {
    const roots = include ?? [...this.controller.items].map(([, item]) => item);
    const leaves = roots.flatMap((item) => leavesOf(item)).filter((item) => !isExcluded(item, exclude));
    return [...new Set(leaves)].flatMap((item) => {
      const found = this.#cases.get(item);
      return found === undefined ? [] : [[item, found] as const];
    });
  }

  async #itemOf(runtime: Runtime, cases: readonly TestCase[]): Promise<TestItem | undefined> {
    if (cases.length === 0) return undefined;
    const { services, controller } = this;
    const name = nameAmong(runtimeEntries(services), runtime) || runtime.name;
    const place = await new PlaceLookup(runtime).of('manifest');
    const uri = Uri.file(place?.path ?? runtime.blob.path);
    const create = (id: string, label: string) => {
      const item = controller.createTestItem(id, label, uri);
      if (place) item.range = new Range(place.line, place.column, place.line, place.column + place.length);
      return item;
    };
    const parent = create(runtime.id, name);
    const children = cases.map((testCase) => {
      const item = create(testCase.id, testCase.known === undefined ? testCase.profile : profileName(testCase.known));
      item.description = this.#description(testCase);
      this.#cases.set(item, testCase);
      return item;
    });
    parent.children.replace(children);
    return parent;
  }

  #description({ known, isInUse }: TestCase): string {
    const { t } = this.services;
    const parts = [isInUse ? t('in use') : '', known === undefined ? t('not readable') : placeText(known, t)];
    return parts.filter((part) => part !== '').join(', ');
  }

  dispose(): void {
    this.#update += 1;
    this.#subscription?.dispose();
  }
}

function leavesOf(item: TestItem): TestItem[] {
  const children = [...item.children].map(([, child]) => child);
  return children.length === 0 ? [item] : children.flatMap((child) => leavesOf(child));
}

function isExcluded(item: TestItem, exclude: readonly TestItem[]): boolean {
  return exclude.some(({ id }) => id === item.id || id === item.parent?.id);
}
