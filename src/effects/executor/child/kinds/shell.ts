import type { TaskResult } from '../../../../engine/ports.ts'
import { type ExitMeaning, meaningOfExit, type ShellOutput } from '../../../../model/program.ts'
import { commandLine, CommandRefused, type Program, programOf } from '../../../shell/command.ts'
import { howEnded, programFailed } from '../../../shell/ending.ts'
import { type Ran, runProgram } from '../../../shell/run-program.ts'
import type { Attempt } from '../attempt.ts'
import { complete } from '../complete.ts'
import { outputSchemaOf } from '../output-schema.ts'
import type { StepOf } from '../step-of.ts'

type Exits = Readonly<Record<number, ExitMeaning>>

/** Runs the author's command; where the step declares an effect, that begins with the program. */
export async function runShell(step: StepOf<'shell'>, attempt: Attempt): Promise<TaskResult> {
  const { exits = {}, effect, sensitive = false } = step.options
  const result = await run(await step.command(attempt.work.view), attempt, { exits, sensitive, touches: effect !== 'none' })
  return 'type' in result ? result : complete(result, step.options, attempt, outputSchemaOf(step))
}

/** The command by which a shell step is undone; the effect has begun with the attempt. */
export async function runUndoing(command: unknown, { options }: StepOf<'shell'>, attempt: Attempt): Promise<TaskResult> {
  const result = await run(command, attempt, { exits: {}, sensitive: options.sensitive ?? false, touches: false })
  return 'type' in result ? result : { type: 'completed', output: null, next: null }
}

interface How {
  readonly exits: Exits
  /** What it prints is not told. */
  readonly sensitive: boolean
  /** It is the effect, which is announced before. */
  readonly touches: boolean
}

type Unsuccessful = Extract<TaskResult, { type: 'failed' | 'cut_off' }>

async function run(command: unknown, attempt: Attempt, how: How): Promise<ShellOutput | Unsuccessful> {
  const program = await placed(command, attempt)
  if ('type' in program) return program
  if (how.touches) await attempt.beginEffect()
  const ran = await told(program, attempt, how)
  const failure = programFailed(program, ran, how)
  if (failure === null) return outputOf(ran)
  // Whether it had done what it was to do nobody knows then.
  if (ran.ending.type === 'killed' || ran.ending.type === 'unguarded') return { type: 'cut_off', failure, own: true }
  return { type: 'failed', failure }
}

async function placed(command: unknown, { workspace, work }: Attempt): Promise<Program | Unsuccessful> {
  try {
    return await programOf(command, workspace, work)
  } catch (error) {
    if (error instanceof CommandRefused) return { type: 'failed', failure: error.failure }
    throw error
  }
}

/** Runs it, and lets the log say what was started, what that printed, and how it ended. */
async function told(program: Program, { voice, signal, workspace, work }: Attempt, { exits, sensitive }: How): Promise<Ran> {
  const { file, args, folder } = program
  voice.program('command', commandLine(program), { command: file, args: [...args], folder })
  const ran = await runProgram(program, {
    place: `${workspace}\0${work.idempotencyKey}`,
    signal,
    line: sensitive ? () => undefined : (stream, line) => voice.program(stream, line),
  })
  const { ending, duration } = ran
  const isWell = ending.type === 'exited' && meaningOfExit(ending.code, exits) === 'completed'
  voice.program('end', `${howEnded(ending)} after ${duration} ms`, { ...(ending.type === 'exited' && { code: ending.code }), duration }, isWell ? 'info' : 'error')
  return ran
}

function outputOf({ ending, stdout, stderr }: Ran): ShellOutput {
  const exitCode = ending.type === 'exited' ? ending.code : 0
  return { exitCode, stdout: stdout.tail, stderr: stderr.tail, cut: { stdout: stdout.cut, stderr: stderr.cut } }
}
