/** The style of a report: plain, readable on a screen of any width in either scheme, and on paper. */
export const pageStyle = `
:root {
	color-scheme: light dark;
	--ink: #1c1f23; --soft: #5c6670; --line: #d9dee3; --card: #f6f8fa; --page: #fff;
	--good: #1a7f37; --bad: #b3261e; --bad-card: #fdf1f0; --accent: #0b63b0;
}
@media (prefers-color-scheme: dark) {
	:root {
		--ink: #e6e9ec; --soft: #9aa5b1; --line: #343b43; --card: #1d2228; --page: #14181c;
		--good: #56d364; --bad: #ff8a80; --bad-card: #2a1a1a; --accent: #6cb6ff;
	}
}
* { box-sizing: border-box; }
body {
	font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; color: var(--ink); background: var(--page);
	max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 3rem;
}
h1 { font-size: 1.65rem; line-height: 1.25; margin: 0 0 .3rem; letter-spacing: -.01em; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .9rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.02rem; margin: 0 0 .4rem; }
h4 { font-size: .78rem; font-weight: 600; margin: .9rem 0 .25rem; color: var(--soft); text-transform: uppercase; letter-spacing: .04em; }
p { margin: .4rem 0; }
.note, figcaption, summary { font-size: .84rem; color: var(--soft); }
.notes { margin: .5rem 0; padding-left: 1.1rem; }
.runs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 1rem; }
.run, .failure { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.1rem; min-width: 0; }
.failure { border-left: 4px solid var(--bad); background: var(--bad-card); margin-bottom: 1rem; }
.failure h3 { color: var(--bad); overflow-wrap: anywhere; }
.status {
	display: inline-block; vertical-align: .1em; font-size: .78rem; font-weight: 600; color: var(--soft);
	border: 1px solid currentcolor; border-radius: 99px; padding: 0 .55rem; margin-left: .4rem;
}
.finished { color: var(--good); }
.failed { color: var(--bad); }
td.failed { font-weight: 600; }
.tiles { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; margin: .6rem 0 .8rem; }
.tiles b { display: block; font-size: 1.35rem; line-height: 1.2; font-variant-numeric: tabular-nums; font-weight: 650; }
.tiles span { font-size: .8rem; color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .12rem .9rem; margin: .4rem 0; font-size: .88rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .86rem; }
th, td { padding: .28rem .7rem; text-align: left; vertical-align: bottom; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--soft); border-bottom-width: 2px; }
tbody tr:nth-child(even) { background: var(--card); }
td { max-width: 24rem; overflow-wrap: break-word; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
pre {
	background: #8881; border-radius: 6px; padding: .55rem .7rem; margin: .2rem 0;
	font: .8rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere;
}
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.2rem; align-items: start; }
figure { margin: 0; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; background: var(--card); }
figure svg { display: block; width: 100%; height: auto; background: white; padding: .6rem; }
figcaption { padding: .5rem .8rem; border-top: 1px solid var(--line); }
figcaption p { margin: .2rem 0 0; }
footer { margin-top: 2.5rem; color: var(--soft); font-size: .8rem; }
@media print {
	:root {
		color-scheme: light;
		--ink: #000; --soft: #444; --line: #bbb; --card: #fff; --page: #fff;
		--good: #1a7f37; --bad: #b3261e; --bad-card: #fff; --accent: #000;
	}
	body { font-size: 9.5pt; max-width: none; padding: 0; }
	h2 { margin-top: 1.4rem; }
	h2, h3, h4 { break-after: avoid; }
	figure, tr, pre, .run, .failure { break-inside: avoid; }
	thead { display: table-header-group; }
	.wide { overflow: visible; }
	table { font-size: 7.5pt; }
	th, td { padding: .15rem .35rem; }
	.figures { grid-template-columns: 1fr 1fr; }
}
`;
