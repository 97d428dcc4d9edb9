/**
 * Ends a program with all that it has started, wherever that has gone.
 *
 * Invariants:
 * 1. It is looked again until nobody of the tree is there: what was started between a look and its blow is found by the next.
 * 2. Nobody outside of the tree is touched, and never who ends it.
 *
 * On Windows the system's own `taskkill` goes through the tree, which it knows as long as the program itself is there.
 */
import { spawnSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { membersOf, type Tree } from './members.ts'
import { processTable } from './table.ts'

/** How long a tree that was asked to end may take, in milliseconds: less than an executor that was told to stop. */
const grace = 1_000
/** Between two looks at a tree that was asked to end, in milliseconds. */
const patience = 100
/** Between two blows, in milliseconds, and how many there are at most: what the kernel cannot end stays. */
const pause = 10
const blows = 300

/** Asks the tree to end, and ends what does not. */
export async function stopTree(tree: Tree): Promise<void> {
  if (process.platform !== 'win32') {
    const until = performance.now() + grace
    for (let left = signalled(tree, 'SIGTERM'); left > 0 && performance.now() < until; left = present(tree).length) await delay(patience)
  }
  await endTree(tree)
}

/** Ends the tree at once. */
export async function endTree(tree: Tree): Promise<void> {
  if (process.platform === 'win32') return endByTaskkill(tree)
  for (let blow = 0; blow < blows && signalled(tree, 'SIGKILL') > 0; blow += 1) await delay(pause)
}

/** How many it was sent to. */
function signalled(tree: Tree, signal: NodeJS.Signals): number {
  const members = present(tree)
  for (const member of members) send(member, signal)
  return members.length
}

/** Who is there, the program itself first: what it would start anew, when it misses a child, comes no more. */
function present(tree: Tree): readonly number[] {
  const members = membersOf(processTable(tree.mark), tree)
  members.delete(process.pid)
  return [...members].toSorted((one, other) => Number(other === tree.leader) - Number(one === tree.leader) || one - other)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It is gone.
  }
}

function endByTaskkill({ leader }: Tree): void {
  if (leader !== undefined) spawnSync('taskkill', ['/PID', String(leader), '/T', '/F'], { windowsHide: true, stdio: 'ignore' })
}
