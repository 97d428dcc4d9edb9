import type { ContenderName } from './contenders.ts'

/** What is promised of a figure: so many times better than a peer's in the same sitting. */
export interface Floor {
  readonly workload: string
  readonly figure: string
  /** Whether more of the figure is better. */
  readonly better: 'more' | 'less'
  readonly over: ContenderName
  readonly ratio: number
  /** Whose figure it is. */
  readonly own: ContenderName
}

const more = (workload: string, over: ContenderName, ratio: number, figure = 'steps/s'): Floor => ({ workload, figure, better: 'more', over, ratio, own: 'cairn' })
const less = (workload: string, over: ContenderName, ratio: number, figure: string): Floor => ({ workload, figure, better: 'less', over, ratio, own: 'cairn' })
/** Through executor processes, of what the same does in one process. */
const kept = (workload: string, ratio: number): Floor => ({ ...more(workload, 'cairn', ratio), own: 'cairn processes' })

export const floors: readonly Floor[] = [
  more('W1 full', 'openworkflow', 1.3),
  more('W1 full', 'dbos', 3),
  more('W1 full', 'restate', 3.5),
  more('W2 full', 'openworkflow', 7),
  more('W2 full', 'dbos', 7),
  more('W2 full', 'restate', 5),
  more('W1 normal', 'langgraph', 3),
  more('W1 normal', 'langgraph tasks', 1.3),
  more('W2 normal', 'langgraph', 5.5),
  more('W2 normal', 'langgraph tasks', 2.6),
  more('W2 slow disk', 'openworkflow', 35),
  less('W3', 'langgraph', 15, 'ms'),
  less('W3', 'langgraph', 250, 'MB'),
  less('W3', 'langgraph delta', 3, 'ms'),
  less('W3', 'langgraph tasks', 1.5, 'ms'),
  less('W4', 'langgraph', 2, 'ms to the next step'),
  less('W4', 'dbos', 8, 'ms to the next step'),
  less('W5', 'langgraph', 300, 'list ms'),
  less('W5', 'langgraph', 1, 'load ms'),
  less('W5', 'langgraph', 6, 'restore ms'),
  less('W1 normal', 'langgraph', 5, 'p99 of a run'),
  less('W1 normal', 'langgraph', 4, 'resident MB'),
  kept('W1 full', 0.7),
  kept('W2 full', 0.7),
  kept('W1 normal', 0.7),
  kept('W2 normal', 0.7),
  kept('W2 slow disk', 0.7),
]
