import { type Answered, type Answers, type Given, type Method, type Reply, type Request, toReadFailure } from './protocol.ts'
import { reading } from '../sqlite/reading.ts'
import { openReads } from './reads.ts'

type Methods = { readonly [M in Method]: (...given: Given[M]) => Answers[M] }

/** Answers requests on a workspace's store. It is opened at the first of them, so that what is wrong with it is told. */
export function answerer(workspace: string): (request: Request) => Reply {
  let methods: Methods | undefined

  return (request) => {
    try {
      if (methods === undefined && request.method === 'close') return { ...request, answer: undefined }
      methods ??= reading(workspace, () => openReads(workspace))
      return perform(methods, request)
    } catch (error) {
      return { id: request.id, failure: toReadFailure(error) }
    }
  }
}

function perform<M extends Method>(methods: Methods, { id, method, given }: Request<M>): Answered<M> {
  return { id, method, answer: methods[method](...given) }
}
