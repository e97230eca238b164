/** Tells the process that started vitest what goes on in it, event by event: see vitestRun.ts. */
import type { Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node';

export type VitestEvent =
  /** Files that will run. */
  | { kind: 'files'; files: string[] }
  /** What a file is at: a test, or none. */
  | { kind: 'at'; file: string; test: string | null }
  | { kind: 'ended'; file: string; passed: number; failed: number; flaky: string[] };

export default class VitestReporter implements Reporter {
  onTestRunStart(specifications: readonly TestSpecification[]): void {
    send({ kind: 'files', files: specifications.map(({ moduleId }) => moduleId) });
  }

  onTestModuleQueued({ moduleId }: TestModule): void {
    send({ kind: 'at', file: moduleId, test: null });
  }

  onTestCaseReady({ module, fullName }: TestCase): void {
    send({ kind: 'at', file: module.moduleId, test: fullName });
  }

  onTestCaseResult({ module }: TestCase): void {
    send({ kind: 'at', file: module.moduleId, test: null });
  }

  onTestModuleEnd(module: TestModule): void {
    const passed = [...module.children.allTests('passed')];
    const failed = [...module.children.allTests('failed')].length;
    const flaky = passed.filter((test) => test.diagnostic()?.flaky).map((test) => `${test.fullName}: ${whyOf(test)}`);
    // A file that can't be read, or whose hooks fail, has failed without a failed test.
    const broken = failed === 0 && module.state() === 'failed' ? 1 : 0;
    send({ kind: 'ended', file: module.moduleId, passed: passed.length, failed: failed + broken, flaky });
  }
}

/** What the first try failed with. */
const whyOf = (test: TestCase): string =>
  test.result().errors?.[0]?.message.replaceAll(/\s+/g, ' ').slice(0, 300) ?? '';

const send = (event: VitestEvent): void => void process.send?.(event);
