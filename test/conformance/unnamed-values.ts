import { openReader } from '../../src/store/crypt/open-reader.ts'
import { runReader } from '../../src/store/read/runs.ts'
import { storePaths } from '../../src/store/paths.ts'
import { survey } from '../../src/store/retention/survey.ts'
import { nameReader, valueLister } from '../../src/store/retention/values-of-lineage.ts'

/** How many values a store holds that no run names, beside those that stay as long as their runs since they are sensitive. */
export function unnamedValues(workspace: string): number {
  const db = openReader(storePaths(workspace).store, null)
  try {
    const { kinOf } = survey(db, () => undefined)
    const [runs, namesOf, valuesOf] = [runReader(db), nameReader(db), valueLister(db)]
    const lineages = db.prepare<[], number>('SELECT DISTINCT lineage FROM value').pluck().all()
    return lineages.flatMap((lineage) => {
      const kin = kinOf(lineage).map((number) => runs.byNumber(number))
      const named = new Set(kin.flatMap((run) => [...namesOf(run)]))
      return valuesOf(lineage).filter(({ address, isSensitive }) => !named.has(address) && (!isSensitive || kin.length === 0))
    }).length
  } finally {
    db.close()
  }
}
