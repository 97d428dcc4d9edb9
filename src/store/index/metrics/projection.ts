import type { Projection } from '../projection.ts'
import { accountKeeper } from './accounts.ts'
import { countKeeper } from './counts.ts'
import { enter } from './enter.ts'

/** What happened, counted in buckets of time. */
export const metrics: Projection = {
  name: 'metrics',
  version: 4,

  create: (index) =>
    index.exec(`
      CREATE TABLE metric (
        kind TEXT NOT NULL,
        width INTEGER NOT NULL,
        at INTEGER NOT NULL,
        workflow TEXT NOT NULL,
        name TEXT NOT NULL,
        counts TEXT NOT NULL,
        PRIMARY KEY (kind, width, at, workflow, name)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX metric_by_age ON metric (width, at);

      CREATE TABLE metric_time (newest INTEGER NOT NULL) STRICT;
      INSERT INTO metric_time VALUES (0);

      CREATE TABLE metric_account (
        run TEXT PRIMARY KEY,
        content TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `),

  follow: (index, store) => {
    const accountsOf = accountKeeper(index, store)
    const countsOf = countKeeper(index)

    return ({ entries }) => {
      const [accounts, counts] = [accountsOf(), countsOf()]
      for (const entry of entries) {
        if (entry.run === null) continue
        counts.reach(entry.at)
        const before = accounts.of(entry)
        if (before === undefined) continue
        const { account, figures } = enter(before, entry)
        for (const figure of figures) counts.add(account.workflow, figure)
        if (account !== before || figures.length > 0) accounts.keep(entry, account)
      }
      return () => {
        accounts.write()
        counts.write()
      }
    }
  },
}
