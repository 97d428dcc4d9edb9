/** Why a host does not start. Each has an exit code of its own (`exit-codes.ts`), and a message that says the way out. */
export type StartTrouble = 'owned' | 'newer' | 'store' | 'untrusted' | 'config' | 'port' | 'workspace' | 'key' | 'unencrypted'

/** The host cannot start as asked. Nothing was changed; the message is for a person and names the way out. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused'
  readonly trouble: StartTrouble

  constructor(trouble: StartTrouble, message: string, options?: ErrorOptions) {
    super(message, options)
    this.trouble = trouble
  }
}
