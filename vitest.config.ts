import { defineConfig } from 'vitest/config'

/** The layers whose tests must reach nearly every line; what crosses processes is tested from outside. */
const measured = ['model', 'engine', 'store', 'service']
const floor = { lines: 90, statements: 90, functions: 90, branches: 85 }

const cairn = new URL('./src/sdk/index.ts', import.meta.url).pathname
const project = (name: string, include: string[], options: { retry?: number; isolate?: boolean; testTimeout?: number; hookTimeout?: number } = {}) => ({ extends: true as const, test: { name, include, ...options } })

/**
 * A browser, a host and its processes on a machine that is busy with others of them: what fails is tried once more, and named if it
 * passes then. Each thing that a test waits for has its own end, and comes long before.
 */
const onceMore = { retry: 1, testTimeout: 240_000, hookTimeout: 240_000 }

/** It has what others leave of the processors, and waits for nothing. */
const patient = { testTimeout: 1_800_000, hookTimeout: 1_800_000 }

/** What has no state but its own: a process for each file would take longer than most of the files; so would a browser. */
const together = { isolate: false }

export default defineConfig({
  resolve: { alias: { cairn } },
  test: {
    projects: [
      project('unit', ['src/**/*.test.ts', 'resources/workspaces/**/*.test.ts'], together),
      project('house', ['test/house/**/*.test.ts'], together),
      project('engine', ['test/engine/**/*.test.ts'], together),
      project('integration', ['test/**/*.test.ts', '!test/house/**', '!test/engine/**', '!test/simulation/**', '!test/e2e/**', '!test/desktop/**']),
      project('simulation', ['test/simulation/**/*.test.ts'], patient),
      project('e2e', ['test/e2e/**/*.test.ts'], { ...onceMore, ...together }),
      project('desktop', ['test/desktop/**/*.test.ts'], onceMore),
    ],
    globalSetup: ['test/own-settings.ts'],
    setupFiles: ['test/property-seed.ts'],
    // All of a machine's cores: left to itself, one of two would wait for the other.
    maxWorkers: '100%',
    // Generous, since a machine may be busy with other things; no test waits for this long to pass.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 40_000 } },
    coverage: {
      provider: 'v8',
      include: measured.map((layer) => `src/${layer}/**/*.ts`),
      exclude: ['**/*.test.ts', '**/*.fixture.ts'],
      reporter: ['json-summary', 'html'],
      reportOnFailure: true,
      reportsDirectory: 'coverage',
      thresholds: Object.fromEntries(measured.map((layer) => [`src/${layer}/**`, floor])),
    },
  },
})
