/** What the index's thread answers. A noun of it is a file that makes its methods from the open files, and a line here. */
import { CorruptionFound } from '../../model/storage-errors.ts'
import { errorAnswers } from './errors/answers.ts'
import { failureAnswers } from './failures/answers.ts'
import { metricAnswers } from './metrics/answers.ts'
import type { OpenIndex } from './open-index.ts'
import { runAnswers } from './runs/search.ts'
import { storageAnswers } from './storage/answers.ts'

export function indexAnswers(open: OpenIndex) {
  const { metrics, health, ...ofMetrics } = metricAnswers(open)
  const { errorFigures, ...ofErrors } = errorAnswers(open)
  /** What adds up entries would say something else without those that cannot be read. The answer throws CorruptionFound then. */
  const adding = <Given extends unknown[], Answer>(answer: (...given: Given) => Answer) => {
    return (...given: Given): Answer => {
      const [position] = open.passed()
      if (position !== undefined) throw new CorruptionFound('journal', String(position), 'what it adds to these figures cannot be read')
      return answer(...given)
    }
  }
  const figures = { metrics: adding(metrics), health: adding(health), errorFigures: adding(errorFigures) }
  return { ...runAnswers(open), ...ofMetrics, ...failureAnswers(open), ...ofErrors, ...storageAnswers(open), ...figures }
}

/** The methods by name: what is asked across the thread's border. */
export type IndexAnswers = ReturnType<typeof indexAnswers>
