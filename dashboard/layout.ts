import { createHash } from 'node:crypto'
import { type Html, html } from './html.ts'

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #57606a; --ground: #fff; --line: #c9d1d9; --good: #116329; --ended: #a40e26; --held: #7d4e00; --accent: #a8201a; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #9da7b3; --ground: #14181d; --line: #3d444d; --good: #56d364; --ended: #ff8182; --held: #e3b341; --accent: #ff7b72; --link: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.7 system-ui, "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
header, main, footer { max-width: 56rem; margin: 0 auto; padding: 1rem; }
header { border-bottom: 3px solid var(--accent); }
header p, footer, .en { color: var(--quiet); }
.en { font-size: .875em; }
h1 { margin: 0; font-size: 1.5rem; }
.home { color: inherit; text-decoration: none; }
a { color: var(--link); }
h2 .en, .state .en { font-weight: normal; }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
label { flex: 1 1 16rem; }
input { width: 100%; padding: .5rem; border: 1px solid var(--quiet); border-radius: 4px; background: inherit; color: inherit; font: inherit; }
button { padding: .5rem 1.5rem; border: 0; border-radius: 4px; background: #a8201a; color: #fff; font: inherit; }
:focus-visible { outline: 3px solid #0969da; outline-offset: 2px; }
.state { font-size: 1.5rem; font-weight: bold; }
.good { color: var(--good); } .ended { color: var(--ended); } .held { color: var(--held); }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .25rem 1rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
nav { display: flex; gap: 1.5rem; }
input[type=file] { padding: 2rem 1rem; border: 2px dashed var(--quiet); }
select { width: 100%; padding: .5rem; border: 1px solid var(--quiet); border-radius: 4px; background: var(--ground); color: inherit; font: inherit; }
.seal { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: start; }
.seal dl { flex: 1 1 20rem; }
figure { margin: 0; flex: 0 0 10rem; }
figure img { width: 10rem; height: auto; background: #fff; }
figcaption { color: var(--quiet); font-size: .875em; }
.signature { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.rule { color: var(--quiet); font-size: .875em; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
@media print { nav, form, .screen { display: none; } header, main, footer { max-width: none; padding: .25rem 0; } tr, figure, .state { break-inside: avoid; } .scroll { overflow: visible; } a { color: inherit; } }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td.good, td.ended, td.held { white-space: nowrap; }
td.good .en, td.ended .en, td.held .en { display: block; }
@media print { @page { margin: 15mm; } h2, .state { break-after: avoid; } body { font-size: 9pt; line-height: 1.45; } th, td { padding: .2rem .4rem; } .state, h1 { font-size: 1.3rem; } h2 { margin: 1rem 0 .25rem; } dl { gap: .1rem 1rem; } .signature { margin-top: 1rem; } }
`

/** Nothing but our own style sheet: no script, no image, no frame, nothing from elsewhere. */
export const CONTENT_SECURITY_POLICY = policyWith()

/** The same, and pictures that stand in the page itself. */
export const PICTURES_SECURITY_POLICY = policyWith('img-src data:')

function policyWith(...more: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...more,
  ].join('; ')
}

/** A page of the hub: Chinese first, English beside, readable without script. */
export function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · 电子印章互信互认枢纽</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<header><h1><a class="home" href="/status">电子印章互信互认枢纽</a></h1><p class="en" lang="en">Electronic seals: public status and verification</p>
<nav aria-label="页面"><a href="/status">印章状态 <span class="en" lang="en">Status</span></a><a href="/verify">验证文件 <span class="en" lang="en">Verify</span></a></nav></header>
<main>${content}</main>
<footer><p>以查询时刻枢纽所知为准，时间均为北京时间。<span class="en" lang="en">As known to this hub at the time of asking; times are Beijing's.</span></p></footer>
</body>
</html>
`.markup
}
