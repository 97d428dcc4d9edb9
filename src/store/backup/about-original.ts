/** What is wrong with a copy, told of the file that it is a copy of: nobody knows the copy's name, and soon it is gone. */
export function aboutOriginal(error: unknown, copy: string, original: string): unknown {
  if (error instanceof Error) error.message = error.message.replaceAll(copy, original)
  return error
}
