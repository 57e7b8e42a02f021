import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/** Writes how many tests passed, failed and were skipped to the file named by COUNTS_FILE, for `test/run.mjs` to add up. */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]) {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    )
    const count = (state: string) => tests.filter((one) => one === state).length
    // A file that cannot even be loaded has no tests that could fail: it counts as one failure itself.
    const broken = modules.filter((module) => module.errors().length > 0).length
    const file = process.env.COUNTS_FILE
    if (file === undefined) return
    writeFileSync(
      file,
      JSON.stringify({
        passed: count('passed'),
        failed: count('failed') + broken + unhandled.length,
        skipped: count('skipped'),
      }),
    )
  }
}
