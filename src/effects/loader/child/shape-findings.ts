import { z } from 'zod'
import type { Finding } from '../definition-error.ts'
import { DefinitionShape, ShapeParams } from './definition-shape.ts'

export interface ReadShape {
  /** The definition, where every value of it is what it must be. */
  readonly shape?: DefinitionShape
  /** What is not. */
  readonly findings: readonly Finding[]
}

export function readShape(definition: unknown): ReadShape {
  const { data, error } = DefinitionShape.safeParse(definition, { error: wording, reportInput: true })
  if (data !== undefined) return { shape: data, findings: [] }
  return { findings: error.issues.map((issue) => finding(issue, definition)) }
}

/** What a value should be; zod's own words where these do not know. */
function wording(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return /^[aeiou]/.test(issue.expected) ? `an ${issue.expected}` : `a ${issue.expected}`
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int' ? `at least ${issue.minimum}` : 'not empty'
    case 'too_big':
      return issue.origin === 'string' ? `at most ${issue.maximum} characters` : `at most ${issue.maximum}`
    default:
      return undefined
  }
}

function finding(issue: z.core.$ZodIssue, definition: unknown): Finding {
  const [step, names] = placeOf(issue.path, definition)
  const params = issue.code === 'custom' ? ShapeParams.safeParse(issue.params).data : undefined
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys : []
  const where = step === null ? '' : `step ${step}: `
  const path = [...(step === null ? [] : ['steps', step]), ...names].join('.')
  if (unknown.length > 0) {
    const message = `${where}${[...names, unknown.join(', ')].join('.')} is no option`
    return { code: 'bad_option', message, wayOut: 'look for a slip of the pen, or take it out', step, path }
  }
  return {
    code: params?.code ?? 'bad_option',
    message: `${where}${names.join('.') || 'the definition'} is ${show(issue.input)}`,
    wayOut: `it should be ${issue.message}`,
    step,
    path,
  }
}

const Ids = z.object({ steps: z.array(z.object({ id: z.string().optional().catch(undefined) }).catch({})) })

/** The step that an issue is about, and the names that lead from there as its author wrote them. */
function placeOf(path: readonly PropertyKey[], definition: unknown): [step: string | null, names: readonly string[]] {
  const [head, index, ...rest] = path.map(String)
  if (head !== 'steps' || index === undefined) return [null, path.map(String)]
  const id = Ids.safeParse(definition).data?.steps[Number(index)]?.id ?? `number ${Number(index) + 1}`
  const names = rest[0] === 'options' && rest.length > 1 ? rest.slice(1) : rest
  return [id, names]
}

/** A long text by how it begins: that it is too long is often all that is wrong with it. */
function beginning(text: string): string {
  return `${JSON.stringify(`${text.slice(0, 60)}…`)} (${text.length} characters)`
}

function show(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return value.length <= 60 ? JSON.stringify(value) : beginning(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
