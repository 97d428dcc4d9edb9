/**
 * A Vitest reporter that leaves the counts of a run in the file that CAIRN_TEST_COUNTS names, and names what passed only
 * when it was tried again: that is a fault too, of the test or of the program.
 */
import { writeFileSync } from 'node:fs'

export default class CountReporter {
  /**
   * A file that could not be loaded and an error outside any test count as failed tests.
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly import('vitest/node').SerializedError[]} errors
   */
  onTestRunEnd(modules, errors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const rare = tests.filter((test) => test.diagnostic()?.flaky)
    for (const test of rare) console.log(`passed when tried again: ${told(nameOf(test), test.result().errors, true).join()}`)
    const failures = [
      ...tests.flatMap((test) => told(nameOf(test), test.result().errors, test.result().state === 'failed')),
      ...modules.flatMap((module) => told(module.relativeModuleId, module.errors())),
      ...errors.flatMap((error) => told('outside any test', [error])),
    ]
    const passed = tests.filter((test) => test.result().state === 'passed').length
    const file = process.env['CAIRN_TEST_COUNTS']
    if (file !== undefined) writeFileSync(file, JSON.stringify({ passed, failed: failures.length, failures }))
  }
}

/** @param {import('vitest/node').TestCase} test */
function nameOf({ module, fullName }) {
  return `${module.relativeModuleId} > ${fullName}`
}

/**
 * One line for what failed, with the first of what is said of it.
 * @param {string} name
 * @param {readonly { message: string }[] | undefined} errors
 * @param {boolean} isFailed
 */
function told(name, errors = [], isFailed = errors.length > 0) {
  return isFailed ? [`${name}: ${errors[0]?.message.split('\n')[0] ?? 'nothing is said of why'}`] : []
}
