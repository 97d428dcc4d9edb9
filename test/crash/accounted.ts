/** Holds what is stored against what is known outside of the store: nothing lost, nothing doubled, nothing stranded. */
import { expect } from 'vitest'
import type { JournalEntry } from '../../src/model/entry.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { Store } from '../../src/store/open-store.ts'
import type { LightHosts } from './light-host.ts'

async function wholeJournal({ queries }: Store): Promise<readonly JournalEntry[]> {
  const all: JournalEntry[] = []
  for (;;) {
    const page = await queries.journal(all.at(-1)?.position ?? 0, 1_000, null)
    all.push(...page)
    if (page.length < 1_000) return all
  }
}

/** Lets a last host finish everything, and holds what is stored against what is known outside. */
export async function isAccountedFor(hosts: LightHosts): Promise<void> {
  const last = await hosts.start({ runs: 0 })
  const said = await hosts.rest(last)
  expect(said.at(-1), 'the last host finishes').toBe('finished')

  const store = await hosts.scratch.open()
  const { startedBy, completedBy, completions, ended, callers, children } = accountOf(await wholeJournal(store))
  expect(store.alarm).toBeNull()
  expect(await store.verify()).toMatchObject({ findings: [] })
  expect(store.storage.unfinished(), 'stranded').toEqual({ runs: [], damaged: [] })

  const runsThere = new Set<string>(ended.keys())
  expect([...hosts.started].filter((run) => !runsThere.has(run)), 'runs lost').toEqual([])
  expect([...hosts.done.keys()].filter((key) => !completedBy.has(key)), 'completions lost').toEqual([])
  expect([...completions].filter(([, count]) => count > 1), 'completed twice').toEqual([])

  const parents = [...ended.keys()].filter((run) => !callers.has(run))
  expect([...children].filter(([, of]) => of.length > 1), 'children begun twice for one pass').toEqual([])
  expect([...children.keys()].toSorted(), 'children lost').toEqual(parents.map((run) => `${run}/post/1`).toSorted())
  expect([...children.values()].flat().toSorted(), 'children that nobody began').toEqual([...callers.keys()].toSorted())

  const ledger = hosts.ledger()
  const touched = Map.groupBy(ledger.filter(([, what]) => what === 'touched'), ([, , key]) => key)
  expect([...touched].filter(([, lines]) => lines.length > 1), 'the world was touched twice').toEqual([])
  const begun = Map.groupBy(ledger.filter(([, what]) => what === 'began'), ([host, , key]) => `${host} ${key}`)
  const beyond = [...begun].filter(([line, lines]) => lines.length > (startedBy.get(line) ?? 0))
  expect(beyond.map(([line]) => line), 'begun without being committed').toEqual([])
  const again = ledger.filter(([host, what, key]) => what === 'began' && host > (completedBy.get(key) ?? Number.POSITIVE_INFINITY))
  expect(again, 'begun after it had completed').toEqual([])
  expect(touched.size, 'the world was touched once for each run').toBe(ended.size)
  expect([...ended.values()].filter((status) => status !== 'completed')).toEqual([])
}

/** What the journal says that each host did: attempts that it started, and the host that saw a step completed. */
function accountOf(journal: readonly JournalEntry[]) {
  const startedBy = new Map<string, number>()
  const completedBy = new Map<string, number>()
  const completions = new Map<string, number>()
  const ended = new Map<RunId, string>()
  /** Who began each child, as its own first entry says; and the children that passes say they began. */
  const callers = new Map<RunId, RunId>()
  const children = new Map<string, RunId[]>()
  let host = 0
  for (const entry of journal) {
    if (entry.run === null) {
      for (const event of entry.events) if (event.type === 'host_started') host = Number(event.version)
      continue
    }
    for (const event of entry.events) {
      if (event.type === 'run_moved') ended.set(entry.run, event.to)
      if (event.type === 'run_created' && event.run.parent !== null) callers.set(entry.run, event.run.parent.run)
      if (event.type === 'child_begun') {
        const pass = `${entry.run}/${event.step}/${event.iteration}`
        children.set(pass, [...(children.get(pass) ?? []), event.child])
      }
      if (event.type !== 'attempt_started' && event.type !== 'step_completed') continue
      const key = `${entry.run}/${event.step}/${event.iteration}/0`
      if (event.type === 'attempt_started') startedBy.set(`${host} ${key}`, (startedBy.get(`${host} ${key}`) ?? 0) + 1)
      else {
        completedBy.set(key, host)
        completions.set(key, (completions.get(key) ?? 0) + 1)
      }
    }
  }
  return { startedBy, completedBy, completions, ended, callers, children }
}
