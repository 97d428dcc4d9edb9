import type { NodemailerError } from 'nodemailer'
import type { Failure } from '../../model/failure.ts'

/** Codes that say, where the server has not, that the same message would fare the same again. */
const final = new Set(['EAUTH', 'EENVELOPE', 'EMESSAGE'])
/** "Requested action not taken: insufficient system storage" (RFC 5321, 4.2.3), or the mailbox has none left. */
const noRoom = 452
/** How servers say, each in words of its own after a 4xx, that as much goes on with them as may: connections, messages of a sender, room. */
const tooMuch = /too (?:many|much)|maximum number|rate limit|quota/i
const distrust = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/

/**
 * Why a message was certainly not delivered, from an error of the SMTP client. The server's own reply decides where
 * there is one (4xx may pass, 5xx does not); an unreachable or silent server may be better later.
 */
export function refusal(error: NodemailerError, server: string): Failure {
  const system = error.originalCode ?? error.code
  const code = error.responseCode === undefined ? system : String(error.responseCode)
  const distrusted = system !== undefined && distrust.test(system)
  const permanent = error.permanent ?? (distrusted || (error.code !== undefined && final.has(error.code)))
  const path = fieldOf(error)
  const isTooMuch = !permanent && error.responseCode !== undefined && tooMuch.test(error.response ?? error.message)
  return {
    class: permanent ? 'permanent' : isTooMuch || error.responseCode === noRoom ? 'resource' : 'transient',
    name: 'MailRefused',
    message: `${server}: ${[error.message, ...(error.rejectedErrors ?? []).map(perRecipient)].join('; ')}`,
    ...(code !== undefined && { code }),
    ...(path !== undefined && { path }),
    ...(permanent && { wayOut: distrusted ? trustIt : mendIt[path ?? 'server'] }),
    ...(isTooMuch && { wayOut: 'let fewer steps send at once (uses, and resources in cairn.config.yaml), or let the server take more' }),
  }
}

const trustIt = 'give the server a certificate that this machine trusts, or name its authority in NODE_EXTRA_CA_CERTS'

const mendIt = {
  from: 'use a sender that the server accepts: from of the message, or smtp.from of the workspace',
  to: 'correct the address in what leads to the message, and start the step again',
  auth: 'correct user and password in smtp.auth of the workspace',
  server: 'correct the message or the settings of smtp as the server says',
} as const

/** The field of the message or of the settings that the server refused. */
function fieldOf({ command, code }: NodemailerError): 'from' | 'to' | 'auth' | undefined {
  if (command === 'MAIL FROM') return 'from'
  if (command === 'RCPT TO') return 'to'
  return code === 'EAUTH' ? 'auth' : undefined
}

function perRecipient({ recipient, response, message }: NodemailerError): string {
  return `${recipient ?? 'a recipient'}: ${response ?? message}`
}

/** The message may have been delivered or not, and nobody here can tell. */
export function doubt(error: NodemailerError, server: string): Failure {
  return {
    class: 'transient',
    name: 'DeliveryInDoubt',
    message: `${server} was given the message but never confirmed it (${error.message}): it may have been delivered or not`,
    ...(error.code !== undefined && { code: error.originalCode ?? error.code }),
    wayOut: 'ask the receiver or the server\'s log, then say whether it was sent',
  }
}
