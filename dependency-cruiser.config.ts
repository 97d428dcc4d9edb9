/**
 * Who may import whom: the table of docs/ARCHITECTURE.md, as rules.
 *
 * 1. `layers` of src a place may import, itself always included.
 * 2. `types` of files it may import, and types only.
 * 3. `packages` where given are all that it may import from outside src; otherwise it is free to.
 */
import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser'

interface Imports {
  readonly layers: readonly string[]
  readonly types?: readonly string[]
  readonly packages?: readonly string[]
}

const ports = ['src/engine/ports.ts', 'src/engine/queries.ts']

export const table: Readonly<Record<string, Imports>> = {
  model: { layers: [], packages: ['zod'] },
  contract: { layers: ['model'], packages: ['zod', '@orpc/contract'] },
  sdk: { layers: ['model'], packages: ['zod'] },
  engine: { layers: ['model'], packages: [] },
  store: { layers: ['model'], types: ports },
  effects: { layers: ['model', 'sdk'], types: ports },
  service: { layers: ['model', 'contract', 'engine'] },
  host: { layers: ['model', 'contract', 'sdk', 'engine', 'store', 'effects', 'service'] },
  client: { layers: ['model', 'contract'] },
  cli: { layers: ['client', 'contract', 'model', 'host'] },
  main: { layers: ['model', 'contract', 'client'] },
  preload: { layers: [], types: ['src/contract/desktop/page.ts'], packages: ['electron'] },
  renderer: { layers: ['model', 'contract', 'client'] },
}

const literally = (path: string) => path.replaceAll('.', '\\.')
const tests = '[.](test|fixture)[.]tsx?$'
/** What stands beside a source to test it may also import these. */
const forTests = ['vitest', 'fast-check']

/** A package as a resolved path and, where it is not installed, as it is written. */
const packagePath = (name: string) => [`node_modules/${name}/`, `^${name}(/|$)`]

function layerRules([place, { layers, types = [], packages }]: [string, Imports]): IForbiddenRuleType[] {
  const own = `^src/${place}/`
  const may = [own, ...layers.map((layer) => `^src/${layer}/`)]
  const rules: IForbiddenRuleType[] = [
    {
      name: `${place}-imports`,
      comment: `src/${place} may import ${[...layers, ...types.map((file) => `types of ${file}`)].join(', ')}.`,
      severity: 'error',
      from: { path: own },
      to: { path: '^src/', pathNot: [...may, ...types.map((file) => `^${literally(file)}$`)] },
    },
  ]
  for (const file of types) {
    rules.push({
      name: `${place}-types-only`,
      comment: `src/${place} may import types of ${file}, nothing that runs.`,
      severity: 'error',
      from: { path: own },
      to: { path: `^${literally(file)}$`, dependencyTypesNot: ['type-only'] },
    })
  }
  if (packages !== undefined) {
    const outside = {
      severity: 'error' as const,
      comment: `src/${place} may import ${packages.join(', ')} from outside src.`,
    }
    rules.push(
      {
        ...outside,
        name: `${place}-packages`,
        from: { path: own, pathNot: tests },
        to: { pathNot: ['^src/', ...packages.flatMap(packagePath)] },
      },
      {
        ...outside,
        name: `${place}-packages-of-tests`,
        from: { path: `${own}.*${tests}` },
        to: { pathNot: ['^src/', '^test/', ...[...packages, ...forTests].flatMap(packagePath)], dependencyTypesNot: ['core'] },
      },
    )
  }
  return rules
}

const configuration: IConfiguration = {
  forbidden: [
    ...Object.entries(table).flatMap(layerRules),
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one idea in two places, types included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-test-in-source',
      comment: 'What ships never imports a test, a fixture or what only tests use.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: ['^test/', tests, ...forTests.flatMap(packagePath)] },
    },
    {
      name: 'no-dev-package-in-source',
      comment: 'What ships runs on the dependencies alone. The desktop runs in Electron, which brings itself along.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: packagePath('electron') },
    },
    {
      name: 'electron-in-main',
      comment: 'Only what runs in Electron knows of it: everything else runs headless too.',
      severity: 'error',
      from: { path: '^(src|test)/', pathNot: '^src/(main|preload)/' },
      to: { path: packagePath('electron') },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere hides from every other rule. Peers of the bench are installed when it runs.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(?:@dbos-inc|@langchain|@restatedev|openworkflow)(?:/|$)' },
    },
    {
      name: 'declared',
      comment: 'A package is named in package.json before it is imported.',
      severity: 'error',
      from: { path: '^(src|test|resources)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]cairn/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}

export default configuration
