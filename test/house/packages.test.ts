import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { read, root } from './checkout.ts'

const Names = z.record(z.string(), z.string()).default({})
const Manifest = z.object({
  allowScripts: z.record(z.string(), z.boolean()),
  dependencies: Names,
  devDependencies: Names,
})
const Locked = z.object({
  resolved: z.string().optional(),
  hasInstallScript: z.boolean().default(false),
  optionalDependencies: Names,
})
const Lock = z.object({ packages: z.record(z.string(), Locked) })

const manifest = Manifest.parse(JSON.parse(read('package.json')))
const { packages } = Lock.parse(JSON.parse(read('package-lock.json')))
const paths = Object.keys(packages).filter((path) => path !== '')
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** True for a version that the linters understand: under TypeScript 7 they check nothing, and pass. */
const understood = (version: string) => /^6\.0\.\d+$/.test(version)

/** Optional packages (those of other platforms) that the lock leaves out: `npm ci` refuses such a lock. */
function leftOut(locked: typeof packages): string[] {
  return Object.entries(locked).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => locked[`node_modules/${name}`] === undefined && locked[`${path}/node_modules/${name}`] === undefined,
    ),
  )
}

describe('the packages', () => {
  test('TypeScript is 6.0, as pinned and as installed', () => {
    const installed = z.object({ version: z.string() }).parse(JSON.parse(read('node_modules/typescript/package.json')))
    expect(manifest.devDependencies['typescript']).toSatisfy(understood)
    expect(installed.version).toSatisfy(understood)
    expect(understood('7.0.2')).toBe(false)
    expect(understood('^6.0.3')).toBe(false)
  })

  test('are pinned to one version each', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  test('the lock names no registry', () => {
    expect(paths.filter((path) => packages[path]?.resolved !== undefined)).toEqual([])
  })

  test('the lock holds the packages of every platform', () => {
    expect(leftOut(packages)).toEqual([])
    const platform = Locked.parse({ optionalDependencies: { 'a-win32': '1.0.0' } })
    expect(leftOut({ 'node_modules/a': platform })).toEqual(['a-win32'])
  })

  test('the install script of each that has one is approved or denied, and of no other', () => {
    const runs = paths.filter(
      (path) => packages[path]?.hasInstallScript === true || existsSync(join(root, path, 'binding.gyp')),
    )
    expect([...new Set(runs.map(nameOf))].toSorted()).toEqual(Object.keys(manifest.allowScripts).toSorted())
    expect(Object.entries(manifest.allowScripts).filter(([, allowed]) => allowed)).toEqual([['node', true]])
  })
})
