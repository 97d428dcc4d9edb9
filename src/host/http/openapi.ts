import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { contract } from '../../contract/index.ts'
import { Checkpoint } from '../../model/checkpoint.ts'
import { JournalEntry } from '../../model/entry.ts'
import { Failure } from '../../model/failure.ts'
import { Json } from '../../model/json.ts'
import { Signal } from '../../model/log.ts'
import { Manifest } from '../../model/manifest.ts'
import { RunRecord } from '../../model/run.ts'
import { DecisionView, RunDetail, RunState, RunSummary } from '../../model/views.ts'
import { restPrefix } from './rest.ts'

const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })

/** The OpenAPI 3.1 document of the contract as this version serves it. */
export async function openApiDocument(version: string): Promise<string> {
  const document = await generator.generate(contract, {
    info: {
      title: 'Cairn',
      version,
      description: 'Runs, decisions, workflows and the journal of one workspace, as its host serves them.',
      license: { name: 'MIT' },
    },
    servers: [{ url: restPrefix }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    commonSchemas: {
      Checkpoint: { schema: Checkpoint },
      DecisionView: { schema: DecisionView },
      Failure: { schema: Failure },
      JournalEntry: { schema: JournalEntry },
      Json: { schema: Json },
      Manifest: { schema: Manifest },
      RunDetail: { schema: RunDetail },
      RunRecord: { schema: RunRecord },
      RunState: { schema: RunState },
      RunSummary: { schema: RunSummary },
      Signal: { schema: Signal },
    },
  })
  return JSON.stringify(document)
}
