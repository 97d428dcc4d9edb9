/** A message that is not taken. `responseCode` is the SMTP reply: 5xx for good, 4xx for now. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused'
  readonly responseCode: number

  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

/** A kept message is not the one that was received. */
export class MailDamaged extends Error {
  override readonly name = 'MailDamaged'
  readonly file: string

  constructor(file: string, detail: string) {
    super(`${file}: ${detail}; the message was changed after it was received, delete the file and its .json to be rid of it`)
    this.file = file
  }
}
