/**
 * `npm run torture`: what `npm test` does to the store in minutes, for hours. Twenty thousand places of a store are damaged,
 * its WAL is cut forty thousand times, and hosts are killed ten thousand times. CAIRN_SCALE (default 20) says how much of it.
 */
process.env['CAIRN_SCALE'] ??= '20'
process.argv.push('test/conformance/store-', 'test/conformance/wal-torn', 'test/crash')
await import('./test.mjs')
