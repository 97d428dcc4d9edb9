import type { LogLevel } from '../../../model/log.ts'
import { current } from './attempt.ts'

/**
 * What handlers print becomes log lines of their attempt; a console prints through these streams too. What is printed
 * on nobody's behalf goes on to the host as it is.
 */
export function captureOutput(): void {
  capture(process.stdout, 'info')
  capture(process.stderr, 'warn')
}

function capture(stream: NodeJS.WriteStream, level: LogLevel): void {
  const write = stream.write.bind(stream)
  const value = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const attempt = current.getStore()
    if (attempt === undefined || attempt.voice.closed) return Boolean(Reflect.apply(write, stream, [chunk, ...rest]))
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    attempt.voice.write(level, text.replace(/\r?\n$/, ''))
    const written = rest.find((argument) => typeof argument === 'function')
    if (written !== undefined) queueMicrotask(() => void Reflect.apply(written, stream, []))
    return true
  }
  Object.defineProperty(stream, 'write', { value, configurable: true, writable: true })
}
