import { commandsFor, refusalOf } from '../host/refusal.ts'
import { StartRefused } from '../host/start-refused.ts'

/** The same refusal, with what can be done about it, as commands. `looked`: it is of who only looked. */
export async function withWaysOn(refused: StartRefused, workspace: string, looked = false): Promise<StartRefused> {
  const lines = [refused.message, ...commandsFor(await refusalOf(refused, workspace, looked))]
  return new StartRefused(refused.trouble, lines.join('\n'), { cause: refused })
}
