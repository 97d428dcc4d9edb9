/** Message ports to a service on paper, as a page of the desktop has them; both ends in this process. */
import type { MessagePort } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import type { PagePort } from '../../src/client/port.ts'
import { channel } from '../../src/effects/ports/node-port.fixture.ts'
import { answerPages } from '../../src/host/desktop/answer-pages.ts'
import { createService } from '../../src/service/service.ts'
import { createPaper } from './paper.ts'

export function paperPorts() {
  const paper = createPaper()
  onTestFinished(() => paper.parts.feed.close())
  const answer = answerPages(createService(paper.parts))
  let latest: (() => void) | undefined
  /** A port whose other end is served. */
  const open = (): MessagePort => {
    const { near, far } = channel()
    answer(near)
    latest = () => near.close()
    return far
  }
  /** Takes the latest one away, as a host does that dies. */
  const cut = (): void => latest?.()
  return { paper, open, cut }
}

/** Node's port as a page has it. */
export function pagePort(port: MessagePort): PagePort {
  return {
    addEventListener(type: 'message' | 'close', hear: (event: { readonly data: unknown }) => void) {
      port.on(type, (data: unknown) => hear({ data }))
    },
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  }
}
