/**
 * A Vitest reporter that leaves the counts of a run in the file that CAIRN_TEST_COUNTS names, with the files whose process
 * died under them, and with what passed only when it was tried again: that is a fault too, of the test or of the program.
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
    const died = modules.filter((module) => ['queued', 'pending'].includes(module.state())).map((module) => module.relativeModuleId)
    const deaths = died.length > 0 ? errors.filter(isDeath) : []
    const retried = [...rare.flatMap((test) => told(nameOf(test), test.result().errors, true)), ...deaths.flatMap((death) => told('a process of the tests', [death]))]
    const failures = [
      ...tests.flatMap((test) => told(nameOf(test), test.result().errors, test.result().state === 'failed')),
      ...modules.flatMap((module) => told(module.relativeModuleId, module.errors())),
      ...errors.filter((error) => !deaths.includes(error)).flatMap((error) => told('outside any test', [error])),
    ]
    const passed = tests.filter((test) => test.result().state === 'passed').length
    const file = process.env['CAIRN_TEST_COUNTS']
    if (file !== undefined) writeFileSync(file, JSON.stringify({ passed, failed: failures.length, failures, retried, died }))
  }
}

/** @param {import('vitest/node').TestCase} test */
function nameOf({ module, fullName }) {
  return `${module.relativeModuleId} > ${fullName}`
}

/**
 * One line for what failed, with the first of what is said of it.
 * @param {string} name
 * @param {readonly import('vitest/node').SerializedError[] | undefined} errors
 * @param {boolean} isFailed
 */
function told(name, errors = [], isFailed = errors.length > 0) {
  return isFailed ? [`${name}: ${errors[0] === undefined ? 'nothing is said of why' : causes(errors[0]).join(': ')}`] : []
}

/** Of a process; the file that it had under way is left without an end. @param {import('vitest/node').SerializedError} error */
function isDeath({ message }) {
  return message.startsWith('[vitest-pool]: Worker')
}

/**
 * The first line of what is said of an error and of each that led to it.
 * @param {import('vitest/node').SerializedError} error
 * @returns {string[]}
 */
function causes({ message, cause }) {
  return [...message.split('\n', 1), ...(cause === undefined ? [] : causes(cause))]
}
