/** A process, as the system's table of them tells it. */
export interface Row {
  readonly pid: number
  readonly parent: number
  readonly group: number
  /** Null where the table does not tell it. */
  readonly session: number | null
  /** Whether its environment has the mark of the tree. */
  readonly isMarked: boolean
}

/** A program and all that it has started, and that these have. */
export interface Tree {
  /** The program itself, which leads a session and a group of its own; undefined as long as it is not known to whoever asks. */
  readonly leader: number | undefined
  /** Stands in the environment of the program, and so in that of whatever it starts. */
  readonly mark: string
}

/**
 * Which processes are of the tree. What has left its parent, its group or its session is still known by one of the
 * others, or by the mark; who is of the tree has all its children there too.
 */
export function membersOf(rows: readonly Row[], { leader }: Pick<Tree, 'leader'>): Set<number> {
  const children = Map.groupBy(rows, ({ parent }) => parent)
  const members = new Set<number>()
  const left = rows.filter(({ pid, group, session, isMarked }) => isMarked || (leader !== undefined && [pid, group, session].includes(leader)))
  for (let row = left.pop(); row !== undefined; row = left.pop()) {
    if (members.has(row.pid)) continue
    members.add(row.pid)
    left.push(...(children.get(row.pid) ?? []))
  }
  return members
}
