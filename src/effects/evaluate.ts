import { createRequire, Module } from 'node:module'

/** Where the code lies that runs an author's; its frames tell an author nothing. Bundled, that is where the entries lie. */
export const ownFolder = import.meta.dirname

/** Node forgets the source map of a module that was collected, while its functions may still be called. */
const evaluated: Module[] = []

/**
 * Runs a CommonJS text as if it stood in `file`: its imports resolve from there, and Node maps its stacks.
 * @throws whatever its code throws
 */
export function evaluate(file: string, text: string): unknown {
  const module = new Module(file)
  module.filename = file
  module.paths = createRequire(file).resolve.paths('a-package') ?? []
  // Node's own loader calls this for every CommonJS file; its types leave it out.
  if (!('_compile' in module) || typeof module._compile !== 'function') throw new Error('this Node cannot compile a module')
  evaluated.push(module)
  Reflect.apply(module._compile, module, [text, file])
  return module.exports
}
