import { test, type TestContext, type TestOptions } from 'node:test';

const tries = 3;

/**
 * Define a test that measures time or memory. It fails only where each of three tries does: noise goes away when it is measured
 * again, a defect does not.
 */
export function measured(
  title: string,
  measure: (context: TestContext) => Promise<void> | void,
  options: TestOptions = {},
): void {
  test(title, options, async (context) => {
    for (let n = 1; ; n += 1) {
      try {
        return await measure(context);
      } catch (error) {
        if (n === tries) throw error;
        context.diagnostic(`try ${n}: ${String(error)}`);
      }
    }
  });
}
