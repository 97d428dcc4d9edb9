import type { ServerResponse } from 'node:http'
import type { Refusal } from './guard.ts'

/** Answers are data for one program: not kept, not guessed at, not framed, not told to others. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

export function setHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

export function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

/** An error in the shape of the contract's errors. */
export function refuse(
  response: ServerResponse,
  { status, code, message }: Omit<Refusal, 'status'> & { status: number },
): void {
  sendJson(response, status, JSON.stringify({ defined: false, code, status, message }))
}
