/** What the index's thread answers. A noun of it is a file that makes its methods from the open files, and a line here. */
import { errorAnswers } from './errors/answers.ts'
import { failureAnswers } from './failures/answers.ts'
import { metricAnswers } from './metrics/answers.ts'
import type { OpenIndex } from './open-index.ts'
import { runAnswers } from './runs/search.ts'
import { storageAnswers } from './storage/answers.ts'

export function indexAnswers(open: OpenIndex) {
  return { ...runAnswers(open), ...metricAnswers(open), ...failureAnswers(open), ...errorAnswers(open), ...storageAnswers(open) }
}

/** The methods by name: what is asked across the thread's border. */
export type IndexAnswers = ReturnType<typeof indexAnswers>
