/**
 * The outline of a schema of settings: which keys there are at each place, and what each leaf wants, means and is where
 * nothing is written. Whoever writes such a schema says the meaning with `.describe`, and with `.meta` what else there is:
 * `wants` in words, `sensitive` of what is not shown, `takes: 'start'` of what takes effect at the next start alone.
 */
import { z } from 'zod'
import { Json } from '../../model/json.ts'
import type { Takes } from '../../model/policy/policy-view.ts'
import { wantsOf } from './wants.ts'

export type Outline = Group | Named | Leaf

/** Keys from the top of the file on. */
export type Path = readonly string[]

/** Keys that are known. */
export interface Group {
  readonly kind: 'group'
  readonly meaning: string
  /** It is there only where it is written. */
  readonly optional: boolean
  readonly keys: ReadonlyMap<string, Outline>
}

/** Keys that are names of something. */
export interface Named extends Marks {
  readonly kind: 'named'
  readonly names: z.core.$ZodType
  readonly of: Outline
  /** What is there where nothing is written, as it would be. */
  readonly usual?: Json
}

export interface Leaf extends Marks {
  readonly kind: 'leaf'
  readonly schema: z.core.$ZodType
  /** What may be written, in words. */
  readonly wants: string
  /** As it would be written; undefined where there is nothing then. */
  readonly usual: Json | undefined
}


/** What is said of a place, and of all within it that says nothing else. */
interface Marks {
  readonly meaning: string
  readonly isSecret: boolean
  readonly takes: Takes
}

const Meta = z.object({
  description: z.string().optional(),
  sensitive: z.boolean().optional(),
  takes: z.enum(['now', 'start']).optional(),
})

export function outlineOf(schema: z.core.$ZodType, above: Marks = { meaning: '', isSecret: false, takes: 'now' }): Outline {
  const { inner, own, usual, optional } = peeled(schema)
  const marks = { isSecret: own.sensitive ?? above.isSecret, takes: own.takes ?? above.takes, meaning: own.description ?? above.meaning }
  if (inner instanceof z.ZodObject) {
    const keys = Object.entries<z.core.$ZodType>(inner.shape).map(([key, each]) => [key, outlineOf(each, { ...marks, meaning: '' })] as const)
    return { kind: 'group', meaning: marks.meaning, optional: optional && usual === undefined, keys: new Map(keys) }
  }
  if (inner instanceof z.ZodRecord) {
    const { keyType: names, valueType } = inner.def
    return { kind: 'named', ...marks, names, of: outlineOf(valueType, marks), ...(usual !== undefined && { usual }) }
  }
  return { kind: 'leaf', ...marks, schema: inner, wants: wantsOf(inner), usual }
}

export function groupOf(schema: z.ZodObject): Group {
  const outline = outlineOf(schema)
  if (outline.kind !== 'group') throw new Error('an object has keys')
  return outline
}

interface Peeled {
  readonly inner: z.core.$ZodType
  readonly own: z.infer<typeof Meta>
  readonly usual: Json | undefined
  readonly optional: boolean
}

/** What is left of a schema without what it says for where nothing is written. The outermost word on it counts. */
function peeled(schema: z.core.$ZodType): Peeled {
  const own = Meta.parse(z.globalRegistry.get(schema) ?? {})
  const within = (inner: z.core.$ZodType, more: Partial<Peeled> = {}): Peeled => {
    const rest = peeled(inner)
    return { ...rest, ...more, own: { ...rest.own, ...own } }
  }
  if (schema instanceof z.ZodDefault) return within(schema.def.innerType, { usual: Json.parse(z.encode(schema.def.innerType, schema.def.defaultValue)) })
  if (schema instanceof z.ZodPrefault) return within(schema.def.innerType, { usual: Json.parse(schema.def.defaultValue) })
  if (schema instanceof z.ZodOptional) return within(schema.def.innerType, { optional: true })
  return { inner: schema, own, usual: undefined, optional: false }
}

/** What stands at each place where nothing is written. */
export function usualOf(outline: Outline): Json | undefined {
  if (outline.kind === 'leaf') return outline.usual
  if (outline.kind === 'named') return outline.usual ?? {}
  if (outline.optional) return undefined
  return Object.fromEntries([...outline.keys].flatMap(([key, each]): [string, Json][] => {
    const usual = usualOf(each)
    return usual === undefined ? [] : [[key, usual]]
  }))
}

/** What may stand at a place; undefined where nothing may. */
export function outlineAt(outline: Outline, [key, ...rest]: Path): Outline | undefined {
  if (key === undefined) return outline
  if (outline.kind === 'leaf') return undefined
  const next = outline.kind === 'group' ? outline.keys.get(key) : outline.of
  return next === undefined ? undefined : outlineAt(next, rest)
}

/** The leaf at a place; undefined where there is none. */
export function leafAt(outline: Outline, path: Path): Leaf | undefined {
  const found = outlineAt(outline, path)
  return found?.kind === 'leaf' ? found : undefined
}

/** Names of which none is written, as one setting: what may stand there would not be seen otherwise. */
export function unnamed({ meaning, isSecret, takes, names, of, usual = {} }: Named): Leaf {
  const each = of.kind === 'leaf' ? of.wants : 'settings'
  return { kind: 'leaf', meaning, isSecret, takes, schema: z.unknown(), usual, wants: `${each}, under ${names instanceof z.ZodString ? 'a name' : wantsOf(names)}` }
}
