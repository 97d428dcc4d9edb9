import type { Contender } from './contender.ts'

/** Each is loaded by itself, so that none takes the memory of another. */
export const contenders = {
  'cairn': async () => (await import('./cairn.ts')).cairn,
  'cairn processes': async () => (await import('./cairn-processes.ts')).cairnProcesses,
  'bare': async () => (await import('./bare.ts')).bare,
  'openworkflow': async () => (await import('./openworkflow.ts')).openworkflow,
  'dbos': async () => (await import('./dbos.ts')).dbos,
  'restate': async () => (await import('./restate.ts')).restate,
  'langgraph': async () => (await import('./langgraph.ts')).langgraph,
  'langgraph in 8 MB': async () => (await import('./langgraph.ts')).langgraph,
  'langgraph delta': async () => (await import('./langgraph.ts')).langgraphDelta,
  'langgraph tasks': async () => (await import('./langgraph.ts')).langgraphTasks,
} satisfies Readonly<Record<string, () => Promise<Contender>>>

export type ContenderName = keyof typeof contenders

export const isContender = (name: string): name is ContenderName => name in contenders
