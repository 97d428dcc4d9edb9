import { tell } from './toasts.tsx'

/** Puts a text on the clipboard. Answers whether it is there; where the browser does not let it be put, the person is told. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch (error) {
    tell.failed('It could not be copied', error instanceof Error ? error.message : undefined)
    return false
  }
}
