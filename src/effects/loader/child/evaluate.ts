import { createRequire, Module } from 'node:module'

/**
 * Runs a CommonJS text as if it stood in `file`: its imports resolve from there, and Node maps its stacks.
 * @throws whatever its code throws
 */
export function evaluate(file: string, text: string): unknown {
  const module = new Module(file)
  module.filename = file
  module.paths = createRequire(file).resolve.paths('a-package') ?? []
  // Node's own loader calls this for every CommonJS file; its types leave it out.
  const compile: unknown = Reflect.get(module, '_compile')
  if (typeof compile !== 'function') throw new Error('this Node cannot compile a module')
  Reflect.apply(compile, module, [text, file])
  return module.exports
}
