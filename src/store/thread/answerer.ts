import { type Methods, type Reply, type Request, toReadFailure } from './protocol.ts'

/** Answers requests. What answers them is opened at the first, so that what is wrong with it is told. */
export function answerer<M extends Methods<M>>(open: () => M): (request: Request<M>) => Reply<M> {
  let methods: M | undefined

  return ({ id, method, given }) => {
    try {
      if (methods === undefined && method === 'close') return { id, method, answer: undefined }
      methods ??= open()
      return { id, method, answer: Reflect.apply(methods[method], methods, given) }
    } catch (error) {
      return { id, failure: toReadFailure(error) }
    }
  }
}
