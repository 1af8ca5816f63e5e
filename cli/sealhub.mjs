#!/usr/bin/env node
// Plain JavaScript on purpose: an older Node must be able to read this far and say what to do.
const [major = 0] = process.versions.node.split('.').map(Number)

if (major < 24) {
  process.stderr.write(
    [
      `Sealhub 需要 Node.js 24，当前为 ${process.versions.node}。`,
      '  在项目目录中运行 npm ci（会带来 Node 24），再用 npm start、npm run demo 或 npx sealhub。',
      `Sealhub needs Node.js 24; this is ${process.versions.node}.`,
      '  Run "npm ci" in the project folder (it brings Node 24), then use npm start, npm run demo or npx sealhub.',
      '',
    ].join('\n'),
  )
  process.exit(70)
}

// Read by graphql when it is loaded: without it every value is checked twice.
process.env.NODE_ENV ??= 'production'

const { main } = await import('./main.ts')
await main(process.argv)
