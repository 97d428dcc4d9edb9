import { z } from 'zod'
import type { Duration } from '../model/duration.ts'
import { brand, brandFormat, definitionOf } from './brand.ts'
import { resultSchema } from './child.ts'
import type {
  ApprovalOptions,
  ChildOptions,
  Command,
  Definition,
  Handler,
  HttpOptions,
  HttpRequest,
  Message,
  ShellOptions,
  StepDefinition,
  View,
  WaitOptions,
  WorkOptions,
} from './definition.ts'
import { answerSchema } from './http.ts'
import type { WorkflowOptions } from './options.ts'
import type { WorkflowBuilder } from './workflow-builder.ts'

/** What the builder is at run time, the author's types erased. It takes what it is given; the loader checks all of it. */
interface Builder {
  readonly [brand]: typeof brandFormat
  readonly definition: Definition
  step(id: string, ...how: [Handler] | [WorkOptions, Handler]): Builder
  approval(id: string, options: ApprovalOptions): Builder
  wait(id: string, options: WaitOptions): Builder
  email(id: string, options: WorkOptions, message: (view: View) => Message | Promise<Message>): Builder
  shell(id: string, options: ShellOptions, command: (view: View) => Command | Promise<Command>): Builder
  http(id: string, options: HttpOptions, request: (view: View) => HttpRequest | Promise<HttpRequest>): Builder
  workflow(id: string, options: ChildOptions, child: Builder | string, input: (view: View) => unknown): Builder
  migrate(from: number, migrate: (state: unknown) => unknown): Builder
}

interface Options extends Pick<Definition, 'version' | 'input'> {
  readonly title?: string
  readonly description?: string
  readonly context?: z.ZodType
  /** A method, so that one of any parameter fits. */
  enrich?(given: unknown): unknown
  readonly timeout?: Duration
  readonly checkpoints?: 'after' | 'around'
  readonly externals?: readonly string[]
}

/** Any object: what a run knows of its surroundings where its workflow does not say. */
const anyContext = z.record(z.string(), z.unknown())

/**
 * Begins a workflow. Write its steps with `.step`, `.shell`, `.http`, `.approval`, `.wait`, `.email` and `.workflow`, each below those that it needs,
 * and make the result the default export of a module in `workflows/`.
 * @param name a small letter, then letters, digits or hyphens: `outreach-email`
 */
export function workflow<Input extends z.ZodType, Context extends z.ZodType = typeof anyContext>(
  name: string,
  options: WorkflowOptions<Input, Context>,
): WorkflowBuilder<
  {
    readonly input: z.output<Input>
    readonly context: z.output<Context>
    readonly takes: { readonly input: z.input<Input>; readonly context: z.input<Context> }
  },
  never
>
// Types end here: what the builder is to an author, no value can be checked to be. `object` says as much as is known.
export function workflow(name: string, options: Options): object {
  return builder({
    name,
    version: options.version,
    title: options.title,
    description: options.description,
    input: options.input,
    context: options.context ?? anyContext,
    enrich: options.enrich,
    timeout: options.timeout,
    checkpoints: options.checkpoints,
    externals: options.externals ?? [],
    steps: [],
    migrations: [],
  })
}

function builder(definition: Definition): Builder {
  const and = (step: StepDefinition): Builder => builder({ ...definition, steps: [...definition.steps, step] })
  return {
    [brand]: brandFormat,
    definition,
    step: (id, ...how) => {
      const [options, handler] = how.length === 1 ? [{}, how[0]] : how
      return and({ id, kind: 'code', options, handler })
    },
    approval: (id, options) => and({ id, kind: 'approval', options }),
    wait: (id, options) => and({ id, kind: 'wait', options }),
    email: (id, options, message) => and({ id, kind: 'email', options, message }),
    shell: (id, options, command) => and({ id, kind: 'shell', options, command }),
    http: (id, options, request) => and({ id, kind: 'http', options: { ...options, output: answerSchema(options.answer) }, request }),
    workflow: (id, options, child, input) => and({ id, kind: 'workflow', input, ...called(options, child) }),
    migrate: (from, migrate) => builder({ ...definition, migrations: [...definition.migrations, { from, migrate }] }),
  }
}

/** The workflow that a step calls, by its name; of a definition it is known what comes of it, too. */
function called(options: ChildOptions, child: Builder | string): { readonly workflow: string; readonly options: ChildOptions } {
  const marked = options.sensitive === true ? z.unknown().meta({ sensitive: true }) : undefined
  if (typeof child === 'string') return { workflow: child, options: marked === undefined ? options : { ...options, output: marked } }
  // Whatever an author without a compiler gives is looked at by the loader.
  const definition = definitionOf(child) === undefined ? undefined : child.definition
  if (definition === undefined) return { workflow: '', options }
  return { workflow: definition.name, options: { ...options, output: marked ?? resultSchema(definition.steps) } }
}
