/**
 * What somebody who starts the program asks for. The first instance hears it from its own arguments; later ones hand it
 * over whole, since what is handed over as a command line comes in another order. Anybody who can reach the first may
 * send it anything.
 */
import { resolve } from 'node:path'
import { z } from 'zod'
import { RunId } from '../model/ids.ts'

/** The screens that a link may lead to. */
const Screen = z.string().refine((path) => RunId.safeParse(/^\/runs\/(.*)$/s.exec(path)?.[1]).success, 'a screen of a run')

export const Wish = z.strictObject({
  /** An absolute path; null for the usual workspace. */
  workspace: z.string().min(1).max(4_096).nullable(),
  port: z.int().min(0).max(65_535).nullable(),
  trust: z.boolean(),
  /** Only look at the workspace. */
  looks: z.boolean(),
  /** The screen of a link; null for whatever is shown. */
  screen: Screen.nullable(),
})
export type Wish = z.infer<typeof Wish>

/** The arguments ask for what there is not. */
export class WrongArguments extends Error {
  override readonly name = 'WrongArguments'
}

/**
 * Reads the arguments of this process. What is neither an option of ours nor a link is Chromium's, or the program's
 * own place.
 * @throws WrongArguments
 */
export function wishOf(args: readonly string[], folder: string): Wish {
  const workspace = valueOf(args, '--workspace')
  const port = valueOf(args, '--port')
  const wish = Wish.safeParse({
    workspace: workspace === undefined ? null : resolve(folder, workspace),
    port: port === undefined ? null : Number(port),
    trust: args.includes('--trust'),
    looks: args.includes('--read-only'),
    screen: screenOf(args.find((arg) => arg.startsWith('cairn:')) ?? ''),
  })
  if (wish.success) return wish.data
  const [issue] = wish.error.issues
  throw new WrongArguments(`--${issue?.path.join('.')}: ${issue?.message}`)
}

function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.findIndex((arg) => arg === option || arg.startsWith(`${option}=`))
  if (at === -1) return undefined
  const value = args[at] === option ? args[at + 1] : args[at]?.slice(option.length + 1)
  if (value === undefined || value === '' || value.startsWith('--')) throw new WrongArguments(`${option} needs a value`)
  return value
}

/** The screen of a link; what is not written as we write it leads nowhere. */
export function screenOf(link: string): string | null {
  const [, run] = /^cairn:\/\/runs\/([0-9A-Z]{26})$/.exec(link) ?? []
  const screen = Screen.safeParse(`/runs/${run}`)
  return screen.success ? screen.data : null
}
