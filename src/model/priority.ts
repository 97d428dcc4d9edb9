import { z } from 'zod'

/** What comes first of those that wait for the same: the higher one, and of equal ones who came first. */
export const Priority = z.int().min(-100).max(100)
export type Priority = z.infer<typeof Priority>

export const namedPriorities = { high: 50, normal: 0, low: -50 } as const

export const PriorityName = z.enum(['high', 'normal', 'low'])

/** As people say it: by a name or by its number. */
export const GivenPriority = z.union([PriorityName, Priority])
export type GivenPriority = z.infer<typeof GivenPriority>

export function priorityOf(given: GivenPriority): Priority {
  return typeof given === 'number' ? given : namedPriorities[given]
}

export function priorityInWords(priority: Priority): string {
  const [name] = PriorityName.options.filter((each) => namedPriorities[each] === priority)
  return name ?? String(priority)
}
