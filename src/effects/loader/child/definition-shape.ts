/** What a definition must be, value by value: its author may not have been told by a compiler. */
import { z } from 'zod'
import { type Duration, parseDuration } from '../../../model/duration.ts'
import { HeaderName, HttpMethod, onlyReads, StatusMeanings } from '../../../model/http.ts'
import { StepId, WorkflowName } from '../../../model/ids.ts'
import { ApprovalAction, CheckpointRule, Description, Effect, External, LoopManifest, OnFailure, RetryPolicy, RollbackTo, Title } from '../../../model/manifest.ts'
import { Exits } from '../../../model/program.ts'
import { Holds, Uses } from '../../../model/resource.ts'
import { SavepointName } from '../../../model/savepoint-name.ts'
import { isUnsafe, settingsOf } from '../../http/settings.ts'

/** Which code a problem with the value has, where it is not `bad_option`. */
export const ShapeParams = z.object({ code: z.enum(['bad_duration', 'bad_schema']) })
type ShapeParams = z.infer<typeof ShapeParams>

const aDuration = {
  error: 'a number and a unit, like 250ms, 1.5s, 5m, 24h or 7d',
  params: { code: 'bad_duration' } satisfies ShapeParams,
}
const Duration = z.custom<Duration>(isDuration, aDuration)

const Schema = z.custom<z.ZodType>(isSchema, {
  error: "a schema made with the z of 'cairn'",
  params: { code: 'bad_schema' } satisfies ShapeParams,
})

const AnswerForm = z.custom<'json' | 'text' | z.ZodType>((value) => value === 'json' || value === 'text' || isSchema(value), {
  error: "json, text, or a schema made with the z of 'cairn'",
  params: { code: 'bad_schema' } satisfies ShapeParams,
})

type Callable = (...given: never[]) => unknown
const Function = z.custom<Callable>(isFunction, 'a function')
const DurationOrFunction = z.custom<Duration | Callable>((value) => isDuration(value) || isFunction(value), aDuration)

const DependencyName = z.string().trim().min(1).max(100)

/** Outputs are kept by step id: a name that every object has would be found where there is no such step. */
const id = StepId.refine((value) => !(value in {}), 'another word: every object has a property of that name')

const retry = z.strictObject({ ...RetryPolicy.shape, initial: Duration, max: Duration, patience: Duration }).partial().optional()

/** A function, or an object that is looked into once it is one. */
const compensate = z.union(
  [Function, z.strictObject({ run: Function, retry, timeout: Duration.optional() })],
  { error: "a function, or an object of 'run', 'retry' and 'timeout'" },
)

const common = {
  title: Title.optional(),
  needs: z.array(z.string()).optional(),
  join: z.enum(['all', 'settled']).optional(),
  when: Function.optional(),
  optional: z.boolean().optional(),
  critical: z.boolean().optional(),
  onlyAsFallback: z.boolean().optional(),
  fallback: z.string().optional(),
  timeout: Duration.optional(),
  retry,
  onFailure: z
    .union([OnFailure, z.strictObject({ rollbackTo: SavepointName, max: RollbackTo.shape.max.optional(), otherwise: OnFailure.optional() })], {
      error: "'fail', 'ask', or an object of 'rollbackTo', 'max' and 'otherwise'",
    })
    .optional(),
  savepoint: SavepointName.optional(),
}

const next = z
  .strictObject({
    to: z.array(z.string()).min(1),
    max: LoopManifest.shape.max,
    onLimit: LoopManifest.shape.onLimit.optional(),
    choose: Function,
  })
  .optional()

/** What a step does outside, where nothing at all is one of the answers. */
const EffectOrNone = z.union([z.literal('none'), Effect.strict()], "'none', or an object that says whether it is safe to repeat")

const acting = {
  ...common,
  next,
  effect: Effect.strict().optional(),
  isolated: z.boolean().optional(),
  dependency: DependencyName.optional(),
  uses: Uses.optional(),
  holds: Holds.optional(),
  compensate: compensate.optional(),
  check: Function.optional(),
}

const ofWhatIsInDoubt = { path: ['check'], error: "left out: only an effect with repeat: 'unsafe' can be in doubt" }

/** As large as an answer may be allowed to be, in bytes. */
const largestAnswer = 100_000_000

