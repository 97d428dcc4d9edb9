/**
 * A Vitest reporter that leaves the counts of a run in the file that CAIRN_TEST_COUNTS names, and names what passed only
 * when it was tried again: that is a fault too, of the test or of the program.
 */
import { writeFileSync } from 'node:fs'

export default class CountReporter {
  /**
   * A file that could not be loaded and an error outside any test count as failed tests.
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} errors
   */
  onTestRunEnd(modules, errors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    for (const test of tests) if (test.diagnostic()?.flaky) console.log(`passed when tried again: ${test.module.relativeModuleId} > ${test.fullName}`)
    const states = tests.map((test) => test.result().state)
    const broken = modules.filter((module) => module.errors().length > 0).length
    const passed = states.filter((state) => state === 'passed').length
    const failed = states.filter((state) => state === 'failed').length + broken + errors.length
    const file = process.env['CAIRN_TEST_COUNTS']
    if (file !== undefined) writeFileSync(file, JSON.stringify({ passed, failed }))
  }
}
