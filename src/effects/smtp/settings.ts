import { z } from 'zod'
import { Millis } from '../../model/ids.ts'

/**
 * Where mail is handed over. Without `secure` the connection goes over to TLS where the server offers it, and must
 * where a password would cross the network. Certificates are always verified.
 */
export const SmtpSettings = z.object({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  /** TLS from the first byte on. */
  secure: z.boolean().default(false),
  auth: z.object({ user: z.string().min(1), pass: z.string().min(1) }).optional(),
  /** The sender of every message that names none. */
  from: z.string().min(1),
  /** For connecting, the greeting and TLS together. */
  connectTimeout: Millis.default(30_000),
  /** How long the server may be silent; RFC 5321 wants minutes. */
  idleTimeout: Millis.default(300_000),
})
export type SmtpSettings = z.infer<typeof SmtpSettings>

/** True where what is sent does not leave this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
