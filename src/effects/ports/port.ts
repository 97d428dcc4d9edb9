/** Message ports as a process has them that the desktop's main started. What such a process cannot be sure of is unknown. */

/** One end of a channel; the other may lie in any process. */
export interface Port {
  on(event: 'message', hear: (event: PortEvent) => void): void
  /** The other end is gone, or was closed. */
  on(event: 'close', hear: () => void): void
  postMessage(message: unknown): void
  /** What was sent until now waits for this. */
  start(): void
  close(): void
}

export interface PortEvent {
  readonly data: unknown
  /** Ports that were handed over with the message. */
  readonly ports: readonly Port[]
}

/** The way to the process that started this one. */
export type ParentPort = Pick<Port, 'postMessage'> & {
  on(event: 'message', hear: (event: PortEvent) => void): void
}

/** Undefined where the process was not started by the desktop's main. */
export function parentPort(): ParentPort | undefined {
  const port: unknown = Reflect.get(process, 'parentPort')
  return isParentPort(port) ? port : undefined
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value
}
