import type { z } from 'zod'
import { graphProblems } from '../../../model/graph-problems.ts'
import { type External, Manifest } from '../../../model/manifest.ts'
import type { Finding } from '../definition-error.ts'
import type { DefinitionShape } from './definition-shape.ts'
import { readLoosely } from './loose-definition.ts'
import { readSchemas } from './schemas.ts'
import { readShape } from './shape-findings.ts'
import { millis, stepManifest } from './step-manifest.ts'

export type ReadDefinition =
  | { readonly type: 'read'; readonly manifest: Manifest }
  | { readonly type: 'refused'; readonly findings: readonly Finding[] }

/** A definition as data, or all that is wrong with it. `externals` are the packages that its bundle leaves out. */
export function manifestOf(definition: unknown, file: string, externals: External[]): ReadDefinition {
  const loose = readLoosely(definition)
  const { shape, findings } = readShape(definition)
  const { input, context, outputs, findings: ofSchemas } = readSchemas(loose)
  const all = [...findings, ...graphProblems(loose.steps), ...ofSchemas, ...(shape ? wrongMigrations(shape) : [])]
  if (all.length > 0 || shape === undefined || input === undefined || context === undefined) {
    return { type: 'refused', findings: all }
  }
  const manifest = Manifest.parse({
    format: 1,
    name: shape.name,
    version: shape.version,
    title: shape.title,
    description: shape.description,
    file,
    timeout: millis(shape.timeout),
    checkpoints: shape.checkpoints,
    input: input.json,
    inputSensitive: input.sensitive,
    context: context.json,
    enriches: shape.enrich !== undefined,
    steps: shape.steps.map((step) => stepManifest(step, outputs.get(step.id))),
    migrations: shape.migrations.map(({ from }) => from),
    externals,
  } satisfies z.input<typeof Manifest>)
  return { type: 'read', manifest }
}

function wrongMigrations({ version, migrations }: DefinitionShape): Finding[] {
  return migrations.flatMap(({ from }, index) => {
    const twice = migrations.findIndex((other) => other.from === from) < index
    if (from < version && !twice) return []
    const message = twice ? `version ${from} is migrated twice` : `version ${from} is migrated, but this is ${version}`
    const wayOut = twice ? 'take one of the two out' : `migrate from versions before ${version}, or raise the version`
    return [{ code: 'bad_migration', message, wayOut, path: `migrations.${index}` }]
  })
}