const requesting = z
  .strictObject({
    ...acting,
    method: HttpMethod.optional(),
    effect: EffectOrNone.optional(),
    answer: AnswerForm.optional(),
    /** What the SDK makes of `answer`. */
    output: Schema.optional(),
    statuses: StatusMeanings.optional(),
    maxBytes: z.int().min(1).max(largestAnswer).optional(),
    redirects: z.int().min(0).max(20).optional(),
    idempotencyHeader: HeaderName.nullable().optional(),
  })
  .refine(({ check, ...options }) => check === undefined || isUnsafe(settingsOf(options)), ofWhatIsInDoubt)
  .superRefine(({ method = 'GET', redirects = 0 }, context) => {
    if (redirects > 0 && !onlyReads(method)) {
      context.addIssue({ code: 'custom', path: ['redirects'], input: redirects, message: `left out: a ${method} is not sent on to where it was not meant to go` })
    }
  })

/** Characters of a path that an approval lets be edited. */
const longestEdits = 200

/** What a program is taken for where its author says nothing. */
const unsafe: Effect = { repeat: 'unsafe' }

const action = ApprovalAction.shape.name
const actions = z
  .strictObject({ primary: action, secondary: z.array(action).optional() })
  .refine(({ primary, secondary = [] }) => ![primary, ...secondary].some(isRepeated), 'different names')

const Step = z.discriminatedUnion('kind', [
  z.object({
    id,
    kind: z.literal('code'),
    options: z
      .strictObject({ ...acting, output: Schema.optional(), heartbeat: Duration.optional() })
      .refine(({ check, effect }) => check === undefined || effect?.repeat === 'unsafe', ofWhatIsInDoubt),
    handler: Function,
  }),
  z.object({
    id,
    kind: z.literal('shell'),
    options: z
      .strictObject({
        ...common,
        next,
        effect: EffectOrNone.optional(),
        dependency: DependencyName.optional(),
        exits: Exits.optional(),
        sensitive: z.boolean().optional(),
        uses: Uses.optional(),
        holds: Holds.optional(),
        compensate: compensate.optional(),
        check: Function.optional(),
      })
      .refine(({ check, effect = unsafe }) => check === undefined || (effect !== 'none' && effect.repeat === 'unsafe'), ofWhatIsInDoubt),
    command: Function,
  }),
  z.object({ id, kind: z.literal('email'), options: z.strictObject(acting), message: Function }),
  z.object({ id, kind: z.literal('http'), options: requesting, request: Function }),
  z.object({
    id,
    kind: z.literal('approval'),
    options: z.strictObject({
      ...common,
      next,
      shows: Function.optional(),
      edits: z.string().max(longestEdits).optional(),
      actions,
      deadline: Duration.optional(),
      onDeadline: z.enum(['fail', 'skip']).optional(),
    }),
  }),
  z.object({
    id,
    kind: z.literal('workflow'),
    options: z.strictObject({
      ...common,
      context: Function.optional(),
      holds: Holds.optional(),
      /** What the SDK makes of the definition that is called. */
      output: Schema.optional(),
      sensitive: z.boolean().optional(),
    }),
    workflow: z.custom<WorkflowName>((value) => WorkflowName.safeParse(value).success, 'a workflow: its definition, or its name like outreach-email'),
    input: Function,
  }),
  z.object({ id, kind: z.literal('wait'), options: z.strictObject({ ...common, for: DurationOrFunction }) }),
])
export type StepShape = z.infer<typeof Step>

export const DefinitionShape = z.object({
  name: WorkflowName,
  version: z.int().min(1),
  title: Title.optional(),
  description: Description.optional(),
  input: Schema,
  context: Schema,
  enrich: Function.optional(),
  timeout: Duration.optional(),
  checkpoints: CheckpointRule.optional(),
  externals: z.array(External.shape.name),
  steps: z.array(Step).min(1),
  migrations: z.array(z.object({ from: z.int().min(1), migrate: Function })),
})
export type DefinitionShape = z.infer<typeof DefinitionShape>

function isRepeated<T>(item: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(item) !== index
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

function isDuration(value: unknown): boolean {
  return typeof value === 'string' && parseDuration(value) !== undefined
}

/** A schema of any copy of zod 4: a bundle brings its own. */
export function isSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value && 'safeParseAsync' in value
}
