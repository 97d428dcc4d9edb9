import type { IncomingMessage, ServerResponse } from 'node:http'
import { SmartCoercionPlugin } from '@orpc/json-schema'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { BodyLimitPlugin } from '@orpc/server/node'
import type { StandardHandleResult } from '@orpc/server/standard'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { z } from 'zod'
import { errors } from '../../contract/errors.ts'
import type { Service } from '../../service/service.ts'
import { largestRequest } from './limits.ts'

export const restPrefix = '/api/v1'

/**
 * Serves the contract as REST; answers whether a route was found. Only what stands in a URL is read as a number where
 * the contract has one: what stands in a body is JSON and is taken as it is.
 */
export function serveRest(service: Service): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const limit = new BodyLimitPlugin({ maxBodySize: largestRequest })
  const coercion = new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const rootInterceptors = [async ({ next }: { readonly next: () => Promise<StandardHandleResult> }) => withRetryAfter(await next())]
  const reading = new OpenAPIHandler(service, { plugins: [limit, coercion] })
  const acting = new OpenAPIHandler(service, { plugins: [limit], rootInterceptors })

  return async (request, response) => {
    const handler = request.method === 'GET' ? reading : acting
    const { matched } = await handler.handle(request, response, { prefix: restPrefix, context: {} })
    return matched
  }
}

const busy = z.object({ code: z.literal('BUSY'), data: errors.BUSY.data })

/** Whoever is to come back later is told when in the words of HTTP, too: in whole seconds. */
function withRetryAfter(result: StandardHandleResult): StandardHandleResult {
  const told = result.matched ? busy.safeParse(result.response.body) : undefined
  if (!result.matched || told?.success !== true) return result
  const headers = { ...result.response.headers, 'retry-after': String(Math.ceil(told.data.data.retryAfter / 1_000)) }
  return { ...result, response: { ...result.response, headers } }
}
