import { z } from 'cairn'
import type { Input } from './input.ts'

/** A language as it is spelt in one country. */
export const Locale = z.enum(['en-US', 'en-GB', 'en-AU', 'en-CA', 'en-IN'])
export type Locale = z.infer<typeof Locale>

const Brand = z.object({
  name: z.string().min(1),
  /** The line under the sender's name. */
  signOff: z.string().min(1),
  /** A sentence or two about the house, for readers who do not know it. */
  about: z.string().min(1),
})

export const Context = z.object({
  tenant: z.string().min(1),
  locale: Locale,
  brand: Brand,
  /** Names and words of the trade that no reviewer takes for mistakes. */
  vocabulary: z.array(z.string()),
})
export type Context = z.infer<typeof Context>

const house: Context = {
  tenant: 'default',
  locale: 'en-US',
  brand: {
    name: 'Northwind',
    signOff: 'Northwind | northwind.example',
    about: 'Northwind builds reporting tools for small manufacturers. Our customers see their orders, stock and costs on one page.',
  },
  vocabulary: ['Northwind'],
}

const Given = Context.partial().extend({ brand: Brand.partial().optional() })

/** Completes what a caller gives with what is usual in this house. */
export function enrich(given: unknown): Context {
  const { brand, ...rest } = Given.parse(given ?? {})
  return Context.parse({ ...house, ...rest, brand: { ...house.brand, ...brand } })
}

/** Words that stand in the letter and in no dictionary. */
export function vocabularyOf({ brand, vocabulary }: Context, { recipient, sender }: Input): readonly string[] {
  return [...vocabulary, brand.name, recipient.name, sender.name]
}
